/** The log of each call as its members were told it: what was acknowledged, and whether it stayed so. */

import { parseServerEnvelope, printEnvelope } from "@conclave/wire"
import type { Tapped } from "../../tests/browser/wiretap.ts"

export class History {
  /** Commits and kept messages the server has said are durable. */
  acknowledged = 0
  /** Times the server came back with a log shorter than what it had acknowledged. */
  lost = 0
  /** Entries that were sent with two contents. */
  changed = 0
  readonly #entries = new Map<number, string>()
  #highest = 0

  /** Reads the socket traffic of one call, in order. */
  constructor(traffic: readonly Tapped[]) {
    for (const { what, to, content } of traffic) if (to === "browser" && what.startsWith("socket /api")) this.#read(content.toString())
  }

  #read(text: string): void {
    const said = parseServerEnvelope(text)
    if (typeof said === "string") throw new Error(`the server sent an envelope that is ${said}`)
    if (said.type === "accepted") {
      this.acknowledged += 1
      this.#highest = Math.max(this.#highest, said.seq)
    }
    if (said.type === "resumed" && said.seq < this.#highest) this.lost += this.#highest - said.seq
    if (said.type !== "entries") return
    for (const entry of said.entries) {
      const print = printEnvelope({ type: "entries", entries: [entry] })
      const before = this.#entries.get(entry.seq)
      if (before !== undefined && before !== print) this.changed += 1
      this.#entries.set(entry.seq, print)
    }
  }
}
