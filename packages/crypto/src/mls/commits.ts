/** Our own commits, in explicit steps: nothing takes effect before the server's order (D9). Others' are in follow.ts. */

import { toBase64url } from "../base64url.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { makeRoomChange } from "../room/shelf.ts"
import { attempt } from "./attempt.ts"
import { judgeCall, standingAfter, type CallBefore, type CommitSaid } from "./call-rules.ts"
import { maxAdds, maxMembers } from "./commit-rules.ts"
import { isProvedFor } from "./door.ts"
import { takeStep } from "./epoch.ts"
import type { Change, GroupFact, GroupFailure, RoomChange } from "./engine-port.ts"
import { personIn, pskIdIn, secondsOf, type GoodKnock, type Group, type Membership, type Pending } from "./membership.ts"
import { editPolicy } from "./next-policy.ts"
import { sealNote } from "./note.ts"
import type { Proved } from "./people.ts"
import type { CommitMade } from "./raw-engine.ts"

type Answer = GroupFact | Refusal<GroupFailure>

/** Builds a commit and leaves it pending (D9): it counts only once the server has given it the epoch. */
export async function build(membership: Membership, change: Change): Promise<Answer> {
  const { inside, raw, call } = membership
  if (inside === undefined || inside.group.isOver) return refusal("refused")
  // E2: the library would take a second one without a word.
  if (membership.pending !== undefined) return refusal("busy")
  const { group } = inside
  const planned = await plan(membership, group, change)
  if (planned === undefined) return refusal("refused")
  const { adds, removes, next, secret, password } = planned
  const note = { adds: adds.map(({ proved }) => proved.bundle), removes, ...(secret && { secret }), ...(password && { password }) }
  const authenticatedData = await sealNote(raw, { call, epoch: group.epoch }, note)
  const made = attempt(() =>
    raw.commit({
      adds: adds.map((knock) => knock.keyPackage),
      removes: removes.map(({ leaf }) => leaf),
      psk: adds.length > 0 ? pskIdIn(membership.parts.room, group.policy.policy) : undefined,
      policy: next?.policy.bytes,
      authenticatedData,
    }),
  )
  if (isRefusal(made)) return made
  membership.pending = { adds, removes, next }
  return { type: "commit-built", bundle: bundleOf(group, made, membership.pending) }
}

type Plan = Pending & { readonly secret?: Uint8Array<ArrayBuffer>; readonly password?: Uint8Array<ArrayBuffer> }

/** What a change comes to; undefined when we would refuse it of another. */
async function plan(membership: Membership, group: Group, change: Change): Promise<Plan | undefined> {
  if (change.policy === undefined) {
    const adds = admissible(membership, change)
    if (adds === undefined || !isRemovable(group, change, adds.length) || !isAllowed(membership, group, { adds, change })) return undefined
    return { adds, removes: change.removes, next: undefined }
  }
  if (change.adds.length + change.removes.length > 0) return undefined
  const next = await editPolicy(membership, group, change.policy)
  if (next === undefined) return undefined
  const { secret, stretched } = next
  return { adds: [], removes: [], next, ...(secret && { secret }), ...(stretched && { password: stretched }) }
}

/** The good knocks of a change; undefined when one is not, or is there twice. */
function admissible({ knocks, raw, parts, inside }: Membership, { adds }: Change): GoodKnock[] | undefined {
  const good = adds.flatMap((member) => knocks.get(member) ?? [])
  if (good.length !== adds.length || good.length > maxAdds || new Set(adds).size !== adds.length) return undefined
  const policy = inside?.group.policy.policy
  if (policy === undefined || !good.every((knock) => isProvedFor(knock, policy))) return undefined
  // A1.04: the package may have been used, or have expired, since it was read.
  const isFresh = good.every(
    ({ joiner, keyPackage }) =>
      inside?.used.refuse(joiner) === undefined && !isRefusal(attempt(() => raw.readKeyPackage(keyPackage, secondsOf(parts)))),
  )
  return isFresh ? good : undefined
}

