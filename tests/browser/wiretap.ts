/**
 * Stands between browsers and server and writes down everything that passes: requests with their headers and bodies,
 * answers of the API, socket messages. It also lets the test listen inside workers, by a line put before their script.
 */

import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { WebSocket, WebSocketServer, type RawData } from "ws"
import type { Server } from "./server.ts"

export interface Tapped {
  /** `GET /path`, or `socket /path` for what went through a socket. */
  readonly what: string
  /** Everything as it went over the wire: first line, headers, body. For a socket, one message. */
  readonly content: Buffer
  readonly to: "server" | "browser"
}

/** Something said inside a page or worker. */
export interface Overheard {
  /** Who said it and how: "page to worker", "crypto.subtle.importKey in keys". */
  readonly what: string
  readonly content: Buffer
}

export interface Wiretap {
  /** Where browsers are to go. */
  readonly origin: string
  readonly traffic: readonly Tapped[]
  readonly overheard: readonly Overheard[]
  stop(): void
}

/** Where the line before the workers' scripts reports to. Never reaches the server. */
const ear = "/--overheard"

/** Taps the lines of a server. `bug` is put before every worker's script. */
export async function tap(server: Pick<Server, "port" | "origin">, bug: string): Promise<Wiretap> {
  const traffic: Tapped[] = []
  const overheard: Overheard[] = []
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const relay = createServer((incoming, response) => {
    void collect(incoming).then((body) => {
      if (incoming.url === ear) {
        overheard.push(...heard(body))
        response.writeHead(204).end()
        return
      }
      traffic.push({ what: `${incoming.method} ${incoming.url}`, to: "server", content: spell(incoming, body) })
      pass({ incoming, body, response, server, bug, traffic })
    })
  })
  relay.on("upgrade", (incoming, socket, head) => {
    traffic.push({ what: `GET ${incoming.url}`, to: "server", content: spell(incoming, Buffer.alloc(0)) })
    sockets.handleUpgrade(incoming, socket, head, (client) => {
      splice(client, incoming, { server, traffic })
    })
  })
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  const { port } = relay.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    traffic,
    overheard,
    stop: () => {
      for (const client of sockets.clients) client.terminate()
      relay.closeAllConnections()
      relay.close()
    },
  }
}

interface Passing {
  readonly incoming: IncomingMessage
  readonly body: Buffer
  readonly response: ServerResponse
  readonly server: Pick<Server, "port" | "origin">
  readonly bug: string
  readonly traffic: Tapped[]
}

function pass({ incoming, body, response, server, bug, traffic }: Passing): void {
  const headers = headersFor(incoming, server)
  const onward = request({ host: "127.0.0.1", port: server.port, path: incoming.url, method: incoming.method, headers }, (answer) => {
    void collect(answer).then((said) => {
      if (incoming.url?.startsWith("/api/"))
        traffic.push({ what: `answer to ${incoming.method} ${incoming.url}`, to: "browser", content: spell(answer, said) })
      const isWorker = incoming.headers["sec-fetch-dest"] === "worker"
      const sent = isWorker ? Buffer.concat([Buffer.from(`${bug}\n`), said]) : said
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, "content-length": sent.length }).end(sent)
    })
  })
  onward.once("error", () => response.writeHead(502).end())
  onward.end(body)
}

/** The server is to see itself as the origin; a body that was changed on the way back must not be compressed. */
function headersFor({ headers }: IncomingMessage, { origin }: Pick<Server, "origin">): OutgoingHttpHeaders {
  const own = headers.origin === undefined ? {} : { origin }
  return { ...headers, ...own, host: new URL(origin).host, "accept-encoding": "identity" }
}

function splice(
  client: WebSocket,
  incoming: IncomingMessage,
  { server, traffic }: { server: Pick<Server, "port" | "origin">; traffic: Tapped[] },
): void {
  const { cookie } = incoming.headers
  const path = incoming.url ?? ""
  const protocols = incoming.headers["sec-websocket-protocol"]?.split(/,\s*/) ?? []
  const onward = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocols, {
    perMessageDeflate: false,
    headers: { host: new URL(server.origin).host, origin: server.origin, ...(cookie === undefined ? {} : { cookie }) },
  })
  const waiting: [RawData, boolean][] = []
  const what = `socket ${path.replace(/\?.*/, "")}`
  client.on("message", (data, isBinary) => {
    traffic.push({ what, to: "server", content: bufferOf(data) })
    if (onward.readyState === WebSocket.OPEN) onward.send(data, { binary: isBinary })
    else waiting.push([data, isBinary])
  })
  onward.once("open", () => {
    for (const [data, isBinary] of waiting) onward.send(data, { binary: isBinary })
  })
  onward.on("message", (data, isBinary) => {
    traffic.push({ what, to: "browser", content: bufferOf(data) })
    client.send(data, { binary: isBinary })
  })
  client.once("close", () => {
    onward.terminate()
  })
  onward.once("close", () => {
    client.terminate()
  })
  for (const side of [client, onward]) side.on("error", () => undefined)
}

const bufferOf = (data: RawData): Buffer => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer))

async function collect(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function spell(message: IncomingMessage, body: Buffer): Buffer {
  const lines = [`${message.method ?? message.statusCode} ${message.url ?? ""}`]
  for (let i = 0; i < message.rawHeaders.length; i += 2) lines.push(`${message.rawHeaders[i]}: ${message.rawHeaders[i + 1]}`)
  return Buffer.concat([Buffer.from(`${lines.join("\n")}\n\n`), body])
}

/** Reports come as lines of JSON: what was said, and its strings and bytes. */
function heard(body: Buffer): Overheard[] {
  const { what, strings, bytes } = JSON.parse(body.toString()) as { what: string; strings: string[]; bytes: string[] }
  const parts = [...strings.map((text) => Buffer.from(text)), ...bytes.map((text) => Buffer.from(text, "base64"))]
  return [{ what, content: Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")])) }]
}
