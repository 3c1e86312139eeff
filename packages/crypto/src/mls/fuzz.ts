/** Fuzz targets: every parser of this folder that reads what others wrote. None may throw or hang. */

import { readHeader } from "./envelope.ts"
import { parseMessage } from "./messages.ts"
import type { FuzzTarget } from "../room/fuzz.ts"

export const mlsFuzzTargets: readonly FuzzTarget[] = [
  { name: "mls/header", run: (bytes) => void readHeader(bytes) },
  // Past the version and wire format, which random bytes seldom hit.
  { name: "mls/header-tail", run: (bytes) => void readHeader(Uint8Array.of(0, 1, 0, 2, ...bytes)) },
  { name: "mls/message", run: (bytes) => void parseMessage(bytes) },
]
