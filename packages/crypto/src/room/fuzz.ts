/** Fuzz targets: every parser of this folder. None may throw or hang, whatever the bytes. */

import { textOf } from "../bytes.ts"
import { readCanonical } from "../json.ts"
import { parseBundle } from "./bundle.ts"
import { parseFragment, parseLink } from "./link.ts"
import { parseName } from "./name.ts"
import { parsePolicy } from "./policy.ts"

/** One parser to throw bytes at. */
export interface FuzzTarget {
  readonly name: string
  run(bytes: Uint8Array): void
}

/** Bytes as text of the same length, so that every byte reaches the parser. */
const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")

export const roomFuzzTargets: readonly FuzzTarget[] = [
  { name: "room/link", run: (bytes) => void parseLink(textOf(bytes) ?? latin(bytes)) },
  { name: "room/link-tail", run: (bytes) => void parseLink(`https://conclave.example/r/${latin(bytes)}`) },
  { name: "room/fragment", run: (bytes) => void parseFragment(latin(bytes)) },
  { name: "room/name", run: (bytes) => void parseName(textOf(bytes) ?? latin(bytes)) },
  { name: "room/policy", run: (bytes) => void parsePolicy(bytes) },
  { name: "room/bundle", run: (bytes) => void parseBundle(readCanonical(bytes, 4096)) },
  { name: "room/json", run: (bytes) => void readCanonical(bytes, 4096) },
]
