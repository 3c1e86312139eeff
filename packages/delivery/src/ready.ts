/** Which members have shown that they are in the group. */

import type { MemberId } from "@conclave/wire"
import { showDoor } from "./ask-a-person.ts"
import { tellRemovals } from "./ask-removal.ts"
import { callOf, changeMember, type Turn } from "./turn.ts"

/** Who has just become ready hears of the knocks that wait for a person (D17.30), and whom the organisation wants out (D14.6). */
export function noteReady(turn: Turn, member: MemberId, isReady: boolean): void {
  if (callOf(turn).members.get(member)?.isReady === isReady) return
  changeMember(turn, member, { isReady })
  if (!isReady) return
  const { connection } = callOf(turn).members.get(member) ?? {}
  if (connection !== undefined) tellRemovals(turn, connection)
  showDoor(turn, member)
}
