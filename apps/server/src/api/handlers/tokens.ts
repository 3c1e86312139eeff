/** Joining tokens (D39.4, D39.5). */

import { ApiProblem, operations, type RoomTokenId } from "@conclave/api"
import { freshToken, hashOf } from "../../tokens.ts"
import { handler, type Context, type Found } from "../handler.ts"
import { freshId } from "../new-key.ts"
import type { RoomRecord, RoomToken } from "../ports.ts"
import type { HandlerParts } from "./parts.ts"
import { roomAddress } from "./room-answer.ts"
import { findRoom } from "./rooms.ts"

/** What every token begins with, so that one is found where it should not be. */
const tokenPrefix = "conclave_join_"
/** So long an expired one is still told from one that never was. */
const keptAfter = 7 * 24 * 3600 * 1000

export function tokenHandlers({ api, log }: HandlerParts) {
  const { rooms, tokens } = api
  const find = ({ params }: { params: { room: string } }) => findRoom(rooms, params.room)
  return {
    listRoomTokens: handler(operations.listRoomTokens, {
      find,
      act: async ({ query }, { id }) => {
        const { found, total } = await tokens.list(id, { ...query, after: query.after })
        return { data: found.map(shownOf), total_count: total }
      },
    }),
    createRoomToken: handler(operations.createRoomToken, {
      find,
      act: async ({ body }, record, context) => {
        const { now, origin } = context
        const address = roomAddress(record, origin)
        if (address === null) throw new ApiProblem("room-has-a-secret")
        if (record.expiresAt !== null && record.expiresAt <= now) throw new ApiProblem("room-expired")
        const role = body.role ?? record.defaultRole
        if (!record.roles.includes(role)) throw new ApiProblem("invalid", { errors: { role: ["It must be one of the room's roles"] } })
        const times = { createdAt: now, expiresAt: now + body.expires_in_minutes * 60_000 }
        const about = { role, name: body.name, externalId: body.external_id, by: makerOf(context) }
        const kept: RoomToken = { id: freshId<RoomTokenId>(), room: record.id, ...about, ...times }
        const token = tokenPrefix + Buffer.from(freshToken()).toString("base64url")
        await tokens.sweep(now - keptAfter)
        await tokens.add(kept, hashOf(token))
        log("room-token-made", { room: record.id, reason: kept.id })
        return { ...shownOf(kept), token, link: `${address}#${token}` }
      },
    }),
    deleteRoomToken: handler(operations.deleteRoomToken, {
      find: async ({ params }): Promise<Found<{ record: RoomRecord; token: RoomToken }> | undefined> => {
        const found = await findRoom(rooms, params.room)
        const token = await tokens.get(params.token)
        if (found === undefined || token?.room !== found.thing.id) return undefined
        return { object: found.object, thing: { record: found.thing, token } }
      },
      act: async (_, { record, token }) => {
        await tokens.remove(token.id)
        log("room-token-withdrawn", { room: record.id, reason: token.id })
        return undefined
      },
    }),
  }
}

function makerOf({ by }: Context): RoomToken["by"] {
  if (by.key !== undefined) return { key: by.key }
  if (by.subject.kind === "account") return { account: by.subject.account }
  throw new Error("bug: nobody makes a token")
}

/** A token as lists show it: nothing that opens anything. */
const shownOf = ({ id, role, name, externalId, createdAt, expiresAt }: RoomToken) => ({
  id,
  role,
  name,
  external_id: externalId,
  created_at: new Date(createdAt).toISOString(),
  expires_at: new Date(expiresAt).toISOString(),
})
