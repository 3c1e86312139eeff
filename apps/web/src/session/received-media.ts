/**
 * Which received track is whose. Pure. Only the key ids of frames that opened say so (D23); the SFU's labels are not
 * looked at anywhere. A member's medium is played by one receiver, the newest that showed it. What the room's rules do not let a
 * member send is not accepted (D4.13); it waits, because the rules may change.
 */

import type { PolicyView, Role } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import type { MediaKind } from "../frame-worker/messages.ts"

/** What waits for the page's word, or has it. */
export interface Claim {
  readonly leaf: number
  readonly kind: MediaKind
  readonly epoch: number
}

export interface Received {
  /** Claims that name a leaf of an epoch we have not reached, or a medium its member may not send, by receiver. */
  readonly waiting: ReadonlyMap<number, Claim>
  /** Receivers by whose medium they play. */
  readonly accepted: ReadonlyMap<number, Owned>
}

interface Owned {
  readonly member: MemberId
  readonly kind: MediaKind
  readonly claim: Claim
}

export const nothingReceived: Received = { waiting: new Map(), accepted: new Map() }

/** The roster a claim is held against. */
export interface Roster {
  readonly epoch: number
  readonly members: readonly { readonly leaf: number; readonly member: MemberId; readonly role: Role | undefined }[]
  /** Whose screens are accepted. */
  readonly share: PolicyView["share"]
}

/** D4.13: a listener sends nothing; screens are for hosts and co-hosts where the room says so. Of whom nothing is known, nothing is taken. */
export function maySend(role: Role | undefined, kind: MediaKind, share: PolicyView["share"]): boolean {
  if (role === undefined || role === "listener") return false
  const isScreen = kind === "screen" || kind === "screen-audio"
  return !isScreen || share === "everyone" || role === "host" || role === "co-host"
}

export type Accepted = readonly { readonly receiver: number; readonly claim: Claim }[]

/** A receiver's frames are somebody's now. What was shown from it before is not shown any more. */
export function claimed(received: Received, receiver: number, claim: Claim): Received {
  const accepted = new Map(received.accepted)
  accepted.delete(receiver)
  return { accepted, waiting: new Map(received.waiting).set(receiver, claim) }
}

/**
 * Settles what can be settled with this roster: claims of reached epochs are accepted, media of gone members dropped, media of
 * members who may not send them any more put back to wait.
 */
export function settled(received: Received, roster: Roster): readonly [Received, Accepted] {
  const waiting = new Map(received.waiting)
  const accepted = new Map<number, Owned>()
  for (const [receiver, owned] of received.accepted) {
    const owner = roster.members.find(({ member }) => member === owned.member)
    if (owner === undefined) continue
    if (maySend(owner.role, owned.kind, roster.share)) accepted.set(receiver, owned)
    else waiting.set(receiver, owned.claim)
  }
  const now: { receiver: number; claim: Claim }[] = []
  for (const [receiver, claim] of [...waiting]) {
    if (claim.epoch > roster.epoch) continue
    const owner = roster.members.find(({ leaf }) => leaf === claim.leaf)
    if (owner !== undefined && !maySend(owner.role, claim.kind, roster.share)) continue
    waiting.delete(receiver)
    if (owner === undefined) continue
    const { member } = owner
    for (const [other, owner] of accepted) if (owner.member === member && owner.kind === claim.kind) accepted.delete(other)
    accepted.set(receiver, { member, kind: claim.kind, claim })
    now.push({ receiver, claim })
  }
  return [{ waiting, accepted }, now]
}

/** The receiver that plays a member's medium. */
export function receiverOf(received: Received, member: MemberId, kind: MediaKind): number | undefined {
  for (const [receiver, owner] of received.accepted) if (owner.member === member && owner.kind === kind) return receiver
  return undefined
}
