/**
 * The part of `@conclave/mls-engine` that the group keeper uses, as a shape: tests put a careless engine in its place
 * and see that every rule here still holds. Failures are thrown as `Error` with a code for a message.
 */

/** One leaf of the group. */
export interface RosterLeaf {
  readonly leaf: number
  /** 16 raw bytes of the member's pseudonym. */
  readonly identity: Uint8Array
  /** Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array
}

/** Who a key package is for. */
export interface Joiner {
  readonly identity: Uint8Array
  readonly signatureKey: Uint8Array
  /** KeyPackageRef (RFC 9420 section 5.2). */
  readonly reference: Uint8Array
}

/** A commit that was opened and waits for `accept` or `refuse`. */
export interface StagedCommit {
  readonly kind: "commit"
  /** The leaf whose signature was verified (D34). */
  readonly sender: number
  readonly epoch: number
  readonly authenticatedData: Uint8Array
  readonly adds: readonly Joiner[]
  readonly removes: readonly number[]
  /** Ids of external PSKs. */
  readonly psks: readonly Uint8Array[]
  /** The new policy, when that and nothing else of the group context is replaced. */
  readonly policy: Uint8Array | undefined
  /** Proposals of every other type. */
  readonly other: number
  readonly hasPath: boolean
  readonly selfRemoved: boolean
}

export interface ApplicationMessage {
  readonly kind: "application"
  /** The leaf whose signature was verified (D34), in `epoch`. */
  readonly sender: number
  readonly epoch: number
  readonly data: Uint8Array
}

/** A Welcome that was opened and waits for `acceptJoin` or `refuseJoin`. */
export interface StagedJoin {
  readonly groupId: Uint8Array
  readonly epoch: number
  readonly policy: Uint8Array
  readonly roster: readonly RosterLeaf[]
  readonly ownLeaf: number
  readonly adder: number
}

export interface CommitRequest {
  readonly adds?: readonly Uint8Array[]
  readonly removes?: readonly number[]
  readonly psk?: Uint8Array | undefined
  readonly policy?: Uint8Array | undefined
  readonly authenticatedData?: Uint8Array | undefined
}

export interface CommitMade {
  readonly commit: Uint8Array
  /** One for each of `adds`, in that order. */
  readonly welcomes: readonly Uint8Array[]
  readonly tree: Uint8Array | undefined
}

/** One member of one group for one join. */
export interface RawMember {
  signatureKey(): Uint8Array
  /** Signs "Conclave 1 device\0" and then `statement` with the leaf's key. */
  endorse(statement: Uint8Array): Uint8Array
  keyPackage(): Uint8Array
  readKeyPackage(bytes: Uint8Array, nowSeconds: number): Joiner
  create(groupId: Uint8Array, policy: Uint8Array): void
  storePsk(id: Uint8Array, secret: Uint8Array): void
  commit(request: CommitRequest): CommitMade
  mergeCommit(): void
  clearCommit(): void
  process(message: Uint8Array): StagedCommit | ApplicationMessage
  accept(): void
  refuse(): void
  join(welcome: Uint8Array, tree: Uint8Array): StagedJoin
  acceptJoin(): void
  refuseJoin(): void
  encrypt(data: Uint8Array, authenticatedData: Uint8Array): Uint8Array
  export(label: string, context: Uint8Array, length: number): Uint8Array
  epoch(): number
  ownLeaf(): number
  roster(): readonly RosterLeaf[]
  epochAuthenticator(): Uint8Array
  transcript(): Uint8Array
  wipe(): void
  free(): void
}

/** A loaded engine. */
export interface RawEngine {
  /** `lifetimeSeconds` is how long the leaf's key package holds. */
  readonly Member: new (identity: Uint8Array, nowSeconds: number, lifetimeSeconds: number) => RawMember
}
