import type { FastifyInstance } from "fastify"
import { paths, printBody, Problem, toBase64url, type Probe } from "@conclave/wire"
import { passCookie } from "../media/signal-proxy.ts"
import { tokenBuckets } from "../socket/token-bucket.ts"
import { freshToken, hashOf } from "../tokens.ts"
import type { AppParts } from "./app-parts.ts"

/** Per address: a person presses it some times; a house behind one address has several. */
const rate = { burst: 10, perSecond: 0.1 }

/** POST /api/probe: gives anybody a short and narrow way to the SFU, to try whether media could pass (D27.11). */
export function probeRoute(app: FastifyInstance, { media, relay, probes, tls, now }: AppParts): void {
  const askers = tokenBuckets(rate, now)
  app.post(paths.probe, async (request, reply) => {
    if (!askers.at(request.ip).take()) throw new Problem("too-many")
    const pass = toBase64url(freshToken())
    const probe = await probes.begin(hashOf(pass))
    if (probe === undefined) throw new Problem("too-many")
    const cookie = `${passCookie}=${pass}; Path=${paths.sfu(probe)}; HttpOnly; SameSite=Strict${tls === undefined ? "" : "; Secure"}`
    const offer = relay?.offer(probe)
    const answer: Probe = offer === undefined ? { probe, ways: [...media.ways] } : { probe, ways: [...media.ways, "relay"], relay: offer }
    const headers = { "set-cookie": cookie, "cache-control": "no-store", "content-type": "application/json" }
    return reply.code(201).headers(headers).send(printBody(answer))
  })
}
