/** A room whose link or rules have changed (D3.10, D3.11). */

import { withoutKeys } from "./room.ts"
import { memberAt, refuse, type Turn } from "./turn.ts"
import type { RoomChange } from "./turns.ts"

/** Takes over what is kept now. Who is not in the call and came by a link that was replaced hears so and is let go. */
export function changeRoom(turn: Turn, { version, accessHash, shelf, replaced }: RoomChange): void {
  // Two changes may be told in another order than they were stored.
  if (version <= turn.room.version) return
  const isOtherLink = accessHash !== turn.room.accessHash
  turn.room = { ...turn.room, version, accessHash, shelf, replaced }
  if (!isOtherLink) return
  const { call } = turn.room
  const outside = [...turn.room.connections.keys()].filter((connection) => memberAt(turn, connection) === undefined)
  for (const connection of outside) {
    refuse(turn, { connection, request: undefined }, "link-replaced")
    turn.outputs.push({ do: "close", connection, code: "link-replaced" })
  }
  turn.room = { ...turn.room, connections: withoutKeys(turn.room.connections, outside) }
  if (call === undefined) return
  // Their knocks are sealed for the old link; nobody could open them.
  const waiting = new Map([...call.waiting].filter(([, knock]) => knock.goneAt !== undefined))
  turn.room = { ...turn.room, call: { ...call, waiting } }
}
