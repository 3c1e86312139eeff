/** Stand-ins for the browser: frames, transforms, and one member's frame path with a clock the test moves. */

import { importBaseKey, usualCodecOf, type Codec, type EpochKey, type MediaKind } from "@conclave/crypto/sframe"
import type { Counts, FramesToPage } from "./messages.ts"
import type { EncodedFrame, Transformer } from "./encoded-frames.ts"
import { FramePath } from "./frame-path.ts"

export class FakeFrame implements EncodedFrame {
  data: ArrayBuffer
  readonly #mimeType: string | undefined
  constructor(bytes: Uint8Array<ArrayBuffer>, mimeType: string | undefined) {
    this.data = bytes.slice().buffer
    this.#mimeType = mimeType
  }
  getMetadata(): { readonly mimeType?: string } {
    return this.#mimeType === undefined ? {} : { mimeType: this.#mimeType }
  }
  get bytes(): number[] {
    return [...new Uint8Array(this.data)]
  }
}

/** Put in after the others to learn when they are through. Empty, so nobody seals or opens it. */
class LastFrame implements EncodedFrame {
  readonly #reached: () => void
  constructor(reached: () => void) {
    this.#reached = reached
  }
  get data(): ArrayBuffer {
    this.#reached()
    return new ArrayBuffer(0)
  }
  getMetadata(): { readonly mimeType?: string } {
    return {}
  }
}

/** Transforms whose tracks go on. */
const going = new Set<FakeTransformer>()

/** Lets everything that has been put in come out, or be dropped. */
export async function settled(): Promise<void> {
  await Promise.all([...going].map((transformer) => transformer.settled()))
}

/** A transform whose frames the test puts in and takes out. */
export class FakeTransformer implements Transformer {
  readonly options: unknown
  readonly readable: ReadableStream<EncodedFrame>
  readonly writable: WritableStream<EncodedFrame>
  readonly out: FakeFrame[] = []
  keyFrameRequests = 0
  keyFramesGenerated = 0
  generateKeyFrame?: () => Promise<unknown>
  done: Promise<void> = Promise.resolve()
  #controller: ReadableStreamDefaultController<EncodedFrame> | undefined

  constructor(options: unknown, isFirefox = false) {
    this.options = options
    this.readable = new ReadableStream({
      start: (controller) => {
        this.#controller = controller
      },
    })
    going.add(this)
    this.writable = new WritableStream({
      write: (frame) => {
        if (frame instanceof FakeFrame) this.out.push(frame)
      },
    })
    if (isFirefox) this.generateKeyFrame = () => Promise.resolve(this.keyFramesGenerated++)
  }

  sendKeyFrameRequest(): Promise<void> {
    this.keyFrameRequests++
    return Promise.reject(new Error("InvalidStateError"))
  }

  put(...frames: EncodedFrame[]): void {
    for (const frame of frames) this.#controller?.enqueue(frame)
  }

  /** Resolves when all frames put in so far have been dealt with. */
  async settled(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#controller?.enqueue(new LastFrame(resolve))
    })
    // From the transform's end to its writer.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => void setImmediate(resolve))
  }

  end(): void {
    going.delete(this)
    this.#controller?.close()
  }

  fail(): void {
    going.delete(this)
    this.#controller?.error(new Error("the track is gone"))
  }
}

/** One member's frame worker without the worker. */
export class Member {
  now = 100_000
  readonly said: FramesToPage[] = []
  readonly path = new FramePath({ now: () => this.now, post: (message) => this.said.push(message) })
  readonly leaf: number

  constructor(leaf: number) {
    this.leaf = leaf
    this.path.begin(0)
  }

  async enter(epoch: number, options: Partial<EpochKey> & { readonly group?: number } = {}): Promise<void> {
    const { leaves = [0, 1, 2], removed = [], switch: pace = "now", group = 0, own = this.leaf } = options
    const key = await importBaseKey(new Uint8Array(16).fill(epoch + group * 100))
    this.path.keysCame({ type: "epoch", epoch, key, own, leaves, removed, switch: pace })
  }

  attach(options: unknown, isFirefox = false): FakeTransformer {
    const transformer = new FakeTransformer(options, isFirefox)
    transformer.done = this.path.attach(transformer)
    return transformer
  }

  carry(track: number, kind: MediaKind, codec: Codec = usualCodecOf(kind)): void {
    this.path.carry(track, { kind, codec })
  }

  sender(track: number, kind: MediaKind, isFirefox = false): FakeTransformer {
    this.carry(track, kind)
    return this.attach({ role: "send", track }, isFirefox)
  }

  /** The owners the page was asked about so far. */
  get asked(): string[] {
    return this.said.flatMap((message) =>
      message.type === "owner" ? [`${message.receiver}: ${message.leaf} ${message.kind} in ${message.epoch}`] : [],
    )
  }

  counts(): Counts | undefined {
    this.path.tick()
    return this.said.findLast((message) => message.type === "counts")
  }
}

export const audio = (fill = 7, size = 40): FakeFrame => new FakeFrame(new Uint8Array(size).fill(fill), "audio/opus")

/** A VP9 frame that is no key frame. */
export const vp9 = (fill = 7): FakeFrame => new FakeFrame(new Uint8Array(60).fill(fill).with(0, 0x86), "video/VP9")

/** A VP8 frame; the P bit is 0 on a key frame. */
export function video(fill = 7, isKey = false): FakeFrame {
  const bytes = new Uint8Array(60).fill(fill)
  bytes[0] = isKey ? 0x10 : 0x11
  return new FakeFrame(bytes, "video/VP8")
}
