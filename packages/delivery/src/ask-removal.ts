/** The organisation's request to remove somebody (D14.6): passed on to the members, who alone can take anybody out of their group. */

import type { MemberId } from "@conclave/wire"
import { connectedOf } from "./room.ts"
import { callOf, change, send, type Turn } from "./turn.ts"
import type { ConnectionId } from "./turns.ts"

/** Passes the request on, and to whoever comes while it stands. */
export function askRemoval(turn: Turn, member: MemberId): void {
  const { call } = turn.room
  if (call?.members.has(member) !== true) return
  // Whom it was about and who is out by now is not kept.
  const standing = [...call.askedOut].filter((one) => call.members.has(one))
  change(turn, { askedOut: new Set([...standing, member]) })
  send(turn, connectedOf(call), { type: "removal-asked", member })
}

/** What is asked of everybody, for one that has just come or come back. */
export function tellRemovals(turn: Turn, connection: ConnectionId): void {
  const { askedOut, members } = callOf(turn)
  for (const member of askedOut) if (members.has(member)) send(turn, connection, { type: "removal-asked", member })
}
