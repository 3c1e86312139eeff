/**
 * One allocation (RFC 8656 section 7): a socket of our own between one caller and the SFU. The socket is connected to the SFU's
 * media port, so that the system itself neither sends anything of it elsewhere nor lets anything else in (D27.13).
 */

import { createSocket, type Socket } from "node:dgram"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { attributeTypes, methods, printStun } from "./stun-message.ts"
import { printXorAddress, type Endpoint } from "./xor-address.ts"

/** Who speaks to the relay from one address over one transport. */
export interface Caller {
  /** Transport, address and port: no two callers have the same. */
  readonly name: string
  readonly endpoint: Endpoint
  send(packet: Buffer): void
  /** Its leg has ended. */
  end(): void
}

/** RFC 8656 sections 7.2, 9 and 12. */
export const lifetimes = { leg: 600, permission: 300, channel: 600 } as const

export interface LegParts {
  readonly caller: Caller
  readonly username: string
  readonly who: string
  /** Of the request that opened it: a repeated request gets the same answer. */
  readonly transaction: Buffer
  readonly sfu: Endpoint
  /** Milliseconds, never going back. */
  readonly now: () => number
}

export class Leg {
  readonly parts: LegParts
  /** Where the SFU sees the caller. */
  readonly relayed: Endpoint
  readonly #socket: Socket
  #endsAt = 0
  #permittedUntil = -Infinity
  #channel: { readonly number: number; readonly until: number } | undefined

  /** Rejects when the system gives no socket. */
  static async open(parts: LegParts): Promise<Leg> {
    const { address, port } = parts.sfu
    const socket = createSocket("udp4")
    try {
      socket.bind({ address, port: 0, exclusive: true })
      await once(socket, "listening")
      socket.connect(port, address)
      await once(socket, "connect")
      return new Leg(parts, socket)
    } catch (error) {
      socket.close()
      throw error
    }
  }

  private constructor(parts: LegParts, socket: Socket) {
    this.parts = parts
    this.#socket = socket
    this.relayed = { address: parts.sfu.address, port: socket.address().port }
    this.renew()
    // While the SFU is being started again its port refuses packets; media bear losses.
    socket.on("error", () => undefined)
    socket.on("message", (data) => this.#bring(data))
  }

  get isOver(): boolean {
    return this.parts.now() >= this.#endsAt
  }

  renew(): void {
    this.#endsAt = this.#in(lifetimes.leg)
  }

  permit(): void {
    this.#permittedUntil = this.#in(lifetimes.permission)
  }

  /** False: it has another channel, and there is one peer only. */
  bind(number: number): boolean {
    const bound = this.#boundChannel()
    if (bound !== undefined && bound !== number) return false
    this.#channel = { number, until: this.#in(lifetimes.channel) }
    this.permit()
    return true
  }

  /** To the SFU. `channel`: on which it came, undefined for a Send indication. */
  carry(data: Buffer, channel?: number): void {
    if (this.isOver || !this.#isPermitted() || (channel !== undefined && channel !== this.#boundChannel())) return
    this.#socket.send(data, () => undefined)
  }

  /** Once. */
  close(): void {
    this.#endsAt = -Infinity
    this.#socket.close()
    this.parts.caller.end()
  }

  #bring(data: Buffer): void {
    if (this.isOver || !this.#isPermitted()) return
    const channel = this.#boundChannel()
    this.parts.caller.send(channel === undefined ? this.#indication(data) : onChannel(channel, data))
  }

  #indication(data: Buffer): Buffer {
    const transaction = randomBytes(12)
    const from = printXorAddress(this.parts.sfu, transaction)
    const attributes = [[attributeTypes.peerAddress, from] as const, [attributeTypes.data, data] as const]
    return printStun({ class: "indication", method: methods.data, transaction, attributes })
  }

  #isPermitted = (): boolean => this.parts.now() < this.#permittedUntil

  #boundChannel(): number | undefined {
    return this.#channel !== undefined && this.parts.now() < this.#channel.until ? this.#channel.number : undefined
  }

  #in(seconds: number): number {
    return this.parts.now() + seconds * 1000
  }
}

/** ChannelData (RFC 8656 section 12.4), without padding. */
function onChannel(channel: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(channel, 0)
  head.writeUInt16BE(data.length, 2)
  return Buffer.concat([head, data])
}
