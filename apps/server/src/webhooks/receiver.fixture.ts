/** A customer's system on loopback, by https, that notes what it is sent and who connects. */

import { once } from "node:events"
import type { IncomingHttpHeaders } from "node:http"
import { createServer, type Server } from "node:https"
import type { AddressInfo } from "node:net"
import { testCertificate, testKey } from "../http/certificate.fixture.ts"
import { poster, type Post } from "./post.ts"

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What it answers: a status, perhaps with a place to go on to; "never": nothing. */
export type Reply = number | { readonly status: number; readonly location: string } | "never"

export class Receiver {
  connections = 0
  readonly received: Received[] = []
  replies: Reply[] = []
  private at = 0
  private wake: (() => void) | undefined
  private readonly server: Server

  private constructor() {
    this.server = createServer({ cert: testCertificate, key: testKey }, (request, response) => {
      let text = ""
      request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
      request.on("end", () => {
        const reply = this.replies.shift() ?? 204
        const read = (text === "" ? {} : JSON.parse(text)) as Received["body"]
        this.received.push({ path: request.url ?? "", headers: request.headers, text, body: read })
        this.wake?.()
        if (reply === "never") return
        if (typeof reply === "number") response.writeHead(reply).end("what nobody reads")
        else response.writeHead(reply.status, { location: reply.location }).end()
      })
    })
    this.server.on("connection", () => (this.connections += 1))
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver()
    receiver.server.listen(0, "127.0.0.1")
    await once(receiver.server, "listening")
    return receiver
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  /** By a name in its certificate. */
  endpoint(path = "/hook"): string {
    return `https://meet.example:${this.port}${path}`
  }

  /** A post that takes loopback for public, and knows the name and the certificate. */
  post(): Post {
    const isOpen = (address: string) => address === "127.0.0.1"
    return poster({ allowed: new Set(), lookUp: () => Promise.resolve(["127.0.0.1"]), isOpen, authority: testCertificate })
  }

  /** The next that arrives, or has. */
  async next(): Promise<Received> {
    for (;;) {
      const one = this.received[this.at]
      if (one !== undefined) {
        this.at += 1
        return one
      }
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, "close")
  }
}
