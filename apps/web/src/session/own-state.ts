/** What this device says of itself with every heartbeat, from the first one on (D34.10). */

import { noState, type State } from "@conclave/collab"
import { opensVp9 } from "../adapters/codecs.ts"

/** A device that could not say so would hold back everybody's screens (D22.8): so it is said before the first heartbeat. */
export const firstState = (): State => (opensVp9() ? { vp9: true } : noState)
