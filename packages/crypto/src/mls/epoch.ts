/** Entering an epoch: what the engine now says becomes the group we know, the keys the frame worker has, and a view. */

import { toBase64url } from "../base64url.ts"
import { idBytes } from "../room/link-keys.ts"
import type { SignedPolicy } from "../room/policy.ts"
import { safetyCode } from "../room/safety-words.ts"
import type { GroupView } from "./engine-port.ts"
import { mediaKey } from "./media-key.ts"
import type { GoodKnock, Group, Membership } from "./membership.ts"
import { usedNames } from "./commit-rules.ts"
import type { Joiner, RosterLeaf } from "./raw-engine.ts"
import { isSame } from "../bytes.ts"

/** What led into an epoch. */
export interface Step {
  readonly adds: readonly Joiner[]
  readonly removes: readonly number[]
  readonly policy: SignedPolicy
}

/** Follows the engine into its epoch, hands out the epoch's key and gives the view. */
export async function enterEpoch(
  membership: Membership,
  step: Step,
): Promise<{ readonly view: GroupView; readonly removed: readonly string[] }> {
  const { raw, parts, people } = membership
  const before = membership.inside?.group.roster ?? []
  const roster = raw.roster()
  // D33: who is left alone by a Remove founds a new group.
  const isOver = step.removes.length > 0 && roster.length === 1
  const group: Group = {
    epoch: raw.epoch(),
    own: raw.ownLeaf(),
    roster,
    policy: step.policy,
    since: parts.now(),
    removed: step.removes,
    isOver,
  }
  const used = membership.inside?.used ?? usedNames(roster)
  for (const joiner of step.adds) used.add(joiner)
  membership.inside = { group, used }
  people.update(roster, step.removes)
  await placeKnockers(membership, step.adds)
  if (isOver) parts.emitKeys({ type: "wipe" })
  else await emitEpoch(membership, group)
  return { view: await viewOf(membership, group), removed: step.removes.flatMap((leaf) => membersAt(before, leaf)) }
}

const membersAt = (roster: readonly RosterLeaf[], leaf: number): string[] =>
  roster.filter((one) => one.leaf === leaf).map((one) => toBase64url(one.identity))

/** Those whose knock we read have their name at once. */
async function placeKnockers({ inside, knocks, people }: Membership, adds: readonly Joiner[]): Promise<void> {
  for (const joiner of adds) {
    const knock = [...knocks.values()].find((one: GoodKnock) => isSame(one.joiner.signatureKey, joiner.signatureKey))
    const leaf = inside?.group.roster.find((one) => isSame(one.signatureKey, joiner.signatureKey))?.leaf
    if (knock === undefined || leaf === undefined) continue
    knocks.delete(knock.bundle.member)
    await people.place(leaf, knock.bundle, false)
  }
}

async function emitEpoch({ raw, parts }: Membership, { epoch, own, roster, removed }: Group): Promise<void> {
  const key = await mediaKey(raw)
  const leaves = roster.map((one) => one.leaf)
  parts.emitKeys({ type: "epoch", epoch, key, own, leaves, removed, switch: removed.length > 0 ? "now" : "soon" })
}

async function viewOf({ raw, call }: Membership, { epoch, own, roster }: Group): Promise<GroupView> {
  const code = await safetyCode({
    authenticator: raw.epochAuthenticator(),
    groupId: idBytes(call),
    roster: roster.map((one) => ({ leaf: one.leaf, member: one.identity, leafKey: one.signatureKey })),
  })
  const members = roster.map((one) => ({ leaf: one.leaf, member: toBase64url(one.identity) }))
  return { call, epoch, own, members, transcript: toBase64url(raw.transcript()), ...code }
}
