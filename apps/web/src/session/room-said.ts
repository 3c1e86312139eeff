/** What a lobby says of the kind of its room, before anything of its policy was read. Pure. */

import type { Issuer } from "@conclave/call"
import type { RoomSaid } from "../view/lobby.ts"
import type { OpenedRoom } from "../view/room.ts"
import { hostOf } from "./room-rules.ts"

/** `offered`: the providers that this server is set up with, which whoever furnishes a room names in its policy (D19.10). */
export function roomSaid(opened: OpenedRoom, offered: readonly Issuer[]): RoomSaid {
  const { kind } = opened
  if (kind === "link") return { kind }
  const account = opened.statement === undefined || opened.person === undefined ? {} : { account: opened.person }
  return kind === "transport" ? { kind, ...account } : { kind, providers: offered.map(({ issuer }) => hostOf(issuer)), ...account }
}
