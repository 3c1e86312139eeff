/**
 * Orders to the group keeper and its answers. Fits `packages/call/src/engine-port.ts` by shape: ids are the same texts
 * without that package's brands, so that this package can be read and audited alone.
 */

import type { WishedRole } from "../room/identities.ts"
import type { RoomKind } from "../room/kind.ts"

/** One leaf of the group, from the MLS roster. */
export interface Member {
  readonly leaf: number
  /** The pseudonym, 22 base64url characters. */
  readonly member: string
}

/**
 * What is known of who somebody is (D21). `account`: the server says so, and could lie (D39.37). `organisation`: an identity provider
 * says so, and this device checked it.
 */
export type IdentityLevel = "guest" | "account" | "organisation"

/** An identity provider and the client id under which its tokens count here (D19). */
export interface Issuer {
  readonly issuer: string
  readonly clientId: string
}

/** The signed rules in force (D4.10), with devices in place of their keys. */
export interface PolicyView {
  readonly kind: RoomKind
  readonly room: string
  readonly version: number
  /** Devices (`Person.device`); one stands in one of the three role lists only (D4.13). */
  readonly hosts: readonly string[]
  readonly coHosts: readonly string[]
  readonly listeners: readonly string[]
  /** Who may take over when no host is there (D5.1). */
  readonly successors: readonly string[]
  /** What somebody is whom no list names. */
  readonly joinAs: "member" | "listener"
  readonly waitingRoom: boolean
  readonly isLocked: boolean
  readonly joinBeforeHost: boolean
  readonly share: "everyone" | "hosts"
  readonly record: "nobody" | "hosts" | "everyone"
  readonly minimumLevel: "guest" | "organisation"
  readonly issuers: readonly Issuer[]
  /** Rises with each new link (D4.15). */
  readonly secretVersion: number
  /** One newcomer for each link. */
  readonly isSingleUse: boolean
  /** Milliseconds since 1970. */
  readonly expiry?: number
  readonly topic?: string
  readonly hasPassword: boolean
  /** Rises with each new password (D18.9); there while one is asked for. */
  readonly passwordVersion?: number
  /** Whether this device can sign the next policy: it is a host's, or has the room key (D4.11). */
  readonly canSign: boolean
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
  /** The policy of this epoch: part of the group's context. */
  readonly policy: PolicyView
}

/** Who a member says it is, vouched for by its device key (D10, D17). */
export interface Person {
  readonly member: string
  readonly name: string
  /** SHA-256 of the device public key, base64url. */
  readonly device: string
  /** When the device vouched for this join, by its own clock (ms since 1970): of two joins the later one counts (D11). */
  readonly since: number
  readonly level: IdentityLevel
  /** Who proved it, and who this is there; with the levels above guest only. */
  readonly issuer?: string
  readonly subject?: string
  /** This device of theirs under that issuer, the same in every room (D19.5). */
  readonly identityDevice?: string
  /** Which role whoever made the room or the token wants for them; with the level account only. It gives none (D39.44). */
  readonly wish?: WishedRole
  /** Eight words of the device, equal on both sides of the door; on persons of a knock only. */
  readonly doorWords?: readonly string[]
}

/**
 * Why a leaf goes. `returned`: its device is added again by the same commit (D8.12). `ended`: a host ends the call (D8.30).
 * `organisation`: the server has asked for it (D14.6).
 */
export type RemoveReason = "left" | "silent" | "removed" | "returned" | "ended" | "organisation"

/** A leaf that a commit removed, by the note that came with it. */
export interface Removal {
  readonly leaf: number
  readonly member: string
  readonly why: RemoveReason
}

/** What a commit is to do. */
export interface Change {
  readonly adds: readonly string[]
  readonly removes: readonly { readonly leaf: number; readonly why: RemoveReason }[]
  /** Stands alone (D8). */
  readonly policy?: PolicyEdit
}

