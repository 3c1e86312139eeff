/**
 * Which received track is whose. Pure. Only the key ids of frames that opened say so (D23); the SFU's labels are not
 * looked at anywhere. A member's medium is played by one receiver, the newest that showed it.
 */

import type { MemberId } from "@conclave/wire"
import type { MediaKind } from "../frame-worker/messages.ts"

/** What waits for the page's word, or has it. */
export interface Claim {
  readonly leaf: number
  readonly kind: MediaKind
  readonly epoch: number
}

export interface Received {
  /** Claims that name a leaf of an epoch we have not reached, by receiver. */
  readonly waiting: ReadonlyMap<number, Claim>
  /** Receivers by whose medium they play. */
  readonly accepted: ReadonlyMap<number, { readonly member: MemberId; readonly kind: MediaKind }>
}

export const nothingReceived: Received = { waiting: new Map(), accepted: new Map() }

/** The roster a claim is held against. */
export interface Roster {
  readonly epoch: number
  readonly members: readonly { readonly leaf: number; readonly member: MemberId }[]
}

export type Accepted = readonly { readonly receiver: number; readonly claim: Claim }[]

/** A receiver's frames are somebody's now. What was shown from it before is not shown any more. */
export function claimed(received: Received, receiver: number, claim: Claim): Received {
  const accepted = new Map(received.accepted)
  accepted.delete(receiver)
  return { accepted, waiting: new Map(received.waiting).set(receiver, claim) }
}

/** Settles what can be settled with this roster: claims of reached epochs are accepted, media of gone members dropped. */
export function settled(received: Received, roster: Roster): readonly [Received, Accepted] {
  const waiting = new Map(received.waiting)
  const accepted = new Map([...received.accepted].filter(([, owner]) => roster.members.some(({ member }) => member === owner.member)))
  const now: { receiver: number; claim: Claim }[] = []
  for (const [receiver, claim] of received.waiting) {
    if (claim.epoch > roster.epoch) continue
    waiting.delete(receiver)
    const member = roster.members.find(({ leaf }) => leaf === claim.leaf)?.member
    if (member === undefined) continue
    for (const [other, owner] of accepted) if (owner.member === member && owner.kind === claim.kind) accepted.delete(other)
    accepted.set(receiver, { member, kind: claim.kind })
    now.push({ receiver, claim })
  }
  return [{ waiting, accepted }, now]
}

/** The receiver that plays a member's medium. */
export function receiverOf(received: Received, member: MemberId, kind: MediaKind): number | undefined {
  for (const [receiver, owner] of received.accepted) if (owner.member === member && owner.kind === kind) return receiver
  return undefined
}
