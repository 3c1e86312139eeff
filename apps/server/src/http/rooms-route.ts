import type { FastifyInstance } from "fastify"
import { parseNewRoom, paths, Problem } from "@conclave/wire"
import { toBase64url } from "@conclave/wire"
import { tokenBuckets } from "../socket/token-bucket.ts"
import type { AppParts } from "./app-parts.ts"

/** Per address. A person makes few; the burst is for a house behind one address. */
const rate = { burst: 100, perSecond: 1 }

/** POST /api/rooms: keeps a room that a browser has made (D2). */
export function roomsRoute(app: FastifyInstance, { store, log, now }: AppParts): void {
  const makers = tokenBuckets(rate, now)
  app.post(paths.rooms, async (request, reply) => {
    if (!makers.at(request.ip).take()) throw new Problem("too-many")
    const room = parseNewRoom(request.body)
    if (room === undefined) throw new Problem("malformed")
    await store.makeRoom({ id: room.room, accessHash: toBase64url(room.accessHash), shelf: room.shelf })
    log("room-made", { room: room.room })
    return reply.code(201).header("cache-control", "no-store").send()
  })
}
