import type { FastifyInstance } from "fastify"
import { parseMediaRequest, paths, Problem, toBase64url } from "@conclave/wire"
import { passCookie } from "../media/signal-proxy.ts"
import { freshToken, hashOf } from "../tokens.ts"
import { tokenBuckets } from "../socket/token-bucket.ts"
import type { AppParts } from "./app-parts.ts"

/** Per address: a whole call may sit behind one. */
const rate = { burst: 1000, perSecond: 20 }

/** POST /api/media: gives a current member the cookie that opens its way to the SFU. */
export function mediaRoute(app: FastifyInstance, { store, media, tls, now }: AppParts): void {
  const askers = tokenBuckets(rate, now)
  app.post(paths.media, async (request, reply) => {
    if (!askers.at(request.ip).take()) throw new Problem("too-many")
    const asked = parseMediaRequest(request.body)
    if (asked === undefined) throw new Problem("malformed")
    const { call, member, session } = asked
    const known = await store.sessionOf(call, member)
    if (known === undefined) throw new Problem("not-a-member")
    if (known !== hashOf(session)) throw new Problem("wrong-session")
    await media.openCall(call)
    const pass = toBase64url(freshToken())
    await store.givePass(call, member, hashOf(pass))
    const cookie = `${passCookie}=${pass}; Path=${paths.sfu(member)}; HttpOnly; SameSite=Strict${tls === undefined ? "" : "; Secure"}`
    return reply.code(204).headers({ "set-cookie": cookie, "cache-control": "no-store" }).send()
  })
}
