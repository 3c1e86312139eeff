/** Whether pictures and sound could pass from here: each way is tried with the real SFU, one after the other (D27.11). */

import { parseProbe, paths, type Way } from "@conclave/wire"
import type { Attempt, Trial } from "../adapters/sfu/probe.ts"
import { relayServers, type Origin } from "../adapters/sfu/relay-servers.ts"
import type { NetworkView } from "../view/lobby.ts"

export interface NetworkCheckParts {
  /** The server's answer to POST /api/probe; undefined: none that counts. */
  readonly ask: () => Promise<unknown>
  readonly page: () => Origin
  readonly attempt: (trial: Trial) => Promise<Attempt>
}

const untried: NetworkView = { isAway: false, udp: "untried", tcp: "untried", relay: "untried" }
const order = ["udp", "tcp", "relay"] as const

/** The SDK is fetched for the first try. */
const real: NetworkCheckParts = {
  ask: askServer,
  page: () => location,
  attempt: async (trial) => (await import("../adapters/sfu/probe.ts")).tryWay(trial),
}

export class NetworkCheck {
  readonly #changed: () => void
  readonly #parts: NetworkCheckParts
  #view = untried
  /** The check under way. Another, or none, in its place ends it. */
  #now: object | undefined
  #attempt: Attempt | undefined

  constructor(changed: () => void, parts: NetworkCheckParts = real) {
    this.#changed = changed
    this.#parts = parts
  }

  get view(): NetworkView {
    return this.#view
  }

  async check(): Promise<void> {
    this.stop()
    const now = {}
    this.#now = now
    this.#set({ ...untried, udp: "trying", tcp: "trying", relay: "trying" })
    const probe = parseProbe(await this.#parts.ask().catch(() => undefined))
    if (this.#now !== now) return
    if (probe === undefined) return this.#set({ ...untried, isAway: true })
    const relays = relayServers(probe.relay, this.#parts.page())
    const has = (way: Way): boolean => probe.ways.includes(way) && (way !== "relay" || relays.length > 0)
    for (const way of order) if (!has(way)) this.#set({ ...this.#view, [way]: "none" })
    for (const way of order.filter(has)) {
      const isOpen = await this.#try({ path: paths.sfu(probe.probe), way, relays }, now)
      if (this.#now !== now) return
      this.#set({ ...this.#view, [way]: isOpen ? "open" : "shut" })
    }
    this.#now = undefined
  }

  /** At once: when this returns, nothing of an attempt is left in the page. */
  stop(): void {
    this.#now = undefined
    this.#attempt?.stop()
    this.#attempt = undefined
    if (Object.values(this.#view).includes("trying")) this.#view = untried
  }

  async #try(trial: Trial, now: object): Promise<boolean> {
    try {
      const attempt = await this.#parts.attempt(trial)
      if (this.#now !== now) {
        attempt.stop()
        return false
      }
      this.#attempt = attempt
      return await attempt.opened
    } catch {
      return false
    } finally {
      if (this.#now === now) this.#attempt?.stop()
    }
  }

  #set(view: NetworkView): void {
    this.#view = view
    this.#changed()
  }
}

async function askServer(): Promise<unknown> {
  const response = await fetch(paths.probe, { method: "POST", body: "{}", headers: { "content-type": "application/json" } })
  return response.ok ? response.json() : undefined
}
