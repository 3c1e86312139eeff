import fc from "fast-check"
import { expect, test } from "vitest"
import type { MemberId } from "@conclave/wire"
import { times, type Told } from "./index.ts"
import { callId, commitOf, Driver, epoch, member, privateMessage, seq } from "./driver.fixture.ts"

/** One thing that somebody does, or that happens. `n` and `m` choose whom it concerns. */
const deed = fc.record({
  what: fc.oneof(
    {
      weight: 20,
      arbitrary: fc.constantFrom("knock", "commit", "add", "add", "remove", "verdict", "verdict", "verdict", "message", "wait", "defer"),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom("found", "resume", "resume", "close", "bye", "restart", "break-store", "turn-away", "change-room"),
    },
  ),
  n: fc.nat(5),
  m: fc.nat(5),
  yes: fc.boolean(),
})
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

/** People with sockets of their own; each join takes a new pseudonym. */
class Walk {
  readonly driver = new Driver()
  /** Person → pseudonym and socket of the moment. */
  private readonly who = new Map<number, { name: number; socket: string; seen: number }>()
  private readonly next = new Map<string, number>()
  private made = 0
  private calls = 0

  do({ what, n, m, yes }: Deed): void {
    const { driver } = this
    const me = this.who.get(n)
    const call = driver.room.now.call
    const isIn = me !== undefined && call?.members.has(member(me.name)) === true
    switch (what) {
      case "found":
        if (call !== undefined) return
        this.who.set(n, this.fresh())
        return driver.found(this.socketOf(n), this.nameOf(n), ++this.calls)
      case "knock":
        if (isIn && m > 0) return
        this.who.set(n, this.fresh())
        return driver.knock(this.socketOf(n), this.nameOf(n), this.calls)
      case "resume":
        if (me === undefined) return
        me.socket = `s${++this.made}`
        this.next.set(me.socket, me.seen + 1)
        return driver.resume(me.socket, me.name, me.seen, this.calls)
      case "close":
        return me && driver.close(me.socket)
      case "bye":
        return me && void driver.say(me.socket, { type: "bye" })
      case "verdict":
        return me && driver.verdict(me.socket, call?.trials.at(-1)?.seq ?? call?.head ?? 0, yes)
      case "message": {
        const at = epoch(call?.epoch ?? 0)
        return (
          me &&
          void driver.say(me.socket, {
            type: "message",
            request: 1,
            epoch: at,
            keep: yes,
            message: privateMessage(callId(this.calls), at, 1),
          })
        )
      }
      case "commit":
      case "add":
      case "remove":
        return me && void driver.say(me.socket, this.commit(what, m))
      case "wait":
        return driver.pass([50, times.batch, times.nominee, times.trial, times.empty, 5][n] ?? 0)
      case "restart":
        driver.restart()
        return this.next.clear()
      case "defer":
      case "turn-away": {
        const members = [...(call?.waiting.keys() ?? [])].slice(0, 1 + m)
        return me && void driver.say(me.socket, what === "defer" ? { type: what, members } : { type: what, members, isBlocked: yes })
      }
      case "change-room": {
        const { version, replaced } = driver.room.now
        // The link is another for as long as it takes; so that people can go on coming, it is then the old one again.
        driver.changeRoom({ version: version + 1, accessHash: yes ? "access" : "another", replaced })
        return driver.changeRoom({ version: version + 2, accessHash: "access", replaced: [] })
      }
      case "break-store":
        driver.store = yes ? "keep" : "storage-failed"
    }
  }

  private commit(what: "commit" | "add" | "remove", m: number) {
    const call = this.driver.room.now.call
    const adds: MemberId[] = what === "add" ? [...(call?.waiting.keys() ?? [])].slice(0, 1 + m) : []
    const removes = what === "remove" ? [member(this.nameOf(m))] : []
    return commitOf(callId(this.calls), call?.epoch ?? 0, { adds, removes })
  }

  private fresh = () => ({ name: ++this.made % 190, socket: `s${this.made}`, seen: 0 })
  private nameOf = (n: number) => this.who.get(n)?.name ?? 0
  private socketOf = (n: number) => this.who.get(n)?.socket ?? "nobody"

  /** What a socket was told forms one log without holes from where it began. */
  check(): void {
    for (const [socket, told] of this.driver.got) {
      for (const envelope of told) this.follow(socket, envelope)
      this.driver.got.set(socket, [])
    }
    this.compareWithJournal()
  }

  private follow(socket: string, told: Told): void {
    if (told.type === "founded") this.next.set(socket, 1)
    if (told.type === "welcome") this.next.set(socket, told.seq + 1)
    if (told.type !== "entries") return
    for (const entry of told.entries) {
      expect(entry.seq, `${socket} has a hole`).toBe(this.next.get(socket))
      this.next.set(socket, entry.seq + 1)
    }
    const me = [...this.who.values()].find((one) => one.socket === socket)
    if (me !== undefined) me.seen = (this.next.get(socket) ?? 1) - 1
  }

  private compareWithJournal(): void {
    const { call } = this.driver.room.now
    const saved = this.driver.journal.load().call
    expect(call && { id: call.id, epoch: call.epoch, attempt: call.attempt, head: call.head }).toEqual(
      saved && { id: saved.id, epoch: saved.epoch, attempt: saved.attempt, head: saved.head },
    )
    const { version, accessHash } = this.driver.room.now
    expect(this.driver.journal.load()).toMatchObject({ version, accessHash })
    if (call === undefined) return
    for (const { connection, goneAt } of call.waiting.values())
      expect(goneAt !== undefined || this.driver.room.now.connections.has(connection), "a knock of nobody").toBe(true)
    expect([...call.members.keys()].sort()).toEqual(saved?.members.map((one) => one.member).sort())
    expect(call.trials.slice(0, -1).every((trial) => trial.isConfirmed)).toBe(true)
    const commits = this.driver.journal
      .entries(call.id, seq(0), seq(9999))
      .flatMap((entry) => (entry.type === "commit" ? `${entry.epoch} ${entry.attempt}` : []))
    expect(new Set(commits).size).toBe(commits.length)
  }
}

/** Four people in a call, so that there are judges from the start. */
const meeting: Deed[] = [
  { what: "found", n: 0, m: 0, yes: true },
  ...[1, 2, 3].map((n) => ({ what: "knock" as const, n, m: 0, yes: true })),
  { what: "add", n: 0, m: 5, yes: true },
  { what: "wait", n: 3, m: 0, yes: true },
]

test("D9: whatever happens, each socket gets one log without holes and the room is what the store would give back", () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 10, maxLength: 120 }), (deeds) => {
      const walk = new Walk()
      for (const one of [...meeting, ...deeds]) {
        walk.do(one)
        walk.check()
      }
      // Nobody waits for ever: when all is quiet and the store works, no knock and no trial is left.
      walk.driver.store = "keep"
      walk.driver.pass(times.knock + times.trial + times.storeRetry)
      walk.check()
      expect(walk.driver.room.now.call?.waiting.size ?? 0).toBe(0)
      expect(walk.driver.room.now.call?.trials.filter((trial) => trial.deadline !== undefined) ?? []).toEqual([])
    }),
    { numRuns: 500 },
  )
})
