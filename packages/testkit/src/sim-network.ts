/**
 * Sockets on a bad network: each is ordered and reliable until it drops; then both ends learn of it, each in its own
 * time, and what was under way is lost. Different sockets overtake each other as they like.
 */

import { parseMemberEnvelope, parseServerEnvelope, printEnvelope, type MemberEnvelope, type ServerEnvelope } from "@conclave/wire"
import type { Chance } from "./chance.ts"
import type { Timeline } from "./timeline.ts"

/** How bad it is. Times in ms. */
export interface Weather {
  /** Delay of one message: at least, at most. */
  delay: readonly [number, number]
  /** Share of messages after which the socket drops. */
  drops: number
}

export interface End<Incoming> {
  opened?(): void
  heard(envelope: Incoming): void
  closed(): void
}

export interface Wire {
  readonly id: string
  toServer(envelope: MemberEnvelope): void
  toMember(envelope: ServerEnvelope): void
  /** Closes in order, after what was said before. */
  close(by: "member" | "server"): void
  /** Breaks at once. */
  drop(): void
}

interface Parts {
  readonly time: Timeline
  readonly chance: Chance
  readonly weather: Weather
  /** Prints and parses every envelope as on a real socket, which costs time. */
  readonly isPrinted: boolean
}

let wires = 0

/** A new socket between a member and a server. */
export function wireBetween(parts: Parts, member: End<ServerEnvelope>, server: End<MemberEnvelope>): Wire {
  const { time, chance, weather } = parts
  let isBroken = false
  const last = { up: 0, down: 0 }
  const after = (way: "up" | "down"): number => {
    last[way] = Math.max(last[way], time.now + chance.between(...weather.delay))
    return last[way] - time.now
  }
  const ends = { member: false, server: false }
  const end = (which: "member" | "server"): void => {
    if (ends[which]) return
    ends[which] = true
    if (which === "member") member.closed()
    else server.closed()
  }
  const drop = (): void => {
    if (isBroken) return
    isBroken = true
    time.plan(chance.between(0, 300), () => end("member"))
    time.plan(chance.between(0, 3000), () => end("server"))
  }
  const carry = (way: "up" | "down", deliver: () => void): void => {
    if (isBroken) return
    if (chance.happens(weather.drops)) return drop()
    time.plan(after(way), () => {
      if (!isBroken && !ends[way === "up" ? "server" : "member"]) deliver()
    })
  }
  return {
    id: `wire ${String(++wires)}`,
    toServer(envelope) {
      const sent = parts.isPrinted ? passed(parseMemberEnvelope(printEnvelope(envelope))) : envelope
      if (!ends.member) carry("up", () => server.heard(sent))
    },
    toMember(envelope) {
      const sent = parts.isPrinted ? passed(parseServerEnvelope(printEnvelope(envelope))) : envelope
      if (!ends.server) carry("down", () => member.heard(sent))
    },
    close(by) {
      if (ends[by]) return
      ends[by] = true
      const other = by === "member" ? "server" : "member"
      if (!isBroken) time.plan(after(by === "member" ? "up" : "down"), () => end(other))
    },
    drop,
  }
}

function passed<T>(read: T | string): T {
  if (typeof read === "string") throw new Error(`a machine said something the wire refuses: ${read}`)
  return read
}
