/** Commits of others: opened, judged by every rule of ours, and only then applied (D8, D9). */

import { isSame } from "../bytes.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { idBytes } from "../room/link-keys.ts"
import { attempt } from "./attempt.ts"
import { clockToleranceMs, isEnd, judgeCall, judgeEnd, standingAfter, type RuleRefusal } from "./call-rules.ts"
import { callBefore, saidBy } from "./commits.ts"
import { judgeCommit, type CommitRefusal } from "./commit-rules.ts"
import { takeStep, type Step } from "./epoch.ts"
import type { GroupFact, GroupFailure, GroupOrder, RemoveReason } from "./engine-port.ts"
import { readHeader } from "./envelope.ts"
import { pskIdIn, type Group, type Membership } from "./membership.ts"
import { judgePolicy, type NextPolicyRefusal } from "./next-policy.ts"
import { fitsCommit, openNote, type Note } from "./note.ts"
import { prove, type Proved } from "./people.ts"
import type { StagedCommit } from "./raw-engine.ts"

type Answer = GroupFact | Refusal<GroupFailure>
type Order = Extract<GroupOrder, { do: "process-commit" }>

/** Everything that a commit can be refused for once it has opened. */
type Rule = CommitRefusal | RuleRefusal | NextPolicyRefusal | Refusal<"note-missing" | "note-mismatch" | "bundle-unproved">

/** Opens another's commit, judges it, and only then lets it take effect. */
export async function process(membership: Membership, order: Order): Promise<Answer> {
  const { raw, inside } = membership
  if (inside === undefined || inside.group.isOver) return refusal("refused")
  if (membership.pending !== undefined) return refusal("busy")
  const { group } = inside
  const claimed = judgeHeader(membership, group, order.commit)
  if (claimed !== undefined) return claimed
  const staged = attempt(() => raw.process(order.commit))
  if (isRefusal(staged)) return staged
  if (staged.kind !== "commit") return refusal("refused")
  const { roster, own } = group
  const pskId = pskIdIn(membership.parts.room, group.policy.policy)
  const fault = judgeCommit({ roster, own, used: inside.used, pskId }, staged)
  if (fault !== undefined) return dropped(membership, order, { by: staged.sender, rule: fault })
  return staged.selfRemoved ? obey(membership, order, staged) : apply(membership, order, staged)
}

async function apply(membership: Membership, order: Order, staged: StagedCommit): Promise<Answer> {
  const { raw, inside } = membership
  if (inside === undefined) return refusal("refused")
  const step = await judge(membership, inside.group, { staged, gone: order.gone, asked: order.asked ?? [] })
  if (isRefusal(step)) return dropped(membership, order, { by: staged.sender, rule: step })
  const accepted = attempt(() => {
    raw.accept()
  })
  if (isRefusal(accepted)) return accepted
  return { type: "commit-processed", seq: order.seq, by: staged.sender, ...(await takeStep(membership, step)) }
}

/** D8.13: whoever is removed has no say in it, but hears by whom and why; and whether it was theirs to do, when the call is to end. */
async function obey(membership: Membership, { seq }: Order, staged: StagedCommit): Promise<Answer> {
  const { raw, call, inside } = membership
  if (inside === undefined) return refusal("refused")
  const { epoch, own } = inside.group
  const note = await openNote(raw, { call, epoch }, staged.authenticatedData)
  const why: RemoveReason = note?.removes.find(({ leaf }) => leaf === own)?.why ?? "removed"
  // D8.32: with everybody removed nobody stays to refuse it, so those who go are its judges.
  const fault = note !== undefined && isEnd(note) ? judgeEnding(membership, inside.group, { note, staged }) : undefined
  const accepted = attempt(() => {
    raw.accept()
  })
  if (isRefusal(accepted)) return accepted
  return { type: "removed-by-commit", seq, by: staged.sender, why, ...(fault && { rule: fault.refused }) }
}

function judgeEnding(
  membership: Membership,
  group: Group,
  { note, staged }: { readonly note: Note; readonly staged: StagedCommit },
): Rule | undefined {
  if (!fitsCommit(note, staged)) return refusal("note-mismatch")
  return judgeEnd(callBefore(membership, group), { by: staged.sender, adds: note.adds, removes: note.removes })
}

/** D7, T6: only a whole PrivateMessage of this group and epoch reaches the engine. */
function judgeHeader({ call }: Membership, { epoch }: Group, commit: Uint8Array): Refusal<GroupFailure> | undefined {
  const header = readHeader(commit)
  if (header?.content !== "commit" || !isSame(header.groupId, idBytes(call))) return refusal("refused")
  return header.epoch === epoch ? undefined : refusal("stale")
}

/** The step that a commit is, once everything about it was found good. */
async function judge(
  membership: Membership,
  group: Group,
  { staged, gone, asked }: { readonly staged: StagedCommit; readonly gone: readonly number[]; readonly asked: readonly number[] },
): Promise<Step | Rule> {
  const { raw, call } = membership
  const note = await openNote(raw, { call, epoch: group.epoch }, staged.authenticatedData)
  if (note === undefined) return refusal("note-missing")
  if (!fitsCommit(note, staged)) return refusal("note-mismatch")
  const newcomers = await proveAll(membership, note)
  if (newcomers === undefined) return refusal("bundle-unproved")
  const said = saidBy(membership, { by: staged.sender, adds: newcomers, removes: note.removes })
  const before = callBefore(membership, group)
  // The committer's clock may be behind ours: what it let in at the last moment was in time.
  const seen = { gone: new Set(gone), asked: new Set(asked) }
  const fault = judgeCall({ ...before, ...seen, now: before.now - clockToleranceMs }, said)
  if (fault !== undefined) return fault
  const { policy } = staged
  const next =
    policy === undefined
      ? undefined
      : await judgePolicy(membership, group, { by: staged.sender, policy, secret: note.secret, password: note.password })
  if (isRefusal(next)) return next
  return { adds: staged.adds, newcomers, removes: note.removes, next, standing: standingAfter(before, said) }
}

/** D8.10: every newcomer's bundle is proved, or the commit is refused. */
async function proveAll({ proving }: Membership, { adds }: Note): Promise<readonly Proved[] | undefined> {
  const proved = await Promise.all(adds.map((bundle) => prove(bundle, proving)))
  const held = proved.filter((one) => one !== undefined)
  return held.length === proved.length ? held : undefined
}

function dropped({ raw }: Membership, { seq }: Order, { by, rule }: { readonly by: number; readonly rule: Rule }): Answer {
  const gone = attempt(() => {
    raw.refuse()
  })
  if (isRefusal(gone)) return gone
  return { type: "commit-refused", seq, failure: "refused", by, rule: rule.refused }
}
