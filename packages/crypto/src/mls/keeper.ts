/**
 * The group keeper: takes the call machine's orders, asks the engine, applies our rules, answers with one fact each.
 *
 *   idle ── make-knock ──► knocking ── join-group ──► inside ── wipe-group, removed ──► idle
 *     └───────────────── found-group ────────────────►┘
 *
 * A panic of the engine, or a bug of ours, ends it: keys are wiped and every further order is answered `broken`.
 */

import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { found, join, makeKnock, readKnock } from "./admission.ts"
import { build, clear, merge } from "./commits.ts"
import { answerDoor, checkDoor, hearDoor } from "./door.ts"
import type { GroupFact, GroupFailure, GroupOrder } from "./engine-port.ts"
import { process } from "./follow.ts"
import { beginMembership, endMembership, type Home, type KeeperParts, type Membership } from "./membership.ts"
import { hear, say } from "./speech.ts"

type Answer = GroupFact | Refusal<GroupFailure>

/** Performs orders one at a time, in the order they came. Never rejects. */
export interface GroupKeeper {
  perform(order: GroupOrder): Promise<GroupFact>
}

/** Makes a keeper without a group. `reportBug` hears what went wrong inside; it gets no secret. */
export function groupKeeper(parts: KeeperParts, reportBug: (bug: unknown) => void = () => undefined): GroupKeeper {
  const desk: Desk = { home: { parts, keys: parts.keys, policy: undefined }, membership: undefined, isBroken: false }
  let last: Promise<unknown> = Promise.resolve()
  return {
    perform(order) {
      const answer = last.then(() => answerTo(desk, order, reportBug))
      last = answer
      return answer
    },
  }
}

interface Desk {
  readonly home: Home
  membership: Membership | undefined
  isBroken: boolean
}

async function answerTo(desk: Desk, order: GroupOrder, reportBug: (bug: unknown) => void): Promise<GroupFact> {
  let answer: Answer = refusal("broken")
  try {
    if (!desk.isBroken) answer = await carryOut(desk, order)
  } catch (bug) {
    reportBug(bug)
  }
  if (!isRefusal(answer)) return answer
  if (answer.refused === "broken") giveUp(desk)
  return failureOf(order, answer.refused)
}

async function carryOut(desk: Desk, order: GroupOrder): Promise<Answer> {
  switch (order.do) {
    case "found-group":
      return begin(desk, order, found)
    case "make-knock":
      return begin(desk, order, makeKnock)
    case "wipe-group":
      end(desk)
      return { type: "group-wiped" }
    default:
      return desk.membership === undefined ? refusal("refused") : inside(desk, desk.membership, order)
  }
}

async function inside(
  desk: Desk,
  membership: Membership,
  order: Exclude<GroupOrder, { do: "found-group" | "make-knock" | "wipe-group" }>,
): Promise<Answer> {
  switch (order.do) {
    case "read-knock":
      return readKnock(membership, order)
    case "answer-door":
      return answerDoor(membership, order)
    case "hear-door":
      return hearDoor(membership, order)
    case "check-door":
      return checkDoor(membership, order)
    case "join-group":
      // A Welcome for another call, or once inside, is a mistake of the caller and costs nothing.
      if (membership.inside !== undefined || membership.call !== order.call) return refusal("refused")
      return keptOnlyIfGood(desk, await join(membership, order))
    case "build-commit":
      return build(membership, order.change)
    case "merge-commit":
      return merge(membership)
    case "clear-commit":
      return clear(membership)
    case "process-commit": {
      const answer = await process(membership, order)
      if (!isRefusal(answer) && answer.type === "removed-by-commit") end(desk)
      return answer
    }
    case "set-standing":
      return setStanding(membership, order)
    case "seal-message":
      return say(membership, order)
    case "open-message":
      return hear(membership, order.message)
  }
}

/** The machine owns what is known of devices (D17.24); from the first time on a joiner is told (D8.16). */
function setStanding({ inside }: Membership, { former, blocked, isUsed }: Extract<GroupOrder, { do: "set-standing" }>): Answer {
  if (inside === undefined) return refusal("refused")
  inside.standing = { former: new Set(former), blocked: new Set(blocked), isUsed }
  return { type: "standing-set" }
}

/** A new join in place of a knock or of a group that is over; a living group is left by `wipe-group` only. */
async function begin(
  desk: Desk,
  { call, member }: { readonly call: string; readonly member: string },
  first: (membership: Membership) => Promise<Answer>,
): Promise<Answer> {
  if (desk.membership?.inside !== undefined && !desk.membership.inside.group.isOver) return refusal("busy")
  end(desk)
  const membership = await beginMembership(desk.home, call, member)
  if (isRefusal(membership)) return membership
  desk.membership = membership
  return keptOnlyIfGood(desk, await first(membership))
}

/** E1: a join that failed has spent its key package; nothing of it is used again. */
function keptOnlyIfGood(desk: Desk, answer: Answer): Answer {
  if (isRefusal(answer)) end(desk)
  return answer
}

function end(desk: Desk): void {
  if (desk.membership !== undefined) endMembership(desk.membership)
  desk.membership = undefined
}

/** The engine is lost. Its memory cannot be trusted, so it is not even asked to wipe itself: the worker goes. */
function giveUp(desk: Desk): void {
  desk.isBroken = true
  desk.membership = undefined
  desk.home.parts.emitKeys({ type: "wipe" })
}

function failureOf(order: GroupOrder, failure: GroupFailure): GroupFact {
  switch (order.do) {
    case "read-knock":
      return failure === "broken" ? { type: "order-failed", order: order.do, failure } : { type: "knock-refused", member: order.member }
    case "answer-door":
    case "hear-door":
      if (failure === "broken") return { type: "order-failed", order: order.do, failure }
      return { type: "door-heard", member: order.member, isProved: false }
    case "process-commit":
      return { type: "commit-refused", seq: order.seq, failure }
    case "open-message":
      return { type: "message-refused", failure }
    default:
      return { type: "order-failed", order: order.do, failure }
  }
}
