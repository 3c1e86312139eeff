/**
 * A TURN server (RFC 8656) with one peer: the SFU's media port. Callers are let in by credentials that our server gave out; whatever
 * they ask for, nothing else can be reached through it (D27.13).
 */

import { createHmac, randomBytes } from "node:crypto"
import { tokenBucket, tokenBuckets } from "../socket/token-bucket.ts"
import { Credentials, realm, type Given, type Known } from "./credentials.ts"
import { Leg, lifetimes, type Caller } from "./leg.ts"
import { attributeOf, attributeTypes, isSealedBy, methods, parseStun, printStun, type Attribute, type StunMessage } from "./stun-message.ts"
import { parseXorAddress, printXorAddress, type Endpoint } from "./xor-address.ts"

/** Legs of one member or probe at a time: two connections, and a few addresses of its machine (A2.18). */
const mostOfOne = 12
const mostLegs = 500
const nonceSlotMs = 600_000
const tendMs = 10_000
/** Answers to who has shown no credential: of all, and of one address. Their addresses may be forged. */
const strangerRates = { all: { burst: 500, perSecond: 200 }, one: { burst: 30, perSecond: 5 } } as const

const known = new Set<number>(Object.values(attributeTypes))
const udpTransport = 17
const ipv4Family = 1

/** What a request comes to: attributes of a success, or a number of RFC 8656 section 19 (RFC 8489 section 14.8). */
type Outcome = readonly Attribute[] | number

interface Asked {
  readonly caller: Caller
  readonly message: StunMessage
  readonly username: string
  readonly by: Known
}

export interface TurnParts {
  /** The only peer there is. */
  readonly sfu: Endpoint
  /** Milliseconds, never going back. */
  readonly now: () => number
}

export class Turn {
  readonly #sfu: Endpoint
  readonly #now: () => number
  readonly #credentials: Credentials
  readonly #secret = randomBytes(32)
  readonly #legs = new Map<string, Leg>()
  /** Whose, by the caller's name. */
  readonly #opening = new Map<string, string>()
  readonly #strangers: { take(address: string): boolean }
  readonly #tending: NodeJS.Timeout

  constructor({ sfu, now }: TurnParts) {
    this.#sfu = sfu
    this.#now = now
    this.#credentials = new Credentials(now)
    const [all, each] = [tokenBucket(strangerRates.all, now), tokenBuckets(strangerRates.one, now)]
    this.#strangers = { take: (address) => all.take() && each.at(address).take() }
    this.#tending = setInterval(() => this.tend(), tendMs).unref()
  }

  /** A credential for a member or a probe; undefined when too many are live. */
  give(who: string): Given | undefined {
    return this.#credentials.give(who)
  }

  /** Takes what a caller sent. What is no message of TURN is dropped. */
  take(caller: Caller, packet: Buffer): void {
    const top = (packet[0] ?? 0xff) >> 6
    if (top === 1) return this.#takeChannel(caller, packet)
    const message = top === 0 ? parseStun(packet) : undefined
    if (message?.class === "indication" && message.method === methods.send) return this.#takeSend(caller, message)
    if (message?.class === "request") this.#takeRequest(caller, message)
  }

  hasLeg(caller: Pick<Caller, "name">): boolean {
    return this.#legs.has(caller.name)
  }

  /** A caller that will not be heard of again. */
  forget({ name }: Pick<Caller, "name">): void {
    this.#end(this.#legs.get(name))
  }

