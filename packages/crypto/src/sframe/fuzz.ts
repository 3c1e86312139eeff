/** Fuzz targets: everything here that reads bytes of strangers. None may throw, hang or open a frame. */

import { clearSizeOf, type Codec } from "./clear-bytes.ts"
import { decodeHeader } from "./header.ts"
import { FrameOpener } from "./opener.ts"
import { importBaseKey } from "./keys.ts"
import { KeyRing } from "./key-ring.ts"
import { unpackKeyId } from "./key-id.ts"

/** One reader to throw bytes at. */
export interface FuzzTarget {
  readonly name: string
  run(bytes: Uint8Array): void | Promise<void>
}

/** Somebody's call with every leaf taken, so that a claim of any member meets a key. */
const opener: Promise<FrameOpener> = importBaseKey(new Uint8Array(16)).then((key) => {
  const ring = new KeyRing()
  const leaves = Array.from({ length: 1024 }, (_, leaf) => leaf)
  for (let epoch = 0; epoch < 16; epoch++) ring.add({ epoch, key, own: 1023, leaves, removed: [], switch: "now" }, 0)
  return new FrameOpener(ring)
})

const opens =
  (codec: Codec) =>
  async (bytes: Uint8Array): Promise<void> => {
    const outcome = await (await opener).open({ codec, data: Uint8Array.from(bytes), now: 0 })
    if (outcome.kind === "opened") throw new Error("bug: random bytes authenticated")
  }

export const sframeFuzzTargets: readonly FuzzTarget[] = [
  {
    name: "sframe/header",
    run: (bytes) => {
      const header = decodeHeader(bytes)
      if (header !== undefined) unpackKeyId(header.keyId)
    },
  },
  { name: "sframe/clear-bytes", run: (bytes) => void clearSizeOf("vp8", bytes) },
  { name: "sframe/opener-opus", run: opens("opus") },
  { name: "sframe/opener-vp8", run: opens("vp8") },
  { name: "sframe/opener-vp9", run: opens("vp9") },
]