/** What a device may do (D4.13). */
export type Role = "host" | "co-host" | "listener" | "member"

/** One change of the rules. The last host cannot step down: `refused`. */
export type PolicyEdit =
  | { readonly set: "waitingRoom" | "isLocked" | "joinBeforeHost" | "isSingleUse"; readonly to: boolean }
  | { readonly set: "share"; readonly to: PolicyView["share"] }
  | { readonly set: "record"; readonly to: PolicyView["record"] }
  | { readonly set: "joinAs"; readonly to: PolicyView["joinAs"] }
  | { readonly set: "minimumLevel"; readonly to: PolicyView["minimumLevel"] }
  | { readonly set: "expiry"; readonly to: number | undefined }
  | { readonly set: "topic"; readonly to: string | undefined }
  /** True takes the password that a host has given the key worker; the text is in no edit (D18.9). */
  | { readonly set: "password"; readonly to: boolean }
  | { readonly set: "issuers"; readonly to: readonly Issuer[] }
  /** The device at this leaf gets this role. */
  | { readonly role: Role; readonly of: number }
  | { readonly successor: boolean; readonly of: number }
  /** A successor becomes host, while no host's device is at a leaf (D5.1). */
  | { readonly takeOver: true }
  /** A new link secret; the old link says "replaced" (D4.15). */
  | { readonly newSecret: true }

/** What the server is to keep for the room after a change of policy, signed (D3.10). */
export interface RoomChange {
  readonly room: string
  readonly version: number
  readonly accessHash: Uint8Array
  readonly shelf: Uint8Array
  readonly keys: readonly Uint8Array[]
  readonly by: Uint8Array
  readonly signature: Uint8Array
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
  /** What else holds for the sender, for whoever reads states (D34.10). */
  readonly state: string
}
/** D34.11: said in a moment, to whoever reads words. */
interface Word {
  readonly kind: "word"
  readonly body: string
}
interface Leave {
  readonly kind: "leave"
}
interface Ask {
  readonly kind: "ask"
  readonly leaves: readonly number[]
}

/** D17.24: what whoever added us knows of who was here. Devices. */
interface StandingSaid {
  readonly kind: "standing"
  readonly former: readonly string[]
  readonly blocked: readonly string[]
  readonly isUsed: boolean
  /** Devices that did not prove the password in force, once for each guess (D18.7). */
  readonly guesses?: readonly string[]
}
/** D17.24: a host or co-host keeps these devices out of this call, or lets them in again. */
interface Block {
  readonly kind: "block"
  readonly devices: readonly string[]
  readonly isBlocked: boolean
}

/** D18.7: a knocker with this device did not prove the password. */
interface Guess {
  readonly kind: "guess"
  readonly device: string
}

type PlainMessage = Heartbeat | Word | Leave | Ask | StandingSaid | Block | Guess

/** What was opened. `people` are those whose bundle held; the others are left out. */
export type CallMessage = PlainMessage | { readonly kind: "introduce"; readonly people: readonly Person[] }

/** What is to be sealed. The keeper puts in the bundles of those `leaves` it knows. */
export type OutgoingMessage = PlainMessage | { readonly kind: "introduce"; readonly leaves: readonly number[] }

/**
 * `stale`: of another epoch. `busy`: a commit of ours waits. `broken`: the engine is lost, restart the worker.
 * `host-needed`: only a host's device founds a call here (D4.14).
 */
export type GroupFailure = "refused" | "stale" | "busy" | "broken" | "host-needed" | "password-needed"

