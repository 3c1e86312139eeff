/** One epoch's keys while they may be used. Knows who is heard under it; the ring decides for how long. */

import { deriveStreamSecrets, type StreamSecrets } from "./keys.ts"
import { ourSuite } from "./suites.ts"
import { StreamTable } from "./stream-table.ts"
import type { EpochKey } from "./epoch-key.ts"

/** Made by the ring for each epoch; `drop` ends it for good. */
export class LiveEpoch {
  readonly epoch: number
  /** Our own leaf: what we send under, and never take (own echo). */
  readonly own: number
  readonly streams: StreamTable
  readonly #members: Set<number>
  readonly #sending = new Map<bigint, Promise<StreamSecrets>>()
  #baseKey: CryptoKey | undefined

  constructor({ epoch, key, own, leaves }: EpochKey) {
    this.epoch = epoch
    this.own = own
    this.#baseKey = key
    this.#members = new Set(leaves)
    this.streams = new StreamTable((keyId) => this.#derive(keyId, "decrypt"))
  }

  /** False once dropped: what is still being computed under it must not come out. */
  get isLive(): boolean {
    return this.#baseKey !== undefined
  }

  /** Whether frames of this leaf may be opened: a member, not removed since, not ourselves. */
  hears(leaf: number): boolean {
    return this.isLive && leaf !== this.own && this.#members.has(leaf)
  }

  /** Keeps only leaves that are members of the next epoch as well (D24). */
  keepOnly(leaves: ReadonlySet<number>, removed: readonly number[]): void {
    for (const leaf of this.#members) if (!leaves.has(leaf)) this.#members.delete(leaf)
    // A removed leaf may have a new member already: the old epoch is not theirs.
    for (const leaf of removed) this.#members.delete(leaf)
  }

  /** Secrets to seal with. The key id must be our own leaf's. */
  sendingSecretsOf(keyId: bigint): Promise<StreamSecrets> {
    const known = this.#sending.get(keyId)
    if (known !== undefined) return known
    const secrets = this.#derive(keyId, "encrypt")
    this.#sending.set(keyId, secrets)
    return secrets
  }

  /** Forgets the keys. */
  drop(): void {
    this.#baseKey = undefined
    this.#sending.clear()
    this.#members.clear()
  }

  #derive(keyId: bigint, use: "encrypt" | "decrypt"): Promise<StreamSecrets> {
    if (this.#baseKey === undefined) throw new Error("bug: a dropped epoch was asked for a key")
    return deriveStreamSecrets(this.#baseKey, { suite: ourSuite, keyId, use })
  }
}
