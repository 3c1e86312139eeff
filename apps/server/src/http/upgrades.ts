/** Upgrade requests: our own socket, and the SFU's signalling. Everything else is answered and closed. */

import type { IncomingMessage, Server } from "node:http"
import type { Duplex } from "node:stream"
import { paths, Problem, type ProblemCode } from "@conclave/wire"
import { bugFields } from "../log.ts"
import { parseSignalPath, spliceSignal } from "../media/signal-proxy.ts"
import type { SocketServer } from "../socket/socket-server.ts"
import type { AppParts } from "./app-parts.ts"
import { rawProblem } from "./problem-answers.ts"

export function takeUpgrades(server: Server, parts: AppParts, sockets: SocketServer): { stop(): void } {
  const spliced = new Set<Duplex>()
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refuse = (code: ProblemCode) =>
      socket.end(rawProblem(code, parts.tls !== undefined, parts.origins().socketsOf(request.headers.host)))
    socket.on("error", () => socket.destroy())
    const { host, origin } = request.headers
    if (!parts.origins().isHost(host) || !parts.origins().isOwn(origin)) return refuse("foreign-origin")
    if (request.headers.upgrade?.toLowerCase() !== "websocket") return refuse("malformed")
    if (request.url === paths.socket) return sockets.accept(request, socket, head)
    const path = parseSignalPath(request.url ?? "")
    if (path === undefined || path.door.endsWith("/validate")) return refuse("not-found")
    spliced.add(socket)
    socket.once("close", () => spliced.delete(socket))
    spliceSignal(parts, path, { request, socket, head }).catch((error: unknown) => {
      if (!(error instanceof Problem)) parts.log("bug", bugFields(error))
      refuse(error instanceof Problem ? error.code : "internal")
    })
  })
  return { stop: () => spliced.forEach((socket) => socket.destroy()) }
}
