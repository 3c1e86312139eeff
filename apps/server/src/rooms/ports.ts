/** What the rooms need of the outside: a store that keeps its word, and a media server that obeys. */

import type { CallId, Entry, MemberId, RoomId, Seq, Way } from "@conclave/wire"
import type { KeptWelcome, RoomBase, RoomChange, Row, SavedRoom, TokenHash } from "@conclave/delivery"

/** Keeps rooms. What a promise confirms survives a power cut. Rejects with a Problem when it cannot. */
export interface RoomStore {
  /** Keeps a new room and the one key that may change it. Problem `room-exists` when the name is taken. */
  makeRoom(base: RoomBase, key: PublicKey): Promise<void>
  /** Who may change what is kept, and above which version. Undefined when there is no such room. */
  roomKeys(room: RoomId): Promise<RoomKeys | undefined>
  /**
   * Replaces what is kept, if the key is still one of those that may and the version is higher; gives what is kept now. Problem
   * `no-such-room`, `not-allowed` or `stale-version`. The signature has been checked.
   */
  changeRoom(room: RoomId, change: SignedChange): Promise<RoomChange>
  /**
   * Makes a room one that no link opens and nobody may change; its link is remembered as replaced, and a call that was on is over.
   * Problem `no-such-room`.
   */
  retireRoom(room: RoomId): Promise<RoomChange>
  loadRoom(room: RoomId): Promise<SavedRoom | undefined>
  /**
   * Keeps all rows or none. Problem `stale-epoch` when another commit has the same (call, epoch, attempt), `call-exists` when
   * the room has another call or the call's name is used up, `storage-failed` for anything else.
   */
  write(room: RoomId, rows: readonly Row[]): Promise<void>
  /** Entries with `after` < seq <= `upTo`, in order, at most `most`. */
  entries(range: EntryRange): Promise<Entry[]>
  welcome(call: CallId, member: MemberId): Promise<KeptWelcome | undefined>
  /** Hash of the session of a member that is in the call now. */
  sessionOf(call: CallId, member: MemberId): Promise<TokenHash | undefined>
  /** Remembers the pass that opens a member's way to the SFU; the one before is void. */
  givePass(call: CallId, member: MemberId, pass: TokenHash): Promise<void>
  /** The call in which this member is now, if the pass is its. */
  callOfPass(member: MemberId, pass: TokenHash): Promise<CallId | undefined>
  close(): Promise<void>
}

/** An Ed25519 public key, base64url. */
export type PublicKey = string

export interface RoomKeys {
  readonly version: number
  readonly keys: readonly PublicKey[]
}

export interface SignedChange extends RoomKeys {
  readonly accessHash: TokenHash
  readonly shelf: Uint8Array<ArrayBuffer>
  /** The key that signed. */
  readonly by: PublicKey
}

export interface EntryRange {
  readonly call: CallId
  readonly after: Seq
  readonly upTo: Seq
  readonly most: number
}

/** The SFU as the rooms see it. Calls are its rooms, pseudonyms its participants. */
export interface MediaServer {
  /** Makes the media room if this run of the SFU does not have it. Problem `sfu-away`. */
  openCall(call: CallId): Promise<void>
  /** Best effort: without passes nobody can come back in. */
  endCall(call: CallId): Promise<void>
  detach(call: CallId, member: MemberId): Promise<void>
  /** Where its signalling is and what to show it for one member. Problem `sfu-away`. */
  wayIn(call: CallId, member: MemberId): Promise<WayIn>
  /** The same for a page that only tries whether media could pass: into a room of its own, neither sending nor receiving. */
  wayToTry(call: CallId, probe: MemberId): Promise<WayIn>
  /** How media can reach it. */
  readonly ways: readonly Way[]
  /** Whether it answers now. */
  isAnswering(): Promise<boolean>
  stop(): Promise<void>
}

export interface WayIn {
  /** On 127.0.0.1. */
  readonly port: number
  /** Good for at most 60 s. Never logged, never given to a browser. */
  readonly bearer: string
}
