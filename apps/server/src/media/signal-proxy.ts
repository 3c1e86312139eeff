/**
 * `/sfu/<member>/…`: the SFU's signalling on our own origin. Who may pass is decided by our cookie; the token in the query,
 * which the SFU itself hands to clients, counts for nothing (livekit.md 11).
 */

import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http"
import type { Duplex } from "node:stream"
import { parseMemberId, Problem, type MemberId } from "@conclave/wire"
import type { MediaServer, RoomStore, WayIn } from "../rooms/ports.ts"
import { hashOf } from "../tokens.ts"
import { FrameCap } from "./frame-cap.ts"
import type { Probes } from "./probes.ts"

/** Longest message a client may send to the SFU; 1.13.5 itself knows no limit. */
const longestMessage = 256 * 1024
const answerWithinMs = 10_000
export const passCookie = "conclave-sfu"

const doors = ["/rtc/v1", "/rtc/v1/validate", "/rtc", "/rtc/validate"] as const

export interface SignalParts {
  readonly store: RoomStore
  readonly media: MediaServer
  readonly probes: Pick<Probes, "wayIn">
}

export interface SignalPath {
  readonly member: MemberId
  readonly door: (typeof doors)[number]
  /** The query without its token, with its question mark. */
  readonly query: string
}

/** Undefined for everything but the four paths a client needs. */
export function parseSignalPath(url: string): SignalPath | undefined {
  const [path = "", ...rest] = url.split("?")
  const [, sfu, name, ...tail] = path.split("/")
  const member = parseMemberId(name)
  const door = doors.find((one) => one === `/${tail.join("/")}`)
  if (sfu !== "sfu" || member === undefined || door === undefined) return undefined
  const query = new URLSearchParams(rest.join("?"))
  query.delete("access_token")
  return { member, door, query: query.size === 0 ? "" : `?${query.toString()}` }
}

/** The way in for who holds the pass of a current member, or of a probe. Throws Problem `not-a-member` or `sfu-away`. */
export async function wayInFor(parts: SignalParts, member: MemberId, cookies: string | undefined): Promise<WayIn> {
  const pass = passIn(cookies)
  if (pass === undefined) throw new Problem("not-a-member")
  const probing = parts.probes.wayIn(member, hashOf(pass))
  if (probing !== undefined) return probing
  const call = await parts.store.callOfPass(member, hashOf(pass))
  if (call === undefined) throw new Problem("not-a-member")
  return parts.media.wayIn(call, member)
}

function passIn(cookies: string | undefined): string | undefined {
  const [, pass] = new RegExp(`(?:^|;\\s*)${passCookie}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(cookies ?? "") ?? []
  return pass
}

/** Splices a client's upgrade to the SFU. Throws Problem before anything was answered. */
export async function spliceSignal(
  parts: SignalParts,
  path: SignalPath,
  client: { request: IncomingMessage; socket: Duplex; head: Buffer },
): Promise<void> {
  const way = await wayInFor(parts, path.member, client.request.headers.cookie)
  const { socket: sfu, head, answer } = await upgradeAtSfu(way, path, client.request)
  if (client.socket.destroyed) return void sfu.destroy()
  client.socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${answer}\r\n\r\n`,
  )
  client.socket.write(head)
  splice(client, sfu)
}

/** Bytes flow both ways until one side ends or the client says too much at once. */
function splice({ socket, head }: { socket: Duplex; head: Buffer }, sfu: Duplex): void {
  const cap = new FrameCap(longestMessage)
  const end = () => {
    socket.destroy()
    sfu.destroy()
  }
  const take = (bytes: Buffer) => {
    if (!cap.passes(bytes)) return end()
    if (!sfu.write(bytes)) socket.pause()
  }
  sfu.on("drain", () => socket.resume())
  for (const side of [socket, sfu]) side.on("close", end).on("error", end)
  sfu.pipe(socket)
  if (head.length > 0) take(head)
  socket.on("data", take)
}

interface Upgraded {
  readonly socket: Duplex
  readonly head: Buffer
  readonly answer: string
}

function upgradeAtSfu(way: WayIn, path: SignalPath, request: IncomingMessage): Promise<Upgraded> {
  return new Promise((resolve, reject) => {
    // No extension is passed on: compression would hide a message's length from the cap.
    const headers: OutgoingHttpHeaders = {
      ...headersFor(way, request),
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-key": request.headers["sec-websocket-key"] ?? "",
      "sec-websocket-version": "13",
    }
    const asked = httpRequest({ host: "127.0.0.1", port: way.port, path: path.door + path.query, headers, timeout: answerWithinMs })
    asked.on("upgrade", (response, socket, head) => resolve({ socket, head, answer: response.headers["sec-websocket-accept"] ?? "" }))
    asked.on("response", (response) => {
      // What the SFU says to a refused client may quote its token; nobody gets to read it.
      response.destroy()
      reject(new Problem(response.statusCode === 404 ? "no-such-call" : "sfu-away"))
    })
    asked.on("timeout", () => asked.destroy())
    asked.on("error", () => reject(new Problem("sfu-away")))
    asked.end()
  })
}

/** Asks the SFU whether it would let this member in: its status, never its words. */
export async function validateAtSfu(parts: SignalParts, path: SignalPath, request: IncomingMessage): Promise<number> {
  const way = await wayInFor(parts, path.member, request.headers.cookie)
  try {
    const headers = { Authorization: `Bearer ${way.bearer}` }
    const response = await fetch(`http://127.0.0.1:${way.port}${path.door}${path.query}`, {
      headers,
      signal: AbortSignal.timeout(answerWithinMs),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    throw new Problem("sfu-away")
  }
}

const headersFor = (way: WayIn, request: IncomingMessage): OutgoingHttpHeaders => ({
  host: `127.0.0.1:${way.port}`,
  authorization: `Bearer ${way.bearer}`,
  "user-agent": request.headers["user-agent"] ?? "",
})