export type GroupOrder =
  | { readonly do: "found-group"; readonly call: string; readonly member: string }
  | { readonly do: "make-knock"; readonly call: string; readonly member: string }
  | { readonly do: "read-knock"; readonly member: string; readonly keyPackage: Uint8Array; readonly sealed: Uint8Array }
  /** Answers a knock that began the password's proof: once, as each answer is a guess (D18.6). */
  | { readonly do: "answer-door"; readonly member: string }
  /** The knocker's answer to ours. */
  | { readonly do: "hear-door"; readonly member: string; readonly box: Uint8Array }
  /** A member's answer to our own knock. */
  | { readonly do: "check-door"; readonly box: Uint8Array }
  | { readonly do: "build-commit"; readonly change: Change }
  | { readonly do: "merge-commit" }
  | { readonly do: "clear-commit" }
  /** `gone`: leaves whose removal as left or silent we believe, by our own ears (D8.13). `asked`: as the organisation's wish (D14.8). */
  | {
      readonly do: "process-commit"
      readonly seq: number
      readonly commit: Uint8Array
      readonly gone: readonly number[]
      readonly asked?: readonly number[]
    }
  | { readonly do: "join-group"; readonly call: string; readonly welcome: Uint8Array; readonly tree: Uint8Array }
  | { readonly do: "seal-message"; readonly message: OutgoingMessage; readonly keep: boolean }
  | { readonly do: "open-message"; readonly message: Uint8Array; readonly seq?: number }
  /**
   * What our rules need to know of this call's past (D8.11, D8.12, D8.14); the machine owns it. Devices. Until the first one,
   * a joiner holds nothing against a committer that it cannot know (D8.16).
   */
  | { readonly do: "set-standing"; readonly former: readonly string[]; readonly blocked: readonly string[]; readonly isUsed: boolean }
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
  /** `password`: the version of the one it began to prove. */
  | { readonly type: "knock-read"; readonly member: string; readonly person: Person; readonly password?: number }
  | { readonly type: "knock-refused"; readonly member: string }
  | { readonly type: "door-answered"; readonly member: string; readonly box: Uint8Array }
  /** Whether the knocker knows the password. False also for a knock that cannot be answered. */
  | { readonly type: "door-heard"; readonly member: string; readonly isProved: boolean }
  | { readonly type: "door-checked"; readonly box: Uint8Array }
  /** `wasTyped`: by a person, just now; else it was one kept from before. */
  | { readonly type: "password-wrong"; readonly wasTyped: boolean }
  | { readonly type: "commit-built"; readonly bundle: CommitBundle }
  /** `room`: what the server is to be told of the new policy. */
  | ({ readonly type: "commit-merged"; readonly room?: RoomChange } & CommitEffect)
  | { readonly type: "commit-cleared" }
  | ({ readonly type: "commit-processed"; readonly seq: number; readonly by: number } & CommitEffect)
  | { readonly type: "removed-by-commit"; readonly seq: number; readonly by: number; readonly why: RemoveReason; readonly rule?: string }
  /** `by` and `rule`: the commit opened, it is that leaf's, and our rules refuse it. */
  | { readonly type: "commit-refused"; readonly seq: number; readonly failure: GroupFailure; readonly by?: number; readonly rule?: string }
  /** `by`: who added us (D17.24). `room`: the group's policy is newer than what the server showed us, and this device can sign (D3.10). */
  | { readonly type: "group-joined"; readonly group: GroupView; readonly by: number; readonly room?: RoomChange }
  | { readonly type: "message-sealed"; readonly epoch: number; readonly message: Uint8Array; readonly keep: boolean }
  | { readonly type: "message-opened"; readonly from: number; readonly epoch: number; readonly message: CallMessage }
  | { readonly type: "message-refused"; readonly failure: GroupFailure }
  | { readonly type: "standing-set" }
  | { readonly type: "group-wiped" }
  | { readonly type: "order-failed"; readonly order: GroupOrder["do"]; readonly failure: GroupFailure }

/** What a commit brought about. */
export interface CommitEffect {
  readonly group: GroupView
  /** Newcomers, each proved at its leaf. */
  readonly people: readonly Person[]
  readonly removes: readonly Removal[]
  readonly policyChanged: boolean
  /** The fragment of the room's new link, without `#`. A secret: for the address bar alone. */
  readonly link?: string
}
