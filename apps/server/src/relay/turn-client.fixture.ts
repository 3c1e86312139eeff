/** A TURN client as small as can be, which can also ask for what no browser would. */

import { createHash, randomBytes } from "node:crypto"
import { createSocket, type Socket } from "node:dgram"
import { once } from "node:events"
import { realm, type Given } from "./credentials.ts"
import { attributeOf, attributeTypes, methods, parseStun, printStun, type Attribute, type StunMessage } from "./stun-message.ts"
import { printXorAddress, type Endpoint } from "./xor-address.ts"

export interface Answer {
  /** 0: a success. */
  readonly code: number
  readonly message: StunMessage
}

export const udpWanted: Attribute = [attributeTypes.transport, Buffer.from([17, 0, 0, 0])]
export const lifetimeOf = (seconds: number): Attribute => [attributeTypes.lifetime, Buffer.from([0, 0, seconds >> 8, seconds & 255])]
export const channelOf = (channel: number): Attribute => [attributeTypes.channelNumber, Buffer.from([channel >> 8, channel & 255, 0, 0])]

/** How packets go: over UDP here, over TLS in its own test. */
export interface Wire {
  send(packet: Buffer): void
  next(): Promise<Buffer>
  close(): void
}

export class TurnClient {
  readonly wire: Wire
  nonce = ""
  readonly #given: Given

  constructor(wire: Wire, given: Given) {
    this.wire = wire
    this.#given = given
  }

  /** A sealed request and what is answered to it. The first one fetches a nonce. */
  async ask(method: number, more: readonly Attribute[] = [], by: { readonly password?: string } = {}): Promise<Answer> {
    if (this.nonce === "") await this.askBare(method, more)
    const { username, password } = { ...this.#given, ...by }
    const attributes: Attribute[] = [
      ...more,
      [attributeTypes.username, Buffer.from(username)],
      [attributeTypes.realm, Buffer.from(realm)],
      [attributeTypes.nonce, Buffer.from(this.nonce)],
    ]
    const key = createHash("md5").update(`${username}:${realm}:${password}`).digest()
    return this.#answerTo(printStun({ class: "request", method, transaction: randomBytes(12), attributes }, key))
  }

  /** Without a credential. */
  async askBare(method: number, attributes: readonly Attribute[] = []): Promise<Answer> {
    return this.#answerTo(printStun({ class: "request", method, transaction: randomBytes(12), attributes }))
  }

  allocate(): Promise<Answer> {
    return this.ask(methods.allocate, [udpWanted])
  }

  async codeOfPeer(method: number, peer: Endpoint, more: readonly Attribute[] = []): Promise<number> {
    return (await this.ask(method, [peerIn(peer), ...more])).code
  }

  /** A Send indication, which nobody answers. */
  sendTo(peer: Endpoint, data: string): void {
    const transaction = randomBytes(12)
    const attributes: Attribute[] = [
      [attributeTypes.peerAddress, printXorAddress(peer, transaction)],
      [attributeTypes.data, Buffer.from(data)],
    ]
    this.wire.send(printStun({ class: "indication", method: methods.send, transaction, attributes }))
  }

  sendOn(channel: number, data: string): void {
    const head = Buffer.from([channel >> 8, channel & 255, 0, data.length])
    this.wire.send(Buffer.concat([head, Buffer.from(data), Buffer.alloc((4 - (data.length % 4)) % 4)]))
  }

  /** What comes from the peer next, by a channel or by an indication. */
  async heard(): Promise<string> {
    const packet = await this.wire.next()
    if ((packet[0] ?? 0) >> 6 === 1) return `channel ${packet.subarray(4, 4 + packet.readUInt16BE(2)).toString()}`
    const message = parseStun(packet)
    if (message?.method !== methods.data) throw new Error("something else came")
    return (attributeOf(message, attributeTypes.data) ?? "").toString()
  }

  async #answerTo(request: Buffer): Promise<Answer> {
    this.wire.send(request)
    const message = parseStun(await this.wire.next())
    if (message?.transaction.equals(request.subarray(8, 20)) !== true) throw new Error("no answer to this")
    this.nonce = attributeOf(message, attributeTypes.nonce)?.toString() ?? this.nonce
    const error = attributeOf(message, attributeTypes.errorCode)
    return { code: error === undefined ? 0 : (error[2] ?? 0) * 100 + (error[3] ?? 0), message }
  }
}

/**
 * An IPv4 peer is written for the transaction at hand by its first four bytes alone, which are the same in all: only IPv6 needs the
 * transaction.
 */
export const peerIn = (peer: Endpoint): Attribute => [attributeTypes.peerAddress, printXorAddress(peer, Buffer.alloc(12))]

export async function udpWire(to: Endpoint): Promise<Wire> {
  const socket = await openUdp("127.0.0.1")
  return {
    send: (packet) => socket.send(packet, to.port, to.address),
    next: async () => ((await once(socket, "message")) as [Buffer])[0],
    close: () => socket.close(),
  }
}

export async function openUdp(address: string): Promise<Socket> {
  const socket = createSocket("udp4").bind(0, address)
  await once(socket, "listening")
  return socket
}
