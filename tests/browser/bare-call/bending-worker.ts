/**
 * The frame worker of a member with no manners: it bends what its encoders made and then seals it as rightly as ever, so that
 * nothing but the receiver's own decoder stands between the bytes and the page (A2.15).
 */

import { FramePath } from "../../../apps/web/src/frame-worker/frame-path.ts"
import type { EncodedFrame, Transformer } from "../../../apps/web/src/frame-worker/encoded-frames.ts"
import type { Codec, KeysToFrames, MediaKind } from "../../../apps/web/src/frame-worker/messages.ts"

/** What the page tells it. */
export type ToBending =
  | Extract<KeysToFrames, { type: "epoch" }>
  | { readonly type: "kind"; readonly track: number; readonly kind: MediaKind; readonly codec: Codec }
  | { readonly type: "bend"; readonly isBending: boolean }

declare const self: {
  onmessage: ((event: MessageEvent<ToBending>) => void) | null
  onrtctransform: ((event: { readonly transformer: Transformer }) => void) | null
}

const path = new FramePath({ now: () => performance.now(), post: () => undefined })
path.begin(0)
let isBending = true

self.onmessage = ({ data }) => {
  if (data.type === "epoch") path.keysCame(data)
  else if (data.type === "kind") path.carry(data.track, data)
  else isBending = data.isBending
}

self.onrtctransform = ({ transformer }) => {
  const { options, readable, writable } = transformer
  const bending = new TransformStream<EncodedFrame, EncodedFrame>({
    transform(frame, controller) {
      if (isBending && frame.data.byteLength > 0) frame.data = bent(frame.data)
      controller.enqueue(frame)
    },
  })
  void path.attach({ options, readable: readable.pipeThrough(bending), writable })
}

const below = (limit: number): number => Math.floor(Math.random() * limit)

/** Turned bytes, noise, a cut end or a long one. What the SFU reads stays: it would not pass the picture on. */
function bent(data: ArrayBuffer): ArrayBuffer {
  const bytes = new Uint8Array(data)
  const clear = Math.min(10, bytes.length)
  switch (below(4)) {
    case 0: {
      const turned = bytes.slice()
      for (let n = below(8) + 1; n > 0; n--) turned[clear + below(Math.max(1, turned.length - clear))] = below(256)
      return turned.buffer
    }
    case 1:
      return bytes.map((byte, at) => (at < clear ? byte : below(256))).buffer
    case 2:
      return bytes.slice(0, clear + below(Math.max(1, bytes.length - clear))).buffer
    default: {
      const longer = new Uint8Array(bytes.length + below(4_000))
      longer.set(bytes)
      return longer.buffer
    }
  }
}
