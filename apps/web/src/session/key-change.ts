/** Why the keys last changed, from what the roster was before and is now. Pure. */

import type { InView } from "@conclave/call"
import type { KeyChange } from "../view/security.ts"

/** `before` is undefined when this device has just come in. Undefined when the keys are still the same. */
export function keyChangeOf(before: InView | undefined, after: InView): KeyChange | undefined {
  if (before?.call !== after.call) return after.members.length === 1 ? { kind: "founded" } : { kind: "joined", names: [after.self.name] }
  if (before.epoch === after.epoch) return undefined
  const nameOf = (member: InView["members"][number]): string | undefined => member.person?.name
  const came = after.members.filter(({ member }) => !before.members.some((each) => each.member === member))
  const went = before.members.filter(({ member }) => !after.members.some((each) => each.member === member))
  const [gone] = went
  const isRejoin = came.length === 1 && went.length === 1 && sameDevice(came[0], gone)
  if (gone !== undefined && isRejoin) return { kind: "rejoined", name: nameOf(gone) }
  if (came.length > 0) return { kind: "joined", names: came.map(nameOf) }
  if (gone === undefined && before.policy.version !== after.policy.version) return { kind: "rules" }
  if (gone === undefined) return { kind: "renewed", name: undefined, isSelf: false }
  const removal = after.notices.findLast((notice) => "member" in notice && notice.member === gone.member)
  if (removal?.kind === "removed") return { kind: "removed", name: nameOf(gone), by: removal.by?.name }
  if (removal?.kind === "removed-by-organisation") return { kind: removal.kind, name: nameOf(gone) }
  return { kind: gone.isLeaving || removal?.kind === "left" ? "left" : "vanished", name: nameOf(gone) }
}

type MemberView = InView["members"][number]

/** A newcomer's bundle may still be on its way; one in, one out of a moment is then taken for what it most likely is. */
const sameDevice = (came: MemberView | undefined, went: MemberView | undefined): boolean =>
  came?.person === undefined || came.person.device === went?.person?.device
