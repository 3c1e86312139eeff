/** A machine in a test: feeds facts, answers the engine's orders as told, remembers what was ordered. */

import {
  idFrom,
  type CallId,
  type Entry,
  type Epoch,
  type Knock,
  type MemberEnvelope,
  type MemberId,
  type RoomId,
  type Seq,
  type ServerEnvelope,
} from "@conclave/wire"
import type { CallMessage, CommitEffect, GroupFact, GroupOrder, GroupView, Leaf, Person, PolicyView } from "./engine-port.ts"
import { idle, isSeated, type Fact, type In, type Output, type Session } from "./session.ts"
import { step } from "./step.ts"
import { callViewOf } from "./view.ts"

export const bytesOf = (n: number, length = 16) => new Uint8Array(length).fill(n)
export const memberOf = (n: number): MemberId => idFrom(bytesOf(n))
export const room: RoomId = idFrom(bytesOf(99))
export const theCall: CallId = idFrom(bytesOf(200))
export const leafOf = (n: number) => n as Leaf
const token = bytesOf(77, 32)

/** The rules of a room of members 0 and 1: everybody may come in. */
export const policyOf = (change: Partial<PolicyView> = {}): PolicyView => ({
  ...{ kind: "link", room, version: 1, hosts: ["device 0", "device 1"], coHosts: [], listeners: [], successors: [], joinAs: "member" },
  ...{ waitingRoom: false, isLocked: false, joinBeforeHost: true, share: "everyone", record: "nobody", minimumLevel: "guest" },
  ...{ issuers: [], secretVersion: 1, isSingleUse: false, hasPassword: false, canSign: true },
  ...change,
})

/** What a commit brought about, with nothing but a group. */
export const effectOf = (group: GroupView, change: Partial<CommitEffect> = {}): CommitEffect => ({
  ...{ group, people: [], removes: [], policyChanged: false },
  ...change,
})

/** The group in an epoch; member n is at leaf n. */
export const groupOf = (epoch: number, own: number, ...members: readonly number[]): GroupView => ({
  call: theCall,
  epoch: epoch as Epoch,
  own: leafOf(own),
  members: members.map((n) => ({ leaf: leafOf(n), member: memberOf(n) })),
  transcript: `transcript ${String(epoch)}`,
  words: ["one", "two"],
  digits: "12345",
  policy: policyOf(),
})

export const personOf = (n: number, device = n): Person => ({
  member: memberOf(n),
  name: `person ${String(n)}`,
  device: `device ${String(device)}`,
  since: n,
  level: "guest",
})

export const commitEntry = (seq: number, epoch: number, filling: number): Extract<Entry, { type: "commit" }> => ({
  ...{ type: "commit", seq: seq as Seq, epoch: epoch as Epoch, attempt: 0, from: memberOf(250), adds: [], removes: [] },
  commit: bytesOf(filling, 40),
})

export class Bench {
  session: Session = idle
  now = 1_000
  outputs: Output[] = []

  feed(fact: Fact): Output[] {
    const [next, ...outputs] = step(this.session, { ...fact, at: this.now })
    this.session = next
    this.outputs.push(...outputs)
    return outputs
  }

  hear(envelope: ServerEnvelope): Output[] {
    return this.feed({ type: "envelope-received", socket: this.session.socket.id, envelope })
  }

  entries(...entries: readonly Entry[]): Output[] {
    return this.hear({ type: "entries", entries: [...entries] })
  }

  answer(fact: GroupFact): Output[] {
    return this.feed({ type: "engine-answered", fact })
  }

  open(): Output[] {
    return this.feed({
      type: "socket-opened",
      socket: this.session.socket.id,
      chance: Uint8Array.from({ length: 32 }, (_, i) => (i < 16 ? 200 : 1)),
    })
  }

  /** Lets time pass, waking the machine whenever it asked for it. */
  pass(ms: number): Output[] {
    const end = this.now + ms
    const seen: Output[] = []
    for (let at = this.session.wakeAt; at !== undefined && at <= end; at = this.session.wakeAt) {
      this.now = Math.max(at, this.now)
      seen.push(...this.feed({ type: "clock" }), ...this.sealAll())
      if (this.session.wakeAt === at && this.now === at) break
    }
    this.now = end
    return seen
  }

  /** Answers sealing orders, which every heartbeat brings, and those that tell the standing. */
  sealAll(): Output[] {
    const seen: Output[] = []
    for (;;) {
      const order = this.session.engine.doing?.order
      if (order === "set-standing") seen.push(...this.answer({ type: "standing-set" }))
      if (this.session.engine.doing?.order !== "seal-message") {
        if (this.session.engine.doing?.order === "set-standing") continue
        return seen
      }
      const sealing = isSeated(this.session) ? this.session.stage.sealing : undefined
      const epoch = isSeated(this.session) ? this.session.stage.group.epoch : (0 as Epoch)
      seen.push(...this.answer({ type: "message-sealed", epoch, message: bytesOf(9, 20), keep: sealing?.keep ?? true }))
    }
  }

