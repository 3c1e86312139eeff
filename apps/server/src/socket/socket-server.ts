/** `/api/socket`: members' WebSockets. */

import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { WebSocketServer } from "ws"
import { limits, printEnvelope, Problem, protocolVersion, type ProblemCode } from "@conclave/wire"
import type { ConnectionId } from "@conclave/delivery"
import { bugFields, type Log } from "../log.ts"
import type { OpenRooms, Visit } from "../rooms/open-rooms.ts"
import type { Sockets } from "../rooms/room-host.ts"
import { Connection, type Hello } from "./connection.ts"
import { tokenBuckets } from "./token-bucket.ts"

const pingEveryMs = 25_000
/** All sockets together; more would starve the members that are here. */
const mostSockets = 10_000
/** Links that do not fit, per address: a guess costs, a few stale links do not (A4.10). */
const wrongHellos = { burst: 30, perSecond: 0.5 }

export interface SocketServer {
  readonly sockets: Sockets
  /** Takes over an upgrade request whose origin has been checked. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Must be called once, before the first `accept`. */
  serve(rooms: OpenRooms): void
  stop(): void
}

export function socketServer({ log, now }: { log: Log; now: () => number }): SocketServer {
  // No compression: secrets and what an attacker chooses would share a window (A6.04).
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.envelope, perMessageDeflate: false, clientTracking: false })
  const connections = new Map<ConnectionId, Connection>()
  const failures = tokenBuckets(wrongHellos, now)
  let rooms: OpenRooms | undefined
  let made = 0
  const pings = setInterval(() => connections.forEach((connection) => connection.ping()), pingEveryMs)

  const enter = async (hello: Hello, address: string): Promise<Visit | ProblemCode> => {
    if (hello.version !== protocolVersion) return "wrong-version"
    if (!failures.at(address).hasToken()) return "too-many"
    // D37.20: told before the link is looked at, so it tells nobody who has none more than that.
    if (rooms?.isClosed(hello.room) === true) return "call-ended"
    try {
      const visit = await rooms?.open(hello.room)
      if (visit === undefined) failures.at(address).take()
      return visit ?? "no-such-room"
    } catch (error) {
      if (!(error instanceof Problem)) log("bug", bugFields(error))
      return error instanceof Problem ? error.code : "internal"
    }
  }

  const left = (id: ConnectionId, visit: Visit | undefined): void => {
    connections.delete(id)
    visit?.end().catch((error: unknown) => log("bug", bugFields(error)))
  }

  const sockets: Sockets = {
    send(to, envelope) {
      const text = printEnvelope(envelope)
      for (const id of to) {
        const connection = connections.get(id)
        if (envelope.type === "room") connection?.noteEntered()
        connection?.send(text)
      }
    },
    sessionFor(id) {
      const connection = connections.get(id)
      // The socket may have closed meanwhile; then nobody reads this.
      return connection?.session ?? new Uint8Array(32)
    },
    close(id, why) {
      if (why === "broken") connections.get(id)?.close(1011, why)
      else connections.get(id)?.closeByRoom()
    },
  }

  return {
    sockets,
    serve: (open) => (rooms = open),
    accept(request, stream, head) {
      const address = request.socket.remoteAddress ?? ""
      if (connections.size >= mostSockets) return void stream.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n")
      server.handleUpgrade(request, stream, head, (socket) => {
        const id = `c${(made += 1)}`
        const connection = new Connection({
          id,
          socket,
          now,
          enter: (hello) => enter(hello, address),
          left: (visit) => left(id, visit),
          onWrongLink: () => failures.at(address).take(),
        })
        connections.set(id, connection)
      })
    },
    stop() {
      clearInterval(pings)
      for (const connection of connections.values()) connection.close(1001, "stopping")
      server.close()
    },
  }
}
