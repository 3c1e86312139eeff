import type { preparing as english } from "../en/preparing.ts"
import type { PartOf } from "../words.ts"

/** Before the call: background, noise, network check, help with permissions. German. */
export const preparing: PartOf<typeof english> = {}
