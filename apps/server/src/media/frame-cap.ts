/** Lets a WebSocket's bytes pass, but no message longer than the SFU can be asked to hold (A6.03). */

/**
 * Watches the client's side of a WebSocket (RFC 6455 section 5.2) without unmasking it.
 * ```
 * byte 0: FIN, RSV, opcode | byte 1: MASK, length 7 | 2 or 8 bytes of longer length | 4 bytes of mask | payload
 * ```
 */
export class FrameCap {
  readonly #most: number
  /** Bytes of the frame header that have come so far. */
  #header: number[] = []
  /** Bytes of payload still to come. */
  #left = 0
  /** Length of the message so far, over its fragments. */
  #message = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Looks at the next bytes. False when the message has grown too long; nothing after it is looked at. */
  passes(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length;) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, bytes.length - at)
        this.#left -= step
        at += step
        continue
      }
      this.#header.push(bytes[at++] ?? 0)
      if (!this.#readHeader()) return false
    }
    return true
  }

  #readHeader(): boolean {
    const [first = 0, second = 0] = this.#header
    const short = second & 0x7f
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0
    const isMasked = (second & 0x80) !== 0
    const size = 2 + extra + (isMasked ? 4 : 0)
    if (this.#header.length < 2 || this.#header.length < size) return true
    const length = extra === 0 ? short : this.#header.slice(2, 2 + extra).reduce((sum, byte) => sum * 256 + byte, 0)
    this.#header = []
    this.#left = length
    const isControl = (first & 0x08) !== 0
    if (isControl) return length <= 125
    this.#message += length
    const isWithin = this.#message <= this.#most
    if ((first & 0x80) !== 0) this.#message = 0
    return isWithin
  }
}
