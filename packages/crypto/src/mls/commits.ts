/** Our commits and those of others, in explicit steps: nothing takes effect before the server's order and our rules. */

import { isSame } from "../bytes.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { idBytes } from "../room/link-keys.ts"
import { openPolicy, type SignedPolicy } from "../room/policy.ts"
import { toBase64url } from "../base64url.ts"
import { attempt } from "./attempt.ts"
import { judgeCommit, maxAdds, maxMembers } from "./commit-rules.ts"
import { enterEpoch } from "./epoch.ts"
import type { Change, GroupFact, GroupFailure } from "./engine-port.ts"
import { readHeader } from "./envelope.ts"
import { pskIdOf, secondsOf, type GoodKnock, type Group, type Membership } from "./membership.ts"
import type { CommitMade, StagedCommit } from "./raw-engine.ts"

type Answer = GroupFact | Refusal<GroupFailure>

/** Builds a commit and leaves it pending (D9): it counts only once the server has given it the epoch. */
export function build(membership: Membership, change: Change): Answer {
  const { inside, parts, raw } = membership
  if (inside === undefined || inside.group.isOver) return refusal("refused")
  // E2: the library would take a second one without a word.
  if (membership.pending !== undefined) return refusal("busy")
  const adds = admissible(membership, change)
  if (adds === undefined || !isRemovable(inside.group, change, adds.length)) return refusal("refused")
  const psk = adds.length > 0 ? pskIdOf(parts.room) : undefined
  const made = attempt(() => raw.commit({ adds: adds.map((knock) => knock.keyPackage), removes: change.removes, psk }))
  if (isRefusal(made)) return made
  membership.pending = { adds, removes: change.removes }
  return { type: "commit-built", bundle: bundleOf(inside.group, made, { adds, removes: change.removes }) }
}

/** The good knocks of a change; undefined when one is not, or a device would be in the call twice (A1.02). */
function admissible({ knocks, people, raw, parts, inside }: Membership, { adds, removes }: Change): GoodKnock[] | undefined {
  const good = adds.flatMap((member) => knocks.get(member) ?? [])
  if (good.length !== adds.length || good.length > maxAdds) return undefined
  const devices = new Set(good.map((knock) => toBase64url(knock.bundle.devicePublicKey)))
  const isOnce = devices.size === good.length && new Set(adds).size === adds.length
  const isAway = good.every(({ bundle }) => {
    const leaf = people.leafOfDevice(bundle.devicePublicKey)
    return leaf === undefined || removes.includes(leaf)
  })
  // A1.04: the package may have been used, or have expired, since it was read.
  const isFresh = good.every(
    ({ joiner, keyPackage }) =>
      inside?.used.refuse(joiner) === undefined && !isRefusal(attempt(() => raw.readKeyPackage(keyPackage, secondsOf(parts)))),
  )
  return isOnce && isAway && isFresh ? good : undefined
}

function isRemovable({ roster, own }: Group, { removes }: Change, added: number): boolean {
  const isKnown = removes.every((leaf) => leaf !== own && roster.some((one) => one.leaf === leaf))
  return isKnown && new Set(removes).size === removes.length && roster.length - removes.length + added <= maxMembers
}

function bundleOf(
  group: Group,
  { commit, welcomes, tree }: CommitMade,
  { adds, removes }: { readonly adds: readonly GoodKnock[]; readonly removes: readonly number[] },
) {
  const parcels = adds.flatMap((knock, i) => {
    const welcome = welcomes[i]
    return welcome === undefined ? [] : [{ member: knock.bundle.member, welcome }]
  })
  const gone = group.roster.filter((one) => removes.includes(one.leaf)).map((one) => toBase64url(one.identity))
  return { epoch: group.epoch, commit, welcomes: parcels, removes: gone, ...(tree === undefined ? {} : { tree }) }
}

/** The server gave the epoch to our commit. */
export async function merge(membership: Membership): Promise<Answer> {
  const { pending, inside, raw } = membership
  if (pending === undefined || inside === undefined) return refusal("refused")
  const merged = attempt(() => {
    raw.mergeCommit()
  })
  if (isRefusal(merged)) return merged
  membership.pending = undefined
  const step = { adds: pending.adds.map((knock) => knock.joiner), removes: pending.removes, policy: inside.group.policy }
  const { view, removed } = await enterEpoch(membership, step)
  return { type: "commit-merged", group: view, removed }
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

/** Opens another's commit, judges it, and only then lets it take effect. */
export async function process(membership: Membership, seq: number, commit: Uint8Array): Promise<Answer> {
  const { raw, inside } = membership
  if (inside === undefined || inside.group.isOver) return refusal("refused")
  if (membership.pending !== undefined) return refusal("busy")
  const claimed = judgeHeader(membership, inside.group, commit)
  if (claimed !== undefined) return claimed
  const staged = attempt(() => raw.process(commit))
  if (isRefusal(staged)) return staged
  if (staged.kind !== "commit") return refusal("refused")
  const policy = await judge(membership, staged)
  if (policy === undefined) return dropped(membership)
  const accepted = attempt(() => {
    raw.accept()
  })
  if (isRefusal(accepted)) return accepted
  if (staged.selfRemoved) return { type: "removed-by-commit", seq, by: staged.sender }
  const { view, removed } = await enterEpoch(membership, { adds: staged.adds, removes: staged.removes, policy })
  return { type: "commit-processed", seq, by: staged.sender, removed, group: view }
}

/** D7, T6: only a whole PrivateMessage of this group and epoch reaches the engine. */
function judgeHeader({ call }: Membership, { epoch }: Group, commit: Uint8Array): Refusal<GroupFailure> | undefined {
  const header = readHeader(commit)
  if (header?.content !== "commit" || !isSame(header.groupId, idBytes(call))) return refusal("refused")
  return header.epoch === epoch ? undefined : refusal("stale")
}

/** The policy in force after the commit; undefined when the commit may not be. */
async function judge({ inside, parts }: Membership, staged: StagedCommit): Promise<SignedPolicy | undefined> {
  if (inside === undefined) return undefined
  const { roster, own, policy } = inside.group
  if (judgeCommit({ roster, own, used: inside.used, pskId: pskIdOf(parts.room) }, staged) !== undefined) return undefined
  if (staged.policy === undefined) return policy
  // D8: a new policy is one the room key signed, and a later one.
  const next = await openPolicy(staged.policy, parts)
  return !isRefusal(next) && next.policy.version > policy.policy.version ? next : undefined
}

function dropped({ raw }: Membership): Refusal<GroupFailure> {
  const gone = attempt(() => {
    raw.refuse()
  })
  return isRefusal(gone) ? gone : refusal("refused")
}
