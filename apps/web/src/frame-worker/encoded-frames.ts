/** What the frame worker uses of the browser's encoded frames and transforms: little enough to stand in for in a test. */

import { codecOf, type Codec } from "@conclave/crypto/sframe"

/** An RTCEncodedAudioFrame or RTCEncodedVideoFrame. */
export interface EncodedFrame {
  data: ArrayBuffer
  getMetadata(): { readonly mimeType?: string }
}

/** An RTCRtpScriptTransformer. Requests are refused by browsers that are too early or too late for them. */
export interface Transformer {
  readonly options: unknown
  readonly readable: ReadableStream<EncodedFrame>
  readonly writable: WritableStream<EncodedFrame>
  /** Only on receivers of video. */
  sendKeyFrameRequest?(): Promise<unknown>
  /** Only in Firefox, only on senders of video. */
  generateKeyFrame?(): Promise<unknown>
}

/** The codec a frame says it is in. The SFU has a say in it, so it is a claim to be checked against the key id. */
export const claimedCodecOf = (frame: EncodedFrame): Codec | undefined => codecOf(frame.getMetadata().mimeType)

/** What to do with one frame: true lets the frame, as changed, go on; anything else drops it. */
export type Passing = (frame: EncodedFrame) => Promise<boolean>

/**
 * Runs every frame of a transform through `passing`, in order, one at a time. Frames that it does not let pass, or
 * throws on, are gone. Resolves when the track ends.
 */
export async function runFrames({ readable, writable }: Transformer, passing: Passing): Promise<void> {
  const through = new TransformStream<EncodedFrame, EncodedFrame>({
    async transform(frame, controller) {
      if (await passing(frame).catch(() => false)) controller.enqueue(frame)
    },
  })
  // A closed track errors the pipe; there is nothing left to carry then.
  await readable
    .pipeThrough(through)
    .pipeTo(writable)
    .catch(() => undefined)
}
