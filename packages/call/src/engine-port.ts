/**
 * What the call machine asks of the group engine, and what it hears back. The engine lives in the key worker; only
 * handles cross this port, never a key (docs/protocol.md, D10). Bytes here are what the server may see, or opaque.
 */

import type { CallId, Epoch, MemberId, RoomId } from "@conclave/wire"

declare const brand: unique symbol
/** A place in the MLS tree. Who sent a message is the leaf the engine verified (D34). */
export type Leaf = number & { readonly [brand]: "Leaf" }

/** One leaf of the group, from the MLS roster. */
export interface Member {
  readonly leaf: Leaf
  readonly member: MemberId
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

/** The signed rules in force (D4.10), with devices in place of their keys. What a screen and the machine may know of them. */
export interface PolicyView {
  /** The kind of room (D1), which no edit changes. */
  readonly kind: "link" | "identity" | "transport"
  readonly room: RoomId
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
  /** The policy of this epoch: part of the group's context. */
  readonly policy: PolicyView
}

/** Who a member says it is, vouched for by its device key (D10, D17). Only the key worker makes one. */
export interface Person {
  readonly member: MemberId
  readonly name: string
  /** SHA-256 of the device public key, base64url: the same across joins from one device. */
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
  readonly wish?: "moderator" | "speaker" | "attendee"
  /** Eight words of the device, equal on both sides of the door; on persons of a knock only. */
  readonly doorWords?: readonly string[]
}

/**
 * Why a leaf goes (section 3 of the commit note). `returned`: its device is added again by the same commit (D8.12). `ended`: a host
 * ends the call for everybody (D8.30). `organisation`: the server has asked for it (D14.6).
 */
export type RemoveReason = "left" | "silent" | "removed" | "returned" | "ended" | "organisation"

/** A leaf that a commit removed, by the note that came with it. */
export interface Removal {
  readonly leaf: Leaf
  readonly member: MemberId
  readonly why: RemoveReason
}

/** What a commit is to do. Becomes a commit of the epoch it is built on, or is rebuilt on the next one. */
export interface Change {
  /** Knocks that were read and found good. */
  readonly adds: readonly MemberId[]
  readonly removes: readonly { readonly leaf: Leaf; readonly why: RemoveReason }[]
  /** Stands alone (D8). */
  readonly policy?: PolicyEdit
}

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
  | { readonly role: Role; readonly of: Leaf }
  | { readonly successor: boolean; readonly of: Leaf }
  /** A successor becomes host, while no host's device is at a leaf (D5.1). */
  | { readonly takeOver: true }
  /** A new link secret; the old link says "replaced" (D4.15). */
  | { readonly newSecret: true }

/** What a device may do (D4.13). */
export type Role = "host" | "co-host" | "listener" | "member"

/** What the server is to keep for the room after a change of policy, signed (D3.10): the body of `PATCH /api/rooms/<room>`. */
export interface RoomChange {
  readonly room: RoomId
  readonly version: number
  readonly accessHash: Uint8Array
  readonly shelf: Uint8Array
  readonly keys: readonly Uint8Array[]
  readonly by: Uint8Array
  readonly signature: Uint8Array
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
  /** D13: signed by its leaf like every message here. `media` is what the sender sends or not, `state` what else holds for it (D34.10). */
  | {
      readonly kind: "heartbeat"
      readonly epoch: Epoch
      readonly transcript: string
      readonly media: MediaState
      readonly state: string
    }
  /** D34.11: something said in a moment; a text that neither machine nor engine reads. */
  | { readonly kind: "word"; readonly body: string }
  /** The sender goes; any member may commit its removal at once. */
  | { readonly kind: "leave" }
  /** Bundles that say who members are; the key worker checks each and gives `people` (D17). */
  | { readonly kind: "introduce"; readonly people: readonly Person[] }
  /** The sender lacks the bundles of these leaves. */
  | { readonly kind: "ask"; readonly leaves: readonly Leaf[] }
  /** D17.24: what whoever added us knows of who was here. Devices; believed once, from the leaf that added us. */
  | {
      readonly kind: "standing"
      readonly former: readonly string[]
      readonly blocked: readonly string[]
      readonly isUsed: boolean
      /** Devices that did not prove the password in force, once for each guess (D18.7). */
      readonly guesses?: readonly string[]
    }
  /** D18.7: a knocker with this device did not prove the password. */
  | { readonly kind: "guess"; readonly device: string }
  /** D17.24: a host or co-host keeps these devices out of this call, or lets them in again. */
  | { readonly kind: "block"; readonly devices: readonly string[]; readonly isBlocked: boolean }

/** What a member says it sends at the moment. */
export interface MediaState {
  readonly microphone: boolean
  readonly camera: boolean
  readonly screen: boolean
}

/** Why the engine would not. `broken`: the engine is lost, restart it and rejoin. `host-needed`: D4.14. */
export type GroupFailure = "refused" | "stale" | "busy" | "broken" | "host-needed" | "password-needed"

/** Orders to the engine. Performed one at a time, in order. */
export type GroupOrder =
  | { readonly do: "found-group"; readonly call: CallId; readonly member: MemberId }
  /** Makes a new leaf key and KeyPackage for this join and seals what we say about ourselves. */
  | { readonly do: "make-knock"; readonly call: CallId; readonly member: MemberId }
  /** Opens a knock the server handed us; good ones can be added. */
  | { readonly do: "read-knock"; readonly member: MemberId; readonly keyPackage: Uint8Array; readonly sealed: Uint8Array }
  /** Answers a knock that began the password's proof: once, as each answer is a guess (D18.6). */
  | { readonly do: "answer-door"; readonly member: MemberId }
  /** The knocker's answer to ours. */
  | { readonly do: "hear-door"; readonly member: MemberId; readonly box: Uint8Array }
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
      readonly gone: readonly Leaf[]
      readonly asked?: readonly Leaf[]
    }
  | { readonly do: "join-group"; readonly call: CallId; readonly welcome: Uint8Array; readonly tree: Uint8Array }
  | { readonly do: "seal-message"; readonly message: OutgoingMessage; readonly keep: boolean }
  | { readonly do: "open-message"; readonly message: Uint8Array; readonly seq?: number }
  /** What the engine's rules need to know of this call's past (D8.11, D8.12, D8.14); the machine owns it. Devices. */
  | { readonly do: "set-standing"; readonly former: readonly string[]; readonly blocked: readonly string[]; readonly isUsed: boolean }
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
  /** `password`: the version of the one it began to prove. */
  | { readonly type: "knock-read"; readonly member: MemberId; readonly person: Person; readonly password?: number }
  | { readonly type: "knock-refused"; readonly member: MemberId }
  | { readonly type: "door-answered"; readonly member: MemberId; readonly box: Uint8Array }
  /** Whether the knocker knows the password. False also for a knock that cannot be answered. */
  | { readonly type: "door-heard"; readonly member: MemberId; readonly isProved: boolean }
  | { readonly type: "door-checked"; readonly box: Uint8Array }
  /** `wasTyped`: by a person, just now; else it was one kept from before. */
  | { readonly type: "password-wrong"; readonly wasTyped: boolean }
  | { readonly type: "commit-built"; readonly bundle: CommitBundle }
  /** `room`: what the server is to be told of the new policy. */
  | ({ readonly type: "commit-merged"; readonly room?: RoomChange } & CommitEffect)
  | { readonly type: "commit-cleared" }
  /** `by` is the leaf that committed, verified. */
  | ({ readonly type: "commit-processed"; readonly seq: number; readonly by: Leaf } & CommitEffect)
  /** We were removed: the group is gone. `rule`: our rules would have refused that, had anybody stayed to hold on to the group (D8.32). */
  | { readonly type: "removed-by-commit"; readonly seq: number; readonly by: Leaf; readonly why: RemoveReason; readonly rule?: string }
  /** `by` and `rule`: the commit opened, it is that leaf's, and our rules refuse it. */
  | { readonly type: "commit-refused"; readonly seq: number; readonly failure: GroupFailure; readonly by?: Leaf; readonly rule?: string }
  /** `by`: the leaf whose commit added us; what it says of the past is believed once (D17.24). `room`: the server lags behind. */
  | { readonly type: "group-joined"; readonly group: GroupView; readonly by?: Leaf; readonly room?: RoomChange }
  | { readonly type: "message-sealed"; readonly epoch: Epoch; readonly message: Uint8Array; readonly keep: boolean }
  | { readonly type: "message-opened"; readonly from: Leaf; readonly epoch: Epoch; readonly message: CallMessage }
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
