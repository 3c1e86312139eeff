import type { FastifyInstance } from "fastify"
import { parseMediaRequest, paths, printBody, Problem, toBase64url, type MediaAnswer } from "@conclave/wire"
import { passCookie } from "../media/signal-proxy.ts"
import { freshToken, hashOf } from "../tokens.ts"
import { tokenBuckets } from "../socket/token-bucket.ts"
import type { AppParts } from "./app-parts.ts"

/** Per address: a whole call may sit behind one. */
const rate = { burst: 1000, perSecond: 20 }

/** POST /api/media: gives a current member the cookie that opens its way to the SFU, and a credential for the relay (D27.14). */
export function mediaRoute(app: FastifyInstance, { store, media, relay, tls, now }: AppParts): void {
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
    const offer = relay?.offer(member)
    const answer: MediaAnswer = offer === undefined ? {} : { relay: offer }
    const headers = { "set-cookie": cookie, "cache-control": "no-store", "content-type": "application/json" }
    return reply.headers(headers).send(printBody(answer))
  })
}
