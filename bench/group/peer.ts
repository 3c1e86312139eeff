/** What `bench/group.ts` asks of any MLS engine, so that all are driven alike. */

/** A commit, and what those it adds need. Trees and Welcomes are whatever the engine hands over. */
export interface Made {
  readonly commit: Uint8Array
  readonly welcomes: readonly unknown[]
  readonly tree: unknown
}

export interface Peer {
  found(): Promise<void>
  keyPackage(): Promise<Uint8Array>
  /** Always with a path, and merged at once unless `merge` is left to be called. */
  commit(change: { readonly adds?: readonly Uint8Array[]; readonly removes?: readonly number[] }): Promise<Made>
  merge(): Promise<void>
  process(commit: Uint8Array): Promise<void>
  join(welcome: unknown, tree: unknown): Promise<void>
  leaf(): number
  send(data: Uint8Array): Promise<Uint8Array>
  receive(message: Uint8Array): Promise<void>
  /** 32 bytes of the exporter, to see that all agree. */
  secret(): Promise<string>
  free(): void
}

export interface Contender {
  readonly name: string
  /** Rounds it is asked for at this size; none where a row would take hours. */
  rounds(size: number, warmth: Warmth): number
  person(): Promise<Peer>
}

/** Cold: one commit added everybody, nobody else committed. Warm: batches of ten, each added by one of the batch before. */
export type Warmth = "cold" | "warm"
