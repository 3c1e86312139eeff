/** One socket: reads its envelopes, holds its rates, and knows the room it has said hello to. */

import { parseMemberEnvelope, printEnvelope, type MemberEnvelope, type ProblemCode, type ServerEnvelope } from "@conclave/wire"
import type { ConnectionId, Heard } from "@conclave/delivery"
import type { WebSocket } from "ws"
import type { Visit } from "../rooms/open-rooms.ts"
import type { RoomHost } from "../rooms/room-host.ts"
import { freshToken, hashOf } from "../tokens.ts"
import { tokenBucket, type Rate, type TokenBucket } from "./token-bucket.ts"

/** Per socket. A join storm makes a nominated member commit every 200 ms; nothing honest does more. */
export const rates = {
  envelopes: { burst: 120, perSecond: 40 },
  characters: { burst: 16_000_000, perSecond: 2_000_000 },
  commits: { burst: 20, perSecond: 5 },
  knocks: { burst: 5, perSecond: 0.2 },
  /** Envelopes that were no envelopes. When they are used up the socket is closed. */
  mistakes: { burst: 20, perSecond: 0.2 },
} as const satisfies Record<string, Rate>

/** A client that reads this little is cut off; it can resume. */
const mostUnread = 32 * 1024 * 1024
const helloWithinMs = 10_000

export interface ConnectionParts {
  readonly id: ConnectionId
  readonly socket: WebSocket
  readonly now: () => number
  /** Opens the room of a hello, or says why not. */
  enter(hello: Hello): Promise<Visit | ProblemCode>
  /** The room has refused the link this socket came with. */
  onWrongLink(): void
  /** The socket is gone; the room it visited has been told. */
  left(visit: Visit | undefined): void
}

export type Hello = Extract<MemberEnvelope, { type: "hello" }>

export class Connection {
  readonly id: ConnectionId
  readonly #parts: ConnectionParts
  readonly #buckets: Record<keyof typeof rates, TokenBucket>
  readonly #helloTimer: NodeJS.Timeout
  #visit: Visit | undefined
  /** For whatever this socket founds or knocks as. */
  readonly session: Uint8Array<ArrayBuffer> = freshToken()
  /** Envelopes are looked at one after the other, also while the room of the hello is loading. */
  #tail = Promise.resolve()
  #isAlive = true
  #hasEntered = false
  #isClosing = false

  constructor(parts: ConnectionParts) {
    this.id = parts.id
    this.#parts = parts
    const bucket = (rate: Rate) => tokenBucket(rate, parts.now)
    const { envelopes, characters, commits, knocks, mistakes } = rates
    this.#buckets = {
      envelopes: bucket(envelopes),
      characters: bucket(characters),
      commits: bucket(commits),
      knocks: bucket(knocks),
      mistakes: bucket(mistakes),
    }
    this.#helloTimer = setTimeout(() => this.refuse("unexpected-message"), helloWithinMs)
    const { socket } = parts
    socket.on("message", (data: Buffer, isBinary) => this.#take(isBinary ? undefined : data.toString("utf8")))
    socket.on("pong", () => (this.#isAlive = true))
    socket.on("close", () => this.#end())
    // The close that follows says all there is to say; ws has already answered with 1009, 1007 or 1002.
    socket.on("error", () => undefined)
  }

  send(envelope: ServerEnvelope | string): void {
    const { socket } = this.#parts
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > mostUnread) return socket.terminate()
    socket.send(typeof envelope === "string" ? envelope : printEnvelope(envelope))
  }

  /** Says why and closes. */
  refuse(code: ProblemCode): void {
    this.send({ type: "problem", code })
    this.close(1008, code)
  }

  close(status: number, reason: string): void {
    this.#isClosing = true
    this.#parts.socket.close(status, reason)
  }

  /** The room says that the link fits. */
  noteEntered(): void {
    this.#hasEntered = true
  }

  /** The room will hear nothing more of this socket. */
  closeByRoom(): void {
    if (!this.#hasEntered) this.#parts.onWrongLink()
    this.close(1008, "refused")
  }

  /** Called at intervals: who did not answer the last ping is gone (A6.05). */
  ping(): void {
    const { socket } = this.#parts
    if (!this.#isAlive) return socket.terminate()
    this.#isAlive = false
    socket.ping()
  }

  #take(text: string | undefined): void {
    if (this.#isClosing) return
    if (text !== undefined && !this.#buckets.characters.take(text.length)) return this.close(1008, "too-many")
    const envelope = text === undefined ? "malformed" : parseMemberEnvelope(text)
    if (typeof envelope === "string") return this.#mistake(envelope)
    const over = this.#overRate(envelope)
    if (over)
      return this.send(
        "request" in envelope ? { type: "refused", request: envelope.request, code: "too-many" } : { type: "problem", code: "too-many" },
      )
    this.#tail = this.#tail.then(() => this.#hear(envelope))
  }

  #overRate({ type }: MemberEnvelope): boolean {
    if (!this.#buckets.envelopes.take()) {
      // A flood is a mistake too.
      this.#countMistake()
      return true
    }
    if (type === "commit") return !this.#buckets.commits.take()
    return type === "knock" || type === "found" ? !this.#buckets.knocks.take() : false
  }

  #countMistake(): void {
    if (!this.#buckets.mistakes.take()) this.close(1008, "too-many")
  }

  #mistake(code: ProblemCode): void {
    this.send({ type: "problem", code })
    this.#countMistake()
  }

  async #hear(envelope: MemberEnvelope): Promise<void> {
    if (this.#isClosing) return
    const host = this.#visit?.host ?? (await this.#enter(envelope))
    host?.feed({ type: "member-said", connection: this.id, envelope: this.#withoutTokens(envelope) })
  }

  async #enter(envelope: MemberEnvelope): Promise<RoomHost | undefined> {
    if (envelope.type !== "hello") {
      this.#mistake("unexpected-message")
      return undefined
    }
    clearTimeout(this.#helloTimer)
    const visit = await this.#parts.enter(envelope)
    if (typeof visit === "string") {
      this.refuse(visit)
      return undefined
    }
    const { socket } = this.#parts
    // It may have gone away meanwhile; the room need not know.
    if (socket.readyState !== socket.OPEN) {
      this.#parts.left(visit)
      return undefined
    }
    this.#visit = visit
    return visit.host
  }

  /** The room gets hashes; the tokens stay here. */
  #withoutTokens(envelope: MemberEnvelope): Heard {
    switch (envelope.type) {
      case "hello": {
        const { access, ...rest } = envelope
        return { ...rest, accessHash: hashOf(access) }
      }
      case "resume": {
        const { session, ...rest } = envelope
        return { ...rest, sessionHash: hashOf(session) }
      }
      case "found":
      case "knock":
        return { ...envelope, sessionHash: hashOf(this.session) }
      default:
        return envelope
    }
  }

  #end(): void {
    clearTimeout(this.#helloTimer)
    this.#isClosing = true
    this.#visit?.host.feed({ type: "connection-closed", connection: this.id })
    this.#parts.left(this.#visit)
  }
}
