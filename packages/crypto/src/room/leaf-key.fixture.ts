/** A leaf key as the engine lends it, for tests without an engine. */

import { generateKeyPairSync, sign } from "node:crypto"
import { joined, owned, utf8 } from "../bytes.ts"
import type { LeafKey } from "./bundle.ts"

/** Makes one. */
export function leafKey(): LeafKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  return {
    publicKey: owned(publicKey.export({ format: "der", type: "spki" }).subarray(-32)),
    endorse: (statement) => new Uint8Array(sign(undefined, joined(utf8("Conclave 1 device\0"), statement), privateKey)),
  }
}
