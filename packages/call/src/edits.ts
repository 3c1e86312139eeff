/** Changes of the rules that a person here asked for: one at a time, each a commit of its own (D4.12, D8). */

import type { PolicyEdit, PolicyView } from "./engine-port.ts"
import { canTakeOver, ownRole } from "./roles.ts"
import { put, type Seated, type Wanted } from "./session.ts"

/** So many may wait. */
const mostWanted = 20

const isTakeOver = (edit: PolicyEdit): boolean => "takeOver" in edit

/** Whether this member may make this change now. */
export const mayEdit = (session: Seated, edit: PolicyEdit): boolean =>
  isTakeOver(edit) ? canTakeOver(session) : ownRole(session) === "host" || session.stage.group.policy.canSign

/** A person asks for a change. Whom it is about is remembered by name: leaves are given to others. */
export function wantEdit(session: Seated, edit: PolicyEdit): Seated {
  const { edits, group } = session.stage
  const member = "of" in edit ? group.members.find(({ leaf }) => leaf === edit.of)?.member : undefined
  const isKnown = !("of" in edit) || member !== undefined
  if (!isKnown || !mayEdit(session, edit) || edits.length >= mostWanted) return session
  return put(session, { edits: [...edits, { edit, member, tries: 0 }] })
}

/** What to commit next, with the leaf its person has now. */
export function editDue(session: Seated): PolicyEdit | undefined {
  const [first] = keptEdits(session)
  if (first === undefined) return undefined
  const leaf = session.stage.group.members.find(({ member }) => member === first.member)?.leaf
  return "of" in first.edit && leaf !== undefined ? { ...first.edit, of: leaf } : first.edit
}

/** Without those that nobody needs any more: their person has gone, or we may not any longer. */
export function keptEdits(session: Seated): readonly Wanted[] {
  const isHere = ({ member }: Wanted): boolean => member === undefined || session.stage.group.members.some((each) => each.member === member)
  return session.stage.edits.filter((wanted) => isHere(wanted) && mayEdit(session, wanted.edit))
}

/** The first of them cannot be made. */
export const dropEdit = (session: Seated): Seated => put(session, { edits: keptEdits(session).slice(1) })

/** The first of them is merged as entry `seq`. */
export function editMerged(session: Seated, seq: number): Seated {
  const [wanted, ...edits] = keptEdits(session)
  return put(session, { edits, lastEdit: wanted === undefined ? undefined : { wanted, seq } })
}

/** Fields that say the same only to this device. */
const ownFields: readonly (keyof PolicyView)[] = ["version", "canSign"]

/** The fields in which two policies differ. */
export function changedFields(before: PolicyView, after: PolicyView): (keyof PolicyView)[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof PolicyView)[]
  return keys.filter((key) => !ownFields.includes(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key])).sort()
}