  /** Member n says something, verified. */
  speak(n: number, message: CallMessage): Output[] {
    this.hear({ type: "signal", epoch: this.in.group.epoch, from: memberOf(n), message: bytesOf(8, 20) })
    return this.answer({ type: "message-opened", from: leafOf(n), epoch: this.in.group.epoch, message })
  }

  /** The next entry is a commit of member `by`, and this is the group after it. Gives what the machine makes of that. */
  follow(group: GroupView, { by = 0, ...change }: Partial<CommitEffect> & { readonly by?: number } = {}): Output[] {
    const { nextSeq, group: before } = this.in
    this.entries(commitEntry(nextSeq, before.epoch, group.epoch))
    return this.answer({ type: "commit-processed", seq: nextSeq, by: leafOf(by), ...effectOf(group, change) })
  }

  beat(n: number): Output[] {
    const { epoch, transcript } = this.in.group
    return this.speak(n, { kind: "heartbeat", epoch, transcript, media, state: "" })
  }

  get in(): In {
    if (this.session.stage.phase !== "in") throw new Error(`not in the call: ${this.session.stage.phase}`)
    return this.session.stage
  }

  take(): Output[] {
    const taken = this.outputs
    this.outputs = []
    return taken
  }
}

export const saidOf = (outputs: readonly Output[]): MemberEnvelope[] =>
  outputs.flatMap((output) => (output.do === "send" ? [output.envelope] : []))
export const ordersOf = (outputs: readonly Output[]): GroupOrder[] =>
  outputs.flatMap((output) => (output.do === "engine" ? [output.order] : []))
const kinds = (outputs: readonly Output[]): string[] =>
  outputs.map((output) =>
    output.do === "send" ? `send ${output.envelope.type}` : output.do === "engine" ? `engine ${output.order.do}` : output.do,
  )

/** What was ordered, without wake-ups: `connect`, `send hello`, `engine found-group`. */
export const deedsOf = (outputs: readonly Output[]): string[] => kinds(outputs).filter((kind) => kind !== "wake")

const media = { microphone: true, camera: true, screen: false }

/** Somebody who wants in and has heard of the room. */
export function arriving(call?: CallId): Bench {
  const bench = new Bench()
  bench.feed({ type: "join-asked", room, access: token, media })
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), ...(call !== undefined && { call }) })
  return bench
}

/** Member 1 at leaf 1, in a call with the others, whose names it has not heard; epoch 5, entry 10; nothing under way. */
export function unintroduced(...others: readonly number[]): Bench {
  const bench = arriving(theCall)
  bench.answer({ type: "knock-made", member: memberOf(1), keyPackage: bytesOf(3), sealed: bytesOf(4), self: personOf(1) })
  bench.hear({ type: "knocking", call: theCall, session: token })
  bench.hear({ type: "welcome", call: theCall, seq: 10 as Seq, epoch: 5 as Epoch, welcome: bytesOf(6), tree: bytesOf(7) })
  bench.answer({ type: "group-joined", group: groupOf(5, 1, ...[1, ...others].sort((a, b) => a - b)), by: leafOf(others[0] ?? 0) })
  bench.sealAll()
  return bench
}

/** The same, and everybody is known by name. */
export function seated(...others: readonly number[]): Bench {
  const bench = unintroduced(...others)
  for (const n of others) bench.speak(n, { kind: "introduce", people: others.map((each) => personOf(each)) })
  // Whoever added us tells us who was here (D17.24).
  const [adder] = others
  if (adder !== undefined)
    bench.speak(adder, { kind: "standing", former: others.map((n) => personOf(n).device), blocked: [], isUsed: false })
  bench.sealAll()
  bench.take()
  return bench
}

/** The same, one epoch on and under these rules; device 1 is a host unless they say otherwise. */
export function seatedUnder(rules: Partial<PolicyView>, ...others: readonly number[]): Bench {
  const bench = seated(...others)
  const group = { ...groupOf(6, 1, ...[1, ...others].sort((a, b) => a - b)), policy: policyOf({ version: 2, ...rules }) }
  bench.follow(group, { by: others[0] ?? 0, policyChanged: true })
  bench.sealAll()
  bench.pass(1_000)
  bench.take()
  return bench
}

/** What the server passes on of member n at the door. */
export const knockOf = (n: number): Knock => ({ member: memberOf(n), keyPackage: bytesOf(n), sealed: bytesOf(n) })

/** Names of who waits for this member's decision. */
export function atDoorOf(bench: Bench): readonly string[] {
  const view = callViewOf(bench.session)
  return view.phase === "in" ? view.atDoor.map(({ person }) => person.name) : []
}