function isRemovable({ roster, own }: Group, { removes }: Change, added: number): boolean {
  const isKnown = removes.every(({ leaf }) => leaf !== own && roster.some((one) => one.leaf === leaf))
  return isKnown && new Set(removes.map(({ leaf }) => leaf)).size === removes.length && roster.length - removes.length + added <= maxMembers
}

/** D8.11 to D8.14, by the rules that the others will hold it against. Who is gone or asked out, the machine has seen itself. */
function isAllowed(
  membership: Membership,
  group: Group,
  { adds, change }: { readonly adds: readonly GoodKnock[]; readonly change: Change },
): boolean {
  const seen = new Set(change.removes.map(({ leaf }) => leaf))
  const said = saidBy(membership, { by: group.own, adds: adds.map(({ proved }) => proved), removes: change.removes })
  return judgeCall({ ...callBefore(membership, group), gone: seen, asked: seen }, said) === undefined
}

/** The call as it is before a commit. */
export const callBefore = ({ people, inside, parts }: Membership, { rules }: Group): CallBefore => ({
  policy: rules,
  devices: people.devices(),
  standing: inside?.standing,
  gone: new Set(),
  asked: new Set(),
  now: parts.now(),
})

/** What a commit does, with newcomers as the rules know them. */
export const saidBy = (
  membership: Membership,
  { by, adds, removes }: { readonly by: number; readonly adds: readonly Proved[]; readonly removes: Change["removes"] },
): CommitSaid => ({ by, removes, adds: adds.map((proved) => ({ device: proved.device, level: personIn(membership, proved).level })) })

function bundleOf(group: Group, { commit, welcomes, tree }: CommitMade, { adds, removes }: Pick<Pending, "adds" | "removes">) {
  const parcels = adds.flatMap((knock, i) => {
    const welcome = welcomes[i]
    return welcome === undefined ? [] : [{ member: knock.proved.bundle.member, welcome }]
  })
  const gone = group.roster.filter((one) => removes.some(({ leaf }) => leaf === one.leaf)).map((one) => toBase64url(one.identity))
  return { epoch: group.epoch, commit, welcomes: parcels, removes: gone, ...(tree === undefined ? {} : { tree }) }
}

/** The server gave the epoch to our commit. */
export async function merge(membership: Membership): Promise<Answer> {
  const { pending, inside, raw } = membership
  if (pending === undefined || inside === undefined) return refusal("refused")
  const { group } = inside
  const newcomers = pending.adds.map(({ proved }) => proved)
  const standing = standingAfter(
    callBefore(membership, group),
    saidBy(membership, { by: group.own, adds: newcomers, removes: pending.removes }),
  )
  const merged = attempt(() => {
    raw.mergeCommit()
  })
  if (isRefusal(merged)) return merged
  membership.pending = undefined
  const step = { newcomers, standing, adds: pending.adds.map((knock) => knock.joiner), removes: pending.removes, next: pending.next }
  const effect = await takeStep(membership, step)
  const room = pending.next === undefined ? undefined : await roomChange(membership)
  return { type: "commit-merged", ...effect, ...(room === undefined ? {} : { room }) }
}

/** What the server is to keep of the policy in force (D3.10); undefined while no group of ours has one. */
export async function roomChange({ home, inside, parts }: Membership): Promise<RoomChange | undefined> {
  if (inside === undefined) return undefined
  return makeRoomChange(inside.group.policy, home.keys, { roomKey: parts.roomKey, device: parts.device })
}

/** The server gave the epoch to another. What ours was to do is the machine's to remember. */
export function clear(membership: Membership): Answer {
  if (membership.pending === undefined) return refusal("refused")
  const cleared = attempt(() => {
    membership.raw.clearCommit()
  })
  if (isRefusal(cleared)) return cleared
  membership.pending = undefined
  return { type: "commit-cleared" }
}
