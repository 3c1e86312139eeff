/** Commits of our own: what they are to do, when they are built, and what becomes of them (D9, D11, D12). */

import type { MemberId, ProblemCode } from "@conclave/wire"
import { admissible, isTellingBlocks } from "./door.ts"
import { dropEdit, editDue } from "./edits.ts"
import type { Change, CommitBundle, Leaf } from "./engine-port.ts"
import { order, say } from "./orders.ts"
import { ownRole } from "./roles.ts"
import { notify, put, andThenIn, type Peer, type Seated, type Turn } from "./session.ts"
import { healPeriod, timings } from "./timings.ts"
import { reasonFor, removalNotBefore } from "./watch.ts"

/** Most adds of one commit; the wire has the same limit. */
const mostAdds = 50

/** Orders a commit if one is due. Undefined when there is nothing to do or now is not the time. */
export function buildNext(session: Seated): Turn | undefined {
  const { stage, now } = session
  // D9.35: never two commits at once, and none while the server still judges one.
  if (stage.pending !== undefined || stage.refusal !== undefined || now < stage.holdUntil || isTellingBlocks(session)) return undefined
  const change = changeDue(session)
  if (change === undefined) return undefined
  return order(put(session, { pending: { stage: "building", change } }), { do: "build-commit", change })
}

function changeDue(session: Seated): Change | undefined {
  const { stage, now } = session
  // D8.30: whoever is here by now goes, whatever else there would be to do.
  if (isEnding(session)) return { adds: [], removes: stage.peers.map(({ leaf }) => ({ leaf, why: "ended" })) }
  const newcomers = admissible(session).slice(0, mostAdds)
  // D11.21: the same device at another leaf is the same person come back; the old leaf goes in the same commit.
  const replaced = stage.peers.filter((peer) => newcomers.some(({ person }) => person.device === deviceOf(session, peer)))
  const removes = stage.peers.flatMap((peer) =>
    replaced.includes(peer)
      ? [{ leaf: peer.leaf, why: "returned" as const }]
      : removalNotBefore(session, peer) <= now
        ? [{ leaf: peer.leaf, why: reasonFor(session, peer) }]
        : [],
  )
  if (newcomers.length > 0 || removes.length > 0) return { adds: newcomers.map(({ knock }) => knock.member), removes }
  // D8: a change of the rules stands alone, after those who wait for nothing else.
  const policy = editDue(session)
  if (policy !== undefined) return { adds: [], removes: [], policy }
  const isHealDue = stage.peers.length > 0 && now >= stage.healAt && now >= stage.commitAt + timings.healGap
  return isHealDue ? { adds: [], removes: [] } : undefined
}

/** Whether this member is ending the call for everybody, and still may. */
const isEnding = (session: Seated): boolean => session.stage.isEnding && session.stage.peers.length > 0 && ownRole(session) === "host"

const deviceOf = (session: Seated, peer: Peer): string =>
  session.stage.people.find(({ member }) => member === peer.member)?.device ?? "unknown"

/** The engine built our commit: it goes to the server, unless the epoch was lost meanwhile. */
export function commitBuilt(session: Seated, bundle: CommitBundle): Turn {
  const { stage, now } = session
  if (stage.pending?.stage !== "building") return [session]
  const isLost = bundle.epoch !== stage.group.epoch || stage.inbox.some((item) => item.type === "commit" && item.epoch >= bundle.epoch)
  if (isLost) return clearCommit(session)
  const request = stage.requests + 1
  const sent = put(session, { requests: request, pending: { stage: "sent", change: stage.pending.change, bundle, request, at: now } })
  return sendCommit(sent)
}

/** Sends our pending commit, or sends it again on a new socket: the same bytes ask for the same epoch. */
export function sendCommit(session: Seated): Turn {
  const { pending } = session.stage
  if (pending?.stage !== "sent" || session.socket.state !== "ready") return [session]
  const { epoch, commit, welcomes, tree, removes } = pending.bundle
  const envelope = { type: "commit", request: pending.request, epoch, commit, welcomes, removes } as const
  return say(put(session, { pending: { ...pending, at: session.now } }), tree === undefined ? envelope : { ...envelope, tree })
}

/**
 * After a reconnect. D8.13: what we took for silence was perhaps our own socket; the others have listened meanwhile, so a
 * removal of silent ones is built anew once we have listened again. Anything else goes out as it is.
 */
export function resendCommit(session: Seated): Turn {
  const { pending } = session.stage
  const isDoubtful = pending?.stage === "sent" && pending.change.removes.some(({ why }) => why === "silent")
  return isDoubtful ? clearCommit(session) : sendCommit(session)
}

/** Drops our commit. What it was to do is still wanted and is built anew on the next epoch. */
export const clearCommit = (session: Seated): Turn => order(put(session, { pending: { stage: "clearing" } }), { do: "clear-commit" })

/** The server has given the epoch to our commit: only now is it merged (D9.33). */
export function mergeCommit(session: Seated, seq: number): Turn {
  const { pending } = session.stage
  if (pending?.stage !== "sent") return [session]
  return order(put(session, { pending: { stage: "merging", change: pending.change, seq } }), { do: "merge-commit" })
}

/** The server would not have our commit. If it is what we add that it will not have, that is no longer asked of us. */
export function commitRejected(session: Seated, code: ProblemCode): Turn {
  const { pending, candidates } = session.stage
  if (pending?.stage !== "sent") return [session]
  const isAdded = (member: MemberId): boolean => pending.change.adds.includes(member)
  const isBad = code === "unexpected-message" || code === "malformed" || code === "room-full"
  const kept = !isBad ? candidates : candidates.filter(({ knock }) => !isAdded(knock.member))
  return andThenIn([put(session, { candidates: kept, holdUntil: session.now + timings.hold })], clearCommit)
}

/** The engine could not build it. */
export function buildFailed(session: Seated): Turn {
  const { pending, candidates } = session.stage
  const change = pending?.stage === "building" ? pending.change : undefined
  const kept = candidates.filter(({ knock }) => change?.adds.includes(knock.member) !== true)
  // Asked for once more it would fail once more: the last host who steps down, a link that is another's.
  const isEdit = change?.policy !== undefined
  const without = isEdit
    ? (notify(dropEdit(session), { kind: "edit-lost" }) as Seated)
    : put(session, { failures: session.stage.failures + 1 })
  return [put(without, { pending: undefined, candidates: kept, unwanted: [], holdUntil: session.now + 2 * timings.hold })]
}

/** After any commit of ours the tree is fresh: the next heal is a whole period away (D12.2). */
export const healedNow = (session: Seated): Seated => put(session, { healAt: session.now + healPeriod(session.stage.group.members.length) })

/** Leaves a commit of ours added, once merged. */
export const leavesOf = (session: Seated, members: readonly MemberId[]): Leaf[] =>
  session.stage.group.members.filter(({ member }) => members.includes(member)).map(({ leaf }) => leaf)
