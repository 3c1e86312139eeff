/** Entering an epoch: what the engine now says becomes the group we know, the keys the frame worker has, and a view. */

import { isSame } from "../bytes.ts"
import { toBase64url } from "../base64url.ts"
import { idBytes } from "../room/link-keys.ts"
import type { SignedPolicy } from "../room/policy-chain.ts"
import { safetyCode } from "../room/safety-words.ts"
import type { Standing } from "./call-rules.ts"
import { usedNames } from "./commit-rules.ts"
import { knowPsk } from "./door.ts"
import type { CommitEffect, GroupView, PolicyView } from "./engine-port.ts"
import { mediaKey } from "./media-key.ts"
import { newerOf, personIn, pskIdOf, type Group, type Membership, type NextPolicy } from "./membership.ts"
import type { RemoveNote } from "./note.ts"
import type { Proved } from "./people.ts"
import { policyViewOf } from "./policy-view.ts"
import type { Joiner, RosterLeaf } from "./raw-engine.ts"

/** What led into a group. */
interface Way {
  readonly policy: SignedPolicy
  readonly adds: readonly Joiner[]
  readonly removes: readonly number[]
  readonly standing: Standing | undefined
}

/** A commit that was merged or accepted, and everything that was judged before. */
export interface Step {
  readonly adds: readonly Joiner[]
  /** Of `adds`, in that order. */
  readonly newcomers: readonly Proved[]
  readonly removes: readonly RemoveNote[]
  readonly next: NextPolicy | undefined
  readonly standing: Standing | undefined
}

/** The first epoch we are in: founded, or joined. */
export async function enterGroup(membership: Membership, policy: SignedPolicy, standing: Standing | undefined): Promise<GroupView> {
  const view = await enter(membership, { policy, adds: [], removes: [], standing })
  membership.people.place(view.own, membership.self)
  return view
}

/** Follows the engine into the next epoch, hands out its key and tells what the commit brought about. */
export async function takeStep(membership: Membership, step: Step): Promise<CommitEffect> {
  const { inside } = membership
  if (inside === undefined) throw new Error("bug: a step of no group")
  const before = inside.group.roster
  const policy = step.next?.policy ?? inside.group.policy
  if (step.next?.link !== undefined) takeLink(membership, step.next.link.keys, policy.policy.secretVersion)
  if (step.next !== undefined) await takePassword(membership, step.next)
  // Whoever waits with the old link would open no Welcome; and a new secret has admitted nobody yet.
  const standing = step.next?.link === undefined || step.standing === undefined ? step.standing : { ...step.standing, isUsed: false }
  const removes = step.removes.map(({ leaf }) => leaf)
  const group = await enter(membership, { policy, adds: step.adds, removes, standing })
  return {
    group,
    people: placeNewcomers(membership, step.newcomers),
    removes: step.removes.flatMap(({ leaf, why }) => membersAt(before, leaf).map((member) => ({ leaf, member, why }))),
    policyChanged: step.next !== undefined,
    ...(step.next?.link === undefined ? {} : { link: step.next.link.fragment }),
  }
}

async function enter(membership: Membership, way: Way): Promise<GroupView> {
  const { raw, parts, people, home } = membership
  const roster = raw.roster()
  // D33: who is left alone by a Remove founds a new group.
  const isOver = way.removes.length > 0 && roster.length === 1
  home.policy = newerOf(home.policy, way.policy)
  const group: Group = {
    epoch: raw.epoch(),
    own: raw.ownLeaf(),
    roster,
    policy: way.policy,
    rules: await rulesOf(membership, way.policy),
    since: parts.now(),
    removed: way.removes,
    isOver,
  }
  const used = membership.inside?.used ?? usedNames(roster)
  for (const joiner of way.adds) used.add(joiner)
  membership.inside = { group, used, standing: way.standing }
  people.update(roster, way.removes)
  if (isOver) parts.emitKeys({ type: "wipe" })
  else await emitEpoch(membership, group)
  return viewOf(membership, group)
}

async function rulesOf({ inside, parts }: Membership, policy: SignedPolicy): Promise<PolicyView> {
  const before = inside?.group
  return before?.policy === policy ? before.rules : policyViewOf(policy, { roomKey: parts.roomKey, device: parts.device })
}

/** D4.15: PSK, knocks and shelves are of the new secret from here on. */
function takeLink({ raw, home, parts, knocks }: Membership, keys: Membership["home"]["keys"], version: number): void {
  raw.storePsk(pskIdOf(parts.room, version), keys.psk.expose())
  home.keys = keys
  knocks.clear()
  parts.linkChanged?.(keys)
}

/** D18.9: every member has the new password; who knocks next is asked for it. */
async function takePassword(membership: Membership, { policy: { policy }, password }: NextPolicy): Promise<void> {
  const { raw, home, parts } = membership
  if (policy.password === undefined) membership.password = undefined
  if (password !== undefined) {
    membership.password = password
    await parts.passwords?.prove(password)
  }
  await knowPsk(raw, home, { policy, key: membership.password })
}

const membersAt = (roster: readonly RosterLeaf[], leaf: number): string[] =>
  roster.filter((one) => one.leaf === leaf).map((one) => toBase64url(one.identity))

/** Their bundles came with the commit and were proved before it was accepted: they have their names at once. */
function placeNewcomers(membership: Membership, newcomers: readonly Proved[]): CommitEffect["people"] {
  const { inside, people, knocks } = membership
  return newcomers.map((proved) => {
    const leaf = inside?.group.roster.find((one) => isSame(one.signatureKey, proved.bundle.leafKey))?.leaf
    if (leaf === undefined) throw new Error("bug: who was added is in the roster")
    people.place(leaf, proved)
    knocks.delete(proved.bundle.member)
    return personIn(membership, proved)
  })
}

async function emitEpoch({ raw, call, parts }: Membership, { epoch, own, roster, removed }: Group): Promise<void> {
  const key = await mediaKey(raw, parts.seal, { room: parts.room, call, epoch })
  const leaves = roster.map((one) => one.leaf)
  parts.emitKeys({ type: "epoch", epoch, key, own, leaves, removed, switch: removed.length > 0 ? "now" : "soon" })
}

async function viewOf({ raw, call }: Membership, { epoch, own, roster, rules }: Group): Promise<GroupView> {
  const code = await safetyCode({
    authenticator: raw.epochAuthenticator(),
    groupId: idBytes(call),
    roster: roster.map((one) => ({ leaf: one.leaf, member: one.identity, leafKey: one.signatureKey })),
  })
  const members = roster.map((one) => ({ leaf: one.leaf, member: toBase64url(one.identity) }))
  return { call, epoch, own, members, transcript: toBase64url(raw.transcript()), ...code, policy: rules }
}
