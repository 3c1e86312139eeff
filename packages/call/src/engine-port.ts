/**
 * What the call machine asks of the group engine, and what it hears back. The engine lives in the key worker; only
 * handles cross this port, never a key (docs/protocol.md, D10). Bytes here are what the server may see, or opaque.
 */

import type { CallId, Epoch, MemberId } from "@conclave/wire"

declare const brand: unique symbol
/** A place in the MLS tree. Who sent a message is the leaf the engine verified (D34). */
export type Leaf = number & { readonly [brand]: "Leaf" }

/** One leaf of the group, from the MLS roster. */
export interface Member {
  readonly leaf: Leaf
  readonly member: MemberId
}

/** What the machine knows of the group in one epoch. */
export interface GroupView {
  readonly call: CallId
  readonly epoch: Epoch
  readonly own: Leaf
  readonly members: readonly Member[]
  /** Confirmed transcript hash, base64url: equal on all devices that share one history (D13). */
  readonly transcript: string
  /** Eight words to compare aloud (D15). */
  readonly words: readonly string[]
  /** The same code as 30 digits, in groups of five (D15). */
  readonly digits: string
}

/** Who a member says it is, vouched for by its device key (D10, D17). Only the key worker makes one. */
export interface Person {
  readonly member: MemberId
  readonly name: string
  /** SHA-256 of the device public key, base64url: the same across joins from one device. */
  readonly device: string
  /** When the device vouched for this join, by its own clock (ms since 1970): of two joins the later one counts (D11). */
  readonly since: number
  readonly level: "guest"
}

/** What a commit is to do. Becomes a commit of the epoch it is built on, or is rebuilt on the next one. */
export interface Change {
  /** Knocks that were read and found good. */
  readonly adds: readonly MemberId[]
  readonly removes: readonly Leaf[]
}

/** A commit ready for the server, with what must be stored beside it. */
export interface CommitBundle {
  readonly epoch: Epoch
  readonly commit: Uint8Array
  readonly welcomes: readonly { readonly member: MemberId; readonly welcome: Uint8Array }[]
  readonly tree?: Uint8Array
  readonly removes: readonly MemberId[]
}

/** What members tell each other inside the group. Always an MLS application message. */
export type CallMessage =
  /** D13: signed by its leaf like every message here. `muted` is what the sender sends or not. */
  | { readonly kind: "heartbeat"; readonly epoch: Epoch; readonly transcript: string; readonly media: MediaState }
  /** The sender goes; any member may commit its removal at once. */
  | { readonly kind: "leave" }
  /** Bundles that say who members are; the key worker checks each and gives `people` (D17). */
  | { readonly kind: "introduce"; readonly people: readonly Person[] }
  /** The sender lacks the bundles of these leaves. */
  | { readonly kind: "ask"; readonly leaves: readonly Leaf[] }

/** What a member says it sends at the moment. */
export interface MediaState {
  readonly microphone: boolean
  readonly camera: boolean
  readonly screen: boolean
}

/** Why the engine would not. `broken`: the engine is lost, restart it and rejoin. */
export type GroupFailure = "refused" | "stale" | "busy" | "broken"

/** Orders to the engine. Performed one at a time, in order. */
export type GroupOrder =
  | { readonly do: "found-group"; readonly call: CallId; readonly member: MemberId }
  /** Makes a new leaf key and KeyPackage for this join and seals what we say about ourselves. */
  | { readonly do: "make-knock"; readonly call: CallId; readonly member: MemberId }
  /** Opens a knock the server handed us; good ones can be added. */
  | { readonly do: "read-knock"; readonly member: MemberId; readonly keyPackage: Uint8Array; readonly sealed: Uint8Array }
  | { readonly do: "build-commit"; readonly change: Change }
  | { readonly do: "merge-commit" }
  | { readonly do: "clear-commit" }
  | { readonly do: "process-commit"; readonly seq: number; readonly commit: Uint8Array }
  | { readonly do: "join-group"; readonly call: CallId; readonly welcome: Uint8Array; readonly tree: Uint8Array }
  | { readonly do: "seal-message"; readonly message: OutgoingMessage; readonly keep: boolean }
  | { readonly do: "open-message"; readonly message: Uint8Array; readonly seq?: number }
  /** Wipes the group and every key made from it. */
  | { readonly do: "wipe-group" }

/** `introduce` names leaves whose bundles the key worker holds; it puts the bundles in. */
export type OutgoingMessage = Exclude<CallMessage, { kind: "introduce" }> | { readonly kind: "introduce"; readonly leaves: readonly Leaf[] }

/** Facts from the engine. Each order has exactly one answer. */
export type GroupFact =
  | { readonly type: "group-founded"; readonly group: GroupView; readonly self: Person }
  | {
      readonly type: "knock-made"
      readonly member: MemberId
      readonly keyPackage: Uint8Array
      readonly sealed: Uint8Array
      readonly self: Person
    }
  | { readonly type: "knock-read"; readonly member: MemberId; readonly person: Person }
  | { readonly type: "knock-refused"; readonly member: MemberId }
  | { readonly type: "commit-built"; readonly bundle: CommitBundle }
  | { readonly type: "commit-merged"; readonly group: GroupView; readonly removed: readonly MemberId[] }
  | { readonly type: "commit-cleared" }
  /** `by` is the leaf that committed, verified. `self` says we were removed: the group is gone. */
  | {
      readonly type: "commit-processed"
      readonly seq: number
      readonly by: Leaf
      readonly removed: readonly MemberId[]
      readonly group: GroupView
    }
  | { readonly type: "removed-by-commit"; readonly seq: number; readonly by: Leaf }
  | { readonly type: "commit-refused"; readonly seq: number; readonly failure: GroupFailure }
  | { readonly type: "group-joined"; readonly group: GroupView }
  | { readonly type: "message-sealed"; readonly epoch: Epoch; readonly message: Uint8Array; readonly keep: boolean }
  | { readonly type: "message-opened"; readonly from: Leaf; readonly epoch: Epoch; readonly message: CallMessage }
  | { readonly type: "message-refused"; readonly failure: GroupFailure }
  | { readonly type: "group-wiped" }
  | { readonly type: "order-failed"; readonly order: GroupOrder["do"]; readonly failure: GroupFailure }
