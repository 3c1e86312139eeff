import type { FastifyInstance } from "fastify"
import { Problem } from "@conclave/wire"
import { parseSignalPath, validateAtSfu } from "../media/signal-proxy.ts"
import type { AppParts } from "./app-parts.ts"

/** GET /sfu/<member>/rtc[/v1]/validate: livekit-client asks there why its socket failed. Upgrades go another way. */
export function sfuRoutes(app: FastifyInstance, parts: AppParts): void {
  app.get("/sfu/*", async (request, reply) => {
    const path = parseSignalPath(request.url)
    if (path?.door.endsWith("/validate") !== true) throw new Problem("not-found")
    const status = await validateAtSfu(parts, path, request.raw)
    if (status !== 200) throw new Problem(status === 404 ? "no-such-call" : "sfu-away")
    return reply.code(200).header("cache-control", "no-store").type("text/plain").send("success")
  })
}
