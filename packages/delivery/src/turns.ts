/**
 * What the room hears and orders. Inputs are facts in the past tense, outputs are orders. No token is among them: the
 * shell keeps sessions and access proofs and gives this machine their SHA-256 only.
 */

import type { CallId, Entry, Epoch, MemberEnvelope, MemberId, ProblemCode, Seq, ServerEnvelope } from "@conclave/wire"

/** Milliseconds on the shell's clock. */
export type Millis = number
/** One socket, named by the shell. Never used twice. */
export type ConnectionId = string
/** SHA-256 of a token, base64url. */
export type TokenHash = string

type Without<E, T extends string> = Exclude<E, { readonly type: T }>
type Of<E, T extends string> = Extract<E, { readonly type: T }>

/** A member's envelope with every token replaced by its hash. `sessionHash` of found and knock belongs to a fresh token. */
export type Heard =
  | Without<MemberEnvelope, "hello" | "found" | "knock" | "resume">
  | (Omit<Of<MemberEnvelope, "hello">, "access"> & { readonly accessHash: TokenHash })
  | (Of<MemberEnvelope, "found"> & { readonly sessionHash: TokenHash })
  | (Of<MemberEnvelope, "knock"> & { readonly sessionHash: TokenHash })
  | (Omit<Of<MemberEnvelope, "resume">, "session"> & { readonly sessionHash: TokenHash })

/** A server envelope; the shell adds the session to `founded` and `knocking`. */
export type Told =
  | Without<ServerEnvelope, "founded" | "knocking">
  | Omit<Of<ServerEnvelope, "founded">, "session">
  | Omit<Of<ServerEnvelope, "knocking">, "session">

/** The room as it is kept from now on. */
export interface RoomChange {
  /** Rises with every change. */
  readonly version: number
  readonly accessHash: TokenHash
  readonly shelf: Uint8Array<ArrayBuffer>
  /** Access hashes of earlier links, newest first (D3.11). */
  readonly replaced: readonly TokenHash[]
}

export type Input =
  | { readonly type: "member-said"; readonly at: Millis; readonly connection: ConnectionId; readonly envelope: Heard }
  | { readonly type: "connection-closed"; readonly at: Millis; readonly connection: ConnectionId }
  /** What is kept for the room was replaced, durably, by who may (D3.10). */
  | ({ readonly type: "room-changed"; readonly at: Millis } & RoomChange)
  /** Who runs the room wants its call ended. */
  | { readonly type: "ended-by-organisation"; readonly at: Millis }
  /** Who runs the room wants this member out of it. */
  | { readonly type: "removal-asked"; readonly at: Millis; readonly member: MemberId }
  | { readonly type: "clock"; readonly at: Millis }
  /** The rows of that `store` survive a power cut. */
  | { readonly type: "stored"; readonly at: Millis; readonly write: number }
  /** None of the rows of that `store` was kept. */
  | { readonly type: "store-failed"; readonly at: Millis; readonly write: number; readonly code: ProblemCode }

export type Output =
  | { readonly do: "send"; readonly to: readonly ConnectionId[]; readonly envelope: Told }
  /** Read the entries after `after` up to and with `upTo` from the store and send them as `entries`. */
  | { readonly do: "replay"; readonly to: ConnectionId; readonly call: CallId; readonly after: Seq; readonly upTo: Seq }
  /** Read this member's welcome from the store and send it again. */
  | { readonly do: "send-welcome"; readonly to: ConnectionId; readonly call: CallId; readonly member: MemberId }
  /** Keep all of these rows or none, then say `stored` or `store-failed`. */
  | { readonly do: "store"; readonly write: number; readonly rows: readonly Row[] }
  /** Say `clock` at this time. Replaces any earlier wake. */
  | { readonly do: "wake"; readonly at: Millis }
  /** Close the socket; its problem has been sent. */
  | { readonly do: "close"; readonly connection: ConnectionId; readonly code: ProblemCode }
  /** A call has begun: make its media room. */
  | { readonly do: "open-call"; readonly call: CallId }
  /** These are no members any more: take them off the media. */
  | { readonly do: "detach"; readonly call: CallId; readonly members: readonly MemberId[] }
  /** The call is over: its media room goes. */
  | { readonly do: "end-call"; readonly call: CallId }

/** One change to what is kept. */
export type Row =
  | { readonly row: "call"; readonly call: CallId }
  /** A member, new or after a void commit added again. */
  | { readonly row: "member"; readonly call: CallId; readonly member: MemberId; readonly sessionHash: TokenHash; readonly joined: Seq }
  | { readonly row: "entry"; readonly call: CallId; readonly entry: Entry }
  | { readonly row: "tree"; readonly call: CallId; readonly seq: Seq; readonly tree: Uint8Array }
  | {
      readonly row: "welcome"
      readonly call: CallId
      readonly seq: Seq
      readonly epoch: Epoch
      readonly member: MemberId
      readonly welcome: Uint8Array
    }
  /** The member is out since the entry at `seq`. */
  | { readonly row: "member-out"; readonly call: CallId; readonly member: MemberId; readonly seq: Seq }
  /** The commit that took the member out is void. */
  | { readonly row: "member-back"; readonly call: CallId; readonly member: MemberId }
  /** Some member applied the commit at `seq`: it can no longer become void. */
  | { readonly row: "settled"; readonly call: CallId; readonly seq: Seq }
  /** The call is over; its log may be deleted. */
  | { readonly row: "call-ended"; readonly call: CallId }