  /** Ends the legs whose time is over. */
  tend(): void {
    for (const leg of this.#legs.values()) if (leg.isOver) this.#end(leg)
  }

  stop(): void {
    clearInterval(this.#tending)
    for (const leg of this.#legs.values()) this.#end(leg)
  }

  #takeChannel({ name }: Caller, packet: Buffer): void {
    if (packet.length < 4) return
    const end = 4 + packet.readUInt16BE(2)
    if (end <= packet.length) this.#legs.get(name)?.carry(packet.subarray(4, end), packet.readUInt16BE(0))
  }

  #takeSend({ name }: Caller, message: StunMessage): void {
    const data = attributeOf(message, attributeTypes.data)
    if (data !== undefined && this.#judgePeers(message, "exact") === undefined) this.#legs.get(name)?.carry(data)
  }

  #takeRequest(caller: Caller, message: StunMessage): void {
    if (message.method === methods.binding) {
      if (this.#strangers.take(caller.endpoint.address)) this.#answer(caller, message, [mapped(caller, message)])
      return
    }
    const asked = this.#authenticate(caller, message)
    if (typeof asked === "number") {
      if (this.#strangers.take(caller.endpoint.address)) this.#challenge(caller, message, asked)
      return
    }
    const { key } = asked.by
    const unknown = message.attributes.map(([type]) => type).filter((type) => type < 0x8000 && !known.has(type))
    if (unknown.length > 0) return this.#refuse({ caller, message, code: 420, key, more: [unknownTypes(unknown)] })
    if (message.method === methods.allocate) return void this.#allocate(asked)
    this.#conclude(asked, this.#judge(asked))
  }

  /** Who asks, or why that is not known (RFC 8489 section 9.2.4). */
  #authenticate(caller: Caller, message: StunMessage): Asked | number {
    if (message.seal === undefined) return 401
    const [name, nonce] = [attributeOf(message, attributeTypes.username), attributeOf(message, attributeTypes.nonce)]
    if (name === undefined || nonce === undefined || attributeOf(message, attributeTypes.realm)?.toString() !== realm) return 400
    if (![0, 1].some((age) => this.#nonce(caller, age) === nonce.toString())) return 438
    const username = name.toString()
    const by = this.#credentials.find(username)
    return by !== undefined && isSealedBy(message, by.key) ? { caller, message, username, by } : 401
  }

  /** Good for one caller, for this span of time and the next. */
  #nonce({ name }: Caller, age: number): string {
    const slot = Math.floor(this.#now() / nonceSlotMs) - age
    return createHmac("sha256", this.#secret).update(`${slot} ${name}`).digest("base64url").slice(0, 22)
  }

  /** Everything but Allocate. Undefined: no method that a client may ask for. */
  #judge({ caller, message, username }: Asked): Outcome | undefined {
    const leg = this.#legs.get(caller.name)
    if (leg === undefined || leg.isOver) return 437
    if (leg.parts.username !== username) return 441
    switch (message.method) {
      case methods.refresh:
        return this.#refresh(leg, message)
      case methods.createPermission: {
        const refusal = this.#judgePeers(message, "address")
        if (refusal === undefined) leg.permit()
        return refusal ?? []
      }
      case methods.channelBind:
        return this.#bind(leg, message)
      default:
        return undefined
    }
  }

  #refresh(leg: Leg, message: StunMessage): Outcome {
    const asked = attributeOf(message, attributeTypes.lifetime)
    if (asked !== undefined && asked.length !== 4) return 400
    if (asked?.readUInt32BE(0) !== 0) {
      leg.renew()
      return [lifetime(lifetimes.leg)]
    }
    // Ended once the answer is out: a leg's end closes its stream.
    setImmediate(() => this.#end(leg))
    return [lifetime(0)]
  }

  #bind(leg: Leg, message: StunMessage): Outcome {
    const wanted = attributeOf(message, attributeTypes.channelNumber)
    const number = wanted?.length === 4 ? wanted.readUInt16BE(0) : 0
    if (number < 0x4000 || number > 0x4fff) return 400
    return this.#judgePeers(message, "exact") ?? (leg.bind(number) ? [] : 400)
  }

  /** Undefined: every peer named is the SFU. Permissions are for addresses, everything else is for an address and a port. */
  #judgePeers(message: StunMessage, how: "address" | "exact"): number | undefined {
    const named = message.attributes.filter(([type]) => type === attributeTypes.peerAddress)
    const peers = named.map(([, value]) => parseXorAddress(value, message.transaction))
    if (peers.length === 0 || peers.includes(undefined)) return 400
    if (peers.includes("other")) return 443
    const isSfu = (peer: Endpoint | "other" | undefined): boolean =>
      typeof peer === "object" && peer.address === this.#sfu.address && (how === "address" || peer.port === this.#sfu.port)
    return peers.every(isSfu) ? undefined : 403
  }

  async #allocate(asked: Asked): Promise<void> {
    const { caller, message, username, by } = asked
    if (this.#opening.has(caller.name)) return
    const there = this.#legs.get(caller.name)
    if (there?.isOver === true) this.#end(there)
    else if (there !== undefined)
      return this.#conclude(asked, there.parts.transaction.equals(message.transaction) ? opened(there, message) : 437)
    const refusal = this.#judgeAllocate(message, by.who)
    if (refusal !== undefined) return this.#conclude(asked, refusal)
    this.#opening.set(caller.name, by.who)
    try {
      const { transaction } = message
      const parts = { caller, username, who: by.who, transaction: Buffer.from(transaction), sfu: this.#sfu, now: this.#now }
      const leg = await Leg.open(parts)
      this.#legs.set(caller.name, leg)
      this.#credentials.opened(username)
      this.#conclude(asked, opened(leg, message))
    } catch {
      this.#conclude(asked, 508)
    } finally {
      this.#opening.delete(caller.name)
    }
  }

  /** Why there will be no leg. */
  #judgeAllocate(message: StunMessage, who: string): number | undefined {
    const transport = attributeOf(message, attributeTypes.transport)
    if (transport?.length !== 4) return 400
    if (transport[0] !== udpTransport) return 442
    const family = attributeOf(message, attributeTypes.addressFamily)
    if (family !== undefined && family[0] !== ipv4Family) return 440
    const holders = [...this.#opening.values(), ...Array.from(this.#legs.values(), ({ parts }) => parts.who)]
    if (holders.filter((one) => one === who).length >= mostOfOne) return 486
    return holders.length >= mostLegs ? 508 : undefined
  }

  #end(leg: Leg | undefined): void {
    if (leg === undefined || !this.#legs.delete(leg.parts.caller.name)) return
    this.#credentials.ended(leg.parts.username)
    leg.close()
  }

  #conclude({ caller, message, by: { key } }: Asked, outcome: Outcome | undefined): void {
    if (typeof outcome === "number") this.#refuse({ caller, message, code: outcome, key })
    else if (outcome !== undefined) this.#answer(caller, message, outcome, key)
  }

  #answer(caller: Caller, { method, transaction }: StunMessage, attributes: readonly Attribute[], key?: Buffer): void {
    caller.send(printStun({ class: "success", method, transaction, attributes }, key))
  }

  #challenge(caller: Caller, message: StunMessage, code: number): void {
    const nonce = Buffer.from(this.#nonce(caller, 0))
    this.#refuse({
      caller,
      message,
      code,
      more: [
        [attributeTypes.realm, Buffer.from(realm)],
        [attributeTypes.nonce, nonce],
      ],
    })
  }

  #refuse(about: {
    readonly caller: Caller
    readonly message: StunMessage
    readonly code: number
    readonly key?: Buffer
    readonly more?: readonly Attribute[]
  }): void {
    const { caller, code, key, more = [] } = about
    const { method, transaction } = about.message
    const error = Buffer.from([0, 0, Math.floor(code / 100), code % 100])
    caller.send(printStun({ class: "failure", method, transaction, attributes: [[attributeTypes.errorCode, error], ...more] }, key))
  }
}

const opened = (leg: Leg, message: StunMessage): readonly Attribute[] => [
  [attributeTypes.relayedAddress, printXorAddress(leg.relayed, message.transaction)],
  lifetime(lifetimes.leg),
  mapped(leg.parts.caller, message),
]

const mapped = ({ endpoint }: Caller, { transaction }: StunMessage): Attribute => [
  attributeTypes.mappedAddress,
  printXorAddress(endpoint, transaction),
]

function lifetime(seconds: number): Attribute {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(seconds, 0)
  return [attributeTypes.lifetime, value]
}

function unknownTypes(types: readonly number[]): Attribute {
  const value = Buffer.alloc(2 * types.length)
  types.forEach((type, at) => value.writeUInt16BE(type, 2 * at))
  return [attributeTypes.unknownAttributes, value]
}
