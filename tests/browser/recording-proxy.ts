/** An HTTP proxy that writes down every host a browser wants to speak to, and lets it speak to this machine. Loopback goes through it too. */

import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http"
import { connect, type AddressInfo, type Socket } from "node:net"
import type { Duplex } from "node:stream"

export interface RecordingProxy {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  /** `host:port` of everything that was asked for, in order. */
  readonly hosts: readonly string[]
  stop(): void
}

/** Opens a proxy on a free loopback port. */
export async function openRecordingProxy(): Promise<RecordingProxy> {
  const hosts: string[] = []
  const open = new Set<Duplex>()
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? "", "http://nowhere.invalid")
    hosts.push(hostOf(url))
    if (isHere(url)) pass(incoming, response, url)
    else response.writeHead(502).end()
  })
  const tunnel = (incoming: IncomingMessage, client: Duplex, head: Buffer): void => {
    const url = new URL(incoming.method === "CONNECT" ? `http://${incoming.url ?? ""}` : (incoming.url ?? ""))
    hosts.push(hostOf(url))
    // Said at once: whoever only lost its connection would come again and again.
    if (!isHere(url)) return void client.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
    const far = connect(Number(url.port || 80), url.hostname, () => {
      if (incoming.method === "CONNECT") client.write("HTTP/1.1 200 Connection established\r\n\r\n")
      else far.write(`${incoming.method ?? ""} ${url.pathname}${url.search} HTTP/1.1\r\n${rawHeaders(incoming)}\r\n\r\n`)
      far.write(head)
      far.pipe(client).pipe(far)
    })
    for (const [end, other] of [
      [far, client],
      [client, far],
    ] as const)
      end.on("error", () => other.destroy())
    open.add(far)
  }
  // A WebSocket comes as CONNECT from Chromium and Firefox; as an upgrade from older ones.
  server.on("connect", tunnel)
  server.on("upgrade", tunnel)
  server.on("connection", (socket: Socket) => open.add(socket))
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    hosts,
    stop: () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

const isHere = (url: URL): boolean => url.hostname === "localhost" || url.hostname.startsWith("127.")

const hostOf = (url: URL): string => `${url.hostname}:${url.port || "80"}`

function pass(incoming: IncomingMessage, response: ServerResponse, url: URL): void {
  const onward = request(url, { method: incoming.method ?? "GET", headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on("error", () => response.writeHead(502).end())
  incoming.pipe(onward)
}

const rawHeaders = ({ rawHeaders: raw }: IncomingMessage): string =>
  Array.from({ length: raw.length / 2 }, (_, i) => `${raw[2 * i] ?? ""}: ${raw[2 * i + 1] ?? ""}`).join("\r\n")
