/** Who may use the relay: short-lived names and passwords, each given to one member or one probe (D27.14). Kept in memory alone. */

import { createHash, randomBytes } from "node:crypto"

export const realm = "conclave"

/** A credential opens new ways for this long after it was given, or after its last way ended. */
const livesMs = 300_000
/** Live at a time. Each member of a call needs one for its link. */
const most = 10_000

/** What the relay knows of a credential. */
export interface Known {
  /** Whose it is: its share is counted by this name. */
  readonly who: string
  /** RFC 8489 section 9.2.2. */
  readonly key: Buffer
}

interface Kept extends Known {
  readonly givenAt: number
  /** Ways that are open with it. */
  open: number
  /** When the last of them ended. */
  endedAt: number
}

export interface Given {
  /** The base64url of 16 and of 24 random bytes. */
  readonly username: string
  readonly password: string
}

export class Credentials {
  readonly #kept = new Map<string, Kept>()
  readonly #now: () => number

  /** `now` in milliseconds, never going back. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Undefined when too many are live. */
  give(who: string): Given | undefined {
    if (this.#kept.size >= most) this.#forgetDead()
    if (this.#kept.size >= most) return undefined
    const [username, password] = [randomBytes(16).toString("base64url"), randomBytes(24).toString("base64url")]
    const key = createHash("md5").update(`${username}:${realm}:${password}`).digest()
    this.#kept.set(username, { who, key, givenAt: this.#now(), open: 0, endedAt: -Infinity })
    return { username, password }
  }

  find(username: string): Known | undefined {
    const kept = this.#kept.get(username)
    return kept !== undefined && this.#isLive(kept) ? kept : undefined
  }

  opened(username: string): void {
    const kept = this.#kept.get(username)
    if (kept !== undefined) kept.open++
  }

  ended(username: string): void {
    const kept = this.#kept.get(username)
    if (kept === undefined) return
    kept.open--
    kept.endedAt = this.#now()
  }

  #isLive({ open, givenAt, endedAt }: Kept): boolean {
    return open > 0 || this.#now() - Math.max(givenAt, endedAt) < livesMs
  }

  #forgetDead(): void {
    for (const [username, kept] of this.#kept) if (!this.#isLive(kept)) this.#kept.delete(username)
  }
}
