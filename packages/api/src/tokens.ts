/** Joining tokens: how a customer's system lets somebody into one room without an account (D39). */

import { moment, roomTokenId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import { oneRoom, role } from "./rooms.ts"
import { z } from "./schema.ts"
import { words } from "./words.ts"

/** Seven days. */
const mostMinutes = 7 * 24 * 60

const facts = {
  id: roomTokenId,
  role,
  name: words(100).nullable().meta({ description: "How others will see whoever comes by it, as this server's word." }),
  external_id: words(255).nullable(),
  created_at: moment,
  expires_at: moment,
}

const roomToken = z.strictObject(facts).meta({ id: "RoomToken" })

const shownToken = z
  .strictObject({
    ...facts,
    token: z.string().meta({ description: "Shown this once; the server keeps its SHA-256 only." }),
    link: z.string().meta({ description: "The room's address with the token behind `#`, which browsers send to nobody." }),
  })
  .meta({ id: "ShownRoomToken" })

const newToken = z
  .strictObject({
    name: facts.name.default(null),
    external_id: facts.external_id.default(null),
    role: role.optional().meta({ description: "One of the room's `roles`; left out: its `default_role`. A request, like every role." }),
    expires_in_minutes: z.int().min(1).max(mostMinutes).default(60),
  })
  .meta({ id: "NewRoomToken" })

const tag = "tokens"

export const tokenOperations = {
  listRoomTokens: operation({
    id: "listRoomTokens",
    method: "GET",
    path: "/rooms/{room}/tokens",
    tag,
    needs: "rooms.read",
    summary: "Joining tokens of a room, without the tokens themselves",
    params: oneRoom,
    query: z.strictObject({ ...paging, after: roomTokenId.optional() }),
    answer: { status: 200, body: pageOf(roomToken) },
  }),
  createRoomToken: operation({
    id: "createRoomToken",
    method: "POST",
    path: "/rooms/{room}/tokens",
    tag,
    needs: "rooms.write",
    summary: "Make a joining token; it is shown once",
    description:
      "Whoever has it comes into this room and no other until it expires. It is void when it is withdrawn, and when the key or account that made it may no longer change the room.",
    params: oneRoom,
    body: newToken,
    answer: { status: 201, body: shownToken },
    problems: ["room-has-a-secret", "room-expired"],
    isAnswerSecret: true,
  }),
  deleteRoomToken: operation({
    id: "deleteRoomToken",
    method: "DELETE",
    path: "/rooms/{room}/tokens/{token}",
    tag,
    needs: "rooms.write",
    summary: "Withdraw a joining token; who came in by it stays in the call",
    params: oneRoom.extend({ token: roomTokenId }),
    answer: { status: 204 },
  }),
} as const
