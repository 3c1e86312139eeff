/**
 * What REST v1 keeps, and with it what webhooks are told of (D40.6). Times are milliseconds since 1970. Every promise rejects with Problem
 * `storage-failed` when it cannot.
 */

import type { AccountId, KeyId, RoomKind, RoomRecordId, RoomTokenId, Scope, TeamId } from "@conclave/api"
import type { TokenHash } from "@conclave/delivery"
import type { RoomId } from "@conclave/wire"

export interface ApiStore {
  readonly keys: KeyStore
  readonly rooms: RoomRecordStore
  readonly tokens: RoomTokenStore
  readonly requests: RequestStore
}

export interface DeveloperKey {
  readonly id: KeyId
  readonly team: TeamId
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdAt: number
  /** Undefined: it was made on the command line. */
  readonly createdBy: AccountId | undefined
  readonly expiresAt: number
  readonly lastUsedAt: number | undefined
}

export interface KeyStore {
  add(key: DeveloperKey, hash: TokenHash): Promise<void>
  /** The key that this is the hash of, if it holds at that time; notes that it was used. */
  byHash(hash: TokenHash, at: number): Promise<DeveloperKey | undefined>
  get(id: KeyId): Promise<DeveloperKey | undefined>
  list(wanted: Wanted<KeyId>): Promise<Page<DeveloperKey>>
  /** Another secret for the same key; the one before holds until then. */
  rotate(id: KeyId, hash: TokenHash, times: { readonly oldUntil: number; readonly at: number }): Promise<void>
  remove(id: KeyId, at: number): Promise<void>
}

export interface Wanted<Id> {
  readonly teams: "all" | readonly TeamId[]
  readonly limit: number
  readonly offset: number
  readonly order: "asc" | "desc"
  readonly after: Id | undefined
}

export interface Page<T> {
  readonly found: readonly T[]
  /** Of all pages. */
  readonly total: number
}

/** What a customer's system said of a room. Told to this server in clear by whoever made it; nothing of a call. */
export interface RoomFields {
  readonly topic: string | null
  readonly friendlyUrl: string
  readonly privacy: "public" | "private"
  readonly externalId: string | null
  readonly defaultRole: RoomRole
  readonly roles: readonly RoomRole[]
  readonly tags: readonly string[]
  readonly isLocked: boolean
  readonly maxParticipants: number | null
  readonly expiresAt: number | null
}

export type RoomRole = "moderator" | "speaker" | "attendee"

export interface RoomRecord extends RoomFields {
  readonly id: RoomRecordId
  readonly team: TeamId
  readonly kind: RoomKind
  /** What browsers call the room: the name in the link of one sealed by link, from its furnishing in another. */
  readonly link: RoomId | undefined
  /** Undefined: the room is sealed by link, or nobody has furnished it. Else there is a `link`. */
  readonly furnishing: Furnishing | undefined
  readonly createdAt: number
  readonly updatedAt: number
  /** Counts changes, from 1. */
  readonly version: number
}

/** Handed to whoever is let in, so no secret from this server (D39.1). */
export interface Furnishing {
  /** 16 bytes, base64url. */
  readonly opening: string
  /** First 16 bytes of SHA-256 of the room key, base64url. */
  readonly keyHash: string
}

export interface WantedRooms extends Wanted<RoomRecordId> {
  readonly tag: string | undefined
  readonly externalId: string | undefined
  /** A part of the topic or of the friendly_url (D41.39). */
  readonly search: string | undefined
}

export interface RoomRecordStore {
  /** False: the friendly_url is another's. */
  add(room: RoomRecord): Promise<boolean>
  get(id: RoomRecordId): Promise<RoomRecord | undefined>
  byFriendlyUrl(friendlyUrl: string): Promise<RoomRecord | undefined>
  list(wanted: WantedRooms): Promise<Page<RoomRecord>>
  /** The records with these links, the oldest first. */
  byLinks(links: readonly RoomId[], teams: "all" | readonly TeamId[]): Promise<readonly RoomRecord[]>
  /**
   * Replaces the record if it is still as it was: `stale` when another change came first, `taken` when the friendly_url is another's.
   */
  replace(before: RoomRecord, after: RoomRecord): Promise<"kept" | "stale" | "taken">
  /** With its tokens. */
  remove(id: RoomRecordId, at: number): Promise<void>
}

export interface RoomToken {
  readonly id: RoomTokenId
  readonly room: RoomRecordId
  readonly role: RoomRole
  readonly name: string | null
  readonly externalId: string | null
  /** It is void when they may not change the room any more. */
  readonly by: { readonly key: KeyId } | { readonly account: AccountId }
  readonly createdAt: number
  readonly expiresAt: number
}

export interface RoomTokenStore {
  add(token: RoomToken, hash: TokenHash): Promise<void>
  /** Also one that has expired, for as long as it is kept. */
  byHash(hash: TokenHash): Promise<RoomToken | undefined>
  get(id: RoomTokenId): Promise<RoomToken | undefined>
  list(room: RoomRecordId, wanted: Omit<Wanted<RoomTokenId>, "teams">): Promise<Page<RoomToken>>
  remove(id: RoomTokenId): Promise<void>
  /** Drops what expired before. */
  sweep(before: number): Promise<void>
}

/** What was answered to a request with an Idempotency-Key. */
export interface KeptAnswer {
  readonly status: number
  /** JSON; undefined: it held a secret and was not kept. */
  readonly body: string | undefined
}

export interface RequestStore {
  /** Begins a request, or gives what is known of the one before: `busy` while it is not done, `other` when it asked for something else. */
  begin(request: RequestName & { readonly hash: TokenHash; readonly at: number }): Promise<"begun" | "busy" | "other" | KeptAnswer>
  done(request: RequestName, answer: KeptAnswer): Promise<void>
  /** It changed nothing and may be tried again. */
  forget(request: RequestName): Promise<void>
  /** Drops what is older than this. */
  sweep(before: number): Promise<void>
}

export interface RequestName {
  readonly asker: string
  readonly key: string
}
