/**
 * Orders to the group keeper and its answers. Fits `packages/call/src/engine-port.ts` by shape: ids are the same texts
 * without that package's brands, so that this package can be read and audited alone.
 */

/** One leaf of the group, from the MLS roster. */
export interface Member {
  readonly leaf: number
  /** The pseudonym, 22 base64url characters. */
  readonly member: string
}

/** One epoch, as the call machine may know it: no key is in here. */
export interface GroupView {
  readonly call: string
  readonly epoch: number
  readonly own: number
  readonly members: readonly Member[]
  /** Confirmed transcript hash, base64url (D13). */
  readonly transcript: string
  readonly words: readonly string[]
  readonly digits: string
}

/** Who a member says it is, vouched for by its device key (D10, D17). */
export interface Person {
  readonly member: string
  readonly name: string
  /** SHA-256 of the device public key, base64url. */
  readonly device: string
  /** When the device vouched for this join, by its own clock (ms since 1970): of two joins the later one counts (D11). */
  readonly since: number
  readonly level: "guest"
}

export interface Change {
  readonly adds: readonly string[]
  readonly removes: readonly number[]
}

export interface CommitBundle {
  readonly epoch: number
  readonly commit: Uint8Array
  readonly welcomes: readonly { readonly member: string; readonly welcome: Uint8Array }[]
  readonly tree?: Uint8Array
  readonly removes: readonly string[]
}

export interface MediaState {
  readonly microphone: boolean
  readonly camera: boolean
  readonly screen: boolean
}

interface Heartbeat {
  readonly kind: "heartbeat"
  readonly epoch: number
  readonly transcript: string
  readonly media: MediaState
}
interface Leave {
  readonly kind: "leave"
}
interface Ask {
  readonly kind: "ask"
  readonly leaves: readonly number[]
}

/** What was opened. `people` are those whose bundle held; the others are left out. */
export type CallMessage = Heartbeat | Leave | Ask | { readonly kind: "introduce"; readonly people: readonly Person[] }

/** What is to be sealed. The keeper puts in the bundles of those `leaves` it knows. */
export type OutgoingMessage = Heartbeat | Leave | Ask | { readonly kind: "introduce"; readonly leaves: readonly number[] }

/** `stale`: of another epoch. `busy`: a commit of ours waits. `broken`: the engine is lost, restart the worker. */
export type GroupFailure = "refused" | "stale" | "busy" | "broken"

export type GroupOrder =
  | { readonly do: "found-group"; readonly call: string; readonly member: string }
  | { readonly do: "make-knock"; readonly call: string; readonly member: string }
  | { readonly do: "read-knock"; readonly member: string; readonly keyPackage: Uint8Array; readonly sealed: Uint8Array }
  | { readonly do: "build-commit"; readonly change: Change }
  | { readonly do: "merge-commit" }
  | { readonly do: "clear-commit" }
  | { readonly do: "process-commit"; readonly seq: number; readonly commit: Uint8Array }
  | { readonly do: "join-group"; readonly call: string; readonly welcome: Uint8Array; readonly tree: Uint8Array }
  | { readonly do: "seal-message"; readonly message: OutgoingMessage; readonly keep: boolean }
  | { readonly do: "open-message"; readonly message: Uint8Array; readonly seq?: number }
  | { readonly do: "wipe-group" }

export type GroupFact =
  | { readonly type: "group-founded"; readonly group: GroupView; readonly self: Person }
  | {
      readonly type: "knock-made"
      readonly member: string
      readonly keyPackage: Uint8Array
      readonly sealed: Uint8Array
      readonly self: Person
    }
  | { readonly type: "knock-read"; readonly member: string; readonly person: Person }
  | { readonly type: "knock-refused"; readonly member: string }
  | { readonly type: "commit-built"; readonly bundle: CommitBundle }
  | { readonly type: "commit-merged"; readonly group: GroupView; readonly removed: readonly string[] }
  | { readonly type: "commit-cleared" }
  | {
      readonly type: "commit-processed"
      readonly seq: number
      readonly by: number
      readonly removed: readonly string[]
      readonly group: GroupView
    }
  | { readonly type: "removed-by-commit"; readonly seq: number; readonly by: number }
  | { readonly type: "commit-refused"; readonly seq: number; readonly failure: GroupFailure }
  | { readonly type: "group-joined"; readonly group: GroupView }
  | { readonly type: "message-sealed"; readonly epoch: number; readonly message: Uint8Array; readonly keep: boolean }
  | { readonly type: "message-opened"; readonly from: number; readonly epoch: number; readonly message: CallMessage }
  | { readonly type: "message-refused"; readonly failure: GroupFailure }
  | { readonly type: "group-wiped" }
  | { readonly type: "order-failed"; readonly order: GroupOrder["do"]; readonly failure: GroupFailure }
