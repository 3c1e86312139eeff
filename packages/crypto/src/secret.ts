/** Key bytes that cannot reach a log line, a JSON body or a template string by accident. */

import type { Bytes } from "./platform.ts"

const redacted = "[secret]"

/** Holds key bytes until wiped. Printing it in any way gives `[secret]`. */
export class Secret {
  #bytes: Bytes | undefined

  /** Takes the bytes over: the caller keeps no other copy. */
  constructor(bytes: Bytes) {
    this.#bytes = bytes
  }

  /** The only way out. Throws once wiped: a forgotten key must never come back as zeros. */
  expose(): Bytes {
    if (this.#bytes === undefined) throw new Error("bug: secret used after wipe")
    return this.#bytes
  }

  /** Overwrites the bytes. Copies that the platform made are out of reach. */
  wipe(): void {
    this.#bytes?.fill(0)
    this.#bytes = undefined
  }

  toString(): string {
    return redacted
  }

  toJSON(): string {
    return redacted
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return redacted
  }
}
