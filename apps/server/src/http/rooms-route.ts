import type { FastifyInstance, FastifyRequest } from "fastify"
import { parseNewRoom, parseRoomChange, parseRoomId, paths, Problem, toBase64url, type RoomChangeBody, type RoomId } from "@conclave/wire"
import { isSignedChange } from "../rooms/room-signature.ts"
import { tokenBuckets } from "../socket/token-bucket.ts"
import type { AppParts } from "./app-parts.ts"

/** Makings and changes per address. A person makes few; the burst is for a house behind one address. */
const rate = { burst: 100, perSecond: 1 }
/** Changes of one room, by those who may: a host plays with switches, no more. */
const changeRate = { burst: 5, perSecond: 0.2 }

/** POST /api/rooms keeps a room that a browser has made (D2); PATCH /api/rooms/<room> changes it (D3.10). */
export function roomsRoute(app: FastifyInstance, { store, rooms, log, now }: AppParts): void {
  const askers = tokenBuckets(rate, now)
  const changes = tokenBuckets(changeRate, now)

  app.post(paths.rooms, async (request, reply) => {
    if (!askers.at(request.ip).take()) throw new Problem("too-many")
    const room = parseNewRoom(request.body)
    if (room === undefined) throw new Problem("malformed")
    await store.makeRoom({ id: room.room, accessHash: toBase64url(room.accessHash), shelf: room.shelf }, toBase64url(room.key))
    log("room-made", { room: room.room })
    return reply.code(201).header("cache-control", "no-store").send()
  })

  app.patch(paths.room(":room"), async (request, reply) => {
    if (!askers.at(request.ip).take()) throw new Problem("too-many")
    const { room, change } = readChange(request)
    const kept = await store.roomKeys(room)
    if (kept === undefined) throw new Problem("no-such-room")
    const by = toBase64url(change.by)
    if (!kept.keys.includes(by) || !isSignedChange(room, change)) throw new Problem("not-allowed")
    if (change.version <= kept.version) throw new Problem("stale-version")
    // Only now: a stranger must not use up what the hosts may do.
    if (!changes.at(room).take()) throw new Problem("too-many")
    const { version, shelf } = change
    const keys = change.keys.map(toBase64url)
    rooms.tellChange(room, await store.changeRoom(room, { by, version, shelf, keys, accessHash: toBase64url(change.accessHash) }))
    log("room-changed", { room })
    return reply.code(204).header("cache-control", "no-store").send()
  })
}

function readChange(request: FastifyRequest): { room: RoomId; change: RoomChangeBody } {
  const room = parseRoomId((request.params as { room?: unknown }).room)
  const change = parseRoomChange(request.body)
  if (room === undefined || change === undefined) throw new Problem("malformed")
  return { room, change }
}
