/**
 * D8.26: a person asked for a change of the rules, and it was not made: others could not apply it, or this member lost its
 * place before its turn came. It is asked for again at the next place, a few times; then the person is told.
 */

import type { ProblemCode } from "@conclave/wire"
import type { PolicyEdit, PolicyView } from "./engine-port.ts"
import { mayEdit } from "./edits.ts"
import { roleOf } from "./roles.ts"
import { isSeated, notify, put, type Carried, type Pending, type Seated, type Session, type Wanted } from "./session.ts"

/** Commits of one change that may become void. Each costs its sender its place. */
const mostTries = 3
/** Whom a change is about may take so long to be there and known by name, ms. */
const patience = 30_000

/** What is still wanted of a life that ends for `problem`. */
export function carryEdits(session: Session, problem: ProblemCode): Session {
  if (!isSeated(session)) return session
  const { edits, lastEdit, pending, appliedSeq } = session.stage
  const isVoid = problem === "commit-void"
  const undone = isVoid && lastEdit?.seq === appliedSeq ? [lastEdit.wanted] : []
  const isFirstVoid = isVoid && undone.length === 0 && isDecided(pending) && pending.change.policy !== undefined
  const waiting = edits.map((wanted, i) => (i === 0 && isFirstVoid ? { ...wanted, tries: wanted.tries + 1 } : wanted))
  const all = [...undone.map((wanted) => ({ ...wanted, tries: wanted.tries + 1 })), ...waiting]
  const kept = all.filter((wanted) => wanted.tries < mostTries && (wanted.tries === 0 || isRepeatable(wanted.edit)))
  const told = kept.length < all.length ? notify(session, { kind: "edit-lost" }) : session
  return { ...told, wanted: kept.map((wanted) => carried(session, wanted)) }
}

/** The server has it. */
const isDecided = (pending: Pending | undefined): pending is Extract<Pending, { stage: "sent" | "merging" }> =>
  pending?.stage === "sent" || pending?.stage === "merging"

/** A new link that was void is another link the next time, and the password's text is gone: the person must do these again. */
const isRepeatable = (edit: PolicyEdit): boolean => !("newSecret" in edit) && !("set" in edit && edit.set === "password")

function carried({ stage }: Seated, { edit, member, tries }: Wanted): Carried {
  const device = member === stage.member ? stage.self.device : stage.people.find((person) => person.member === member)?.device
  return { edit, device, tries }
}

/** Asks again for what was carried here, once whom it is about is here. */
export function resumeEdits(session: Seated): Seated {
  if (session.wanted.length === 0) return session
  const isLate = session.now - session.stage.since >= patience
  const open = session.wanted.filter(({ edit, device }) => !isMade(session.stage.group.policy, edit, device))
  const [ready, rest] = [open.flatMap((each) => wantedHere(session, each) ?? []), open.filter((each) => !wantedHere(session, each))]
  const next = put({ ...session, wanted: isLate ? [] : rest }, { edits: [...session.stage.edits, ...ready] })
  return isLate && rest.length > 0 ? (notify(next, { kind: "edit-lost" }) as Seated) : next
}

function wantedHere(session: Seated, { edit, device, tries }: Carried): Wanted | undefined {
  const { people, group } = session.stage
  const person = people.find((each) => each.device === device)
  const member = group.members.find((each) => each.member === person?.member)?.member
  const isThere = !("of" in edit) || member !== undefined
  return isThere && mayEdit(session, edit) ? { edit, member: "of" in edit ? member : undefined, tries } : undefined
}

/** Whether the rules say so already: somebody else was quicker, or it held after all. */
function isMade(policy: PolicyView, edit: PolicyEdit, device: string | undefined): boolean {
  if ("set" in edit) {
    if (edit.set === "password") return policy.hasPassword === edit.to
    return JSON.stringify(policy[edit.set]) === JSON.stringify(edit.to)
  }
  if (device === undefined) return false
  if ("role" in edit) return roleOf(policy, device) === edit.role
  return "successor" in edit && policy.successors.includes(device) === edit.successor
}
