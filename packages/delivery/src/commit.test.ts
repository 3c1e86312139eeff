import fc from "fast-check"
import { expect, test } from "vitest"
import { times } from "./index.ts"
import { callId, callOfPeople, commitOf, Driver, epoch, member, privateMessage, seq } from "./driver.fixture.ts"

const call = callId(1)

/** Three members, epoch 1, one commit in the log, everybody has said that it holds. */
function settledCall(people = 3): Driver {
  const driver = callOfPeople(people)
  driver.pass(times.trial)
  for (let n = 1; n <= people; n++) driver.got.set(String(n), [])
  return driver
}

test("D9.2: the first commit of an epoch wins and everybody hears of it, its sender too", () => {
  const driver = settledCall()
  driver.say("2", commitOf(call, 1, { request: 7 }))
  expect(driver.types("2")).toEqual(["accepted", "entries"])
  for (const other of ["1", "3"])
    expect(driver.entries(other)).toMatchObject([{ type: "commit", seq: 2, epoch: 1, attempt: 0, from: member(2) }])
  expect(driver.room.now.call?.epoch).toBe(2)
})

test("D9.2: the second commit of an epoch is refused and changes nothing", () => {
  const driver = settledCall()
  driver.say("2", commitOf(call, 1))
  const before = driver.room.now
  driver.say("3", commitOf(call, 1, { request: 9 }))
  expect(driver.take("3").at(-1)).toEqual({ type: "refused", request: 9, code: "stale-epoch" })
  expect(driver.room.now).toEqual(before)
})

test("A1.06: no past commit is taken again at any later epoch", () => {
  const driver = settledCall()
  const past = []
  for (let n = 1; n <= 20; n++) {
    const commit = commitOf(call, n, { request: n })
    driver.say("1", commit)
    driver.verdict("2", n + 1, true)
    past.push(commit)
    for (const old of past) {
      driver.take("3")
      driver.say("3", old)
      expect(driver.take("3").map((told) => told.type === "refused" && told.code)).toEqual(["stale-epoch"])
    }
  }
})

test("A1.07: sequence numbers rise by one whatever order requests come in", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ who: fc.integer({ min: 1, max: 3 }), keep: fc.boolean(), commit: fc.boolean() }), { maxLength: 40 }),
      (says) => {
        const driver = settledCall()
        for (const { who, keep, commit } of says) {
          const at = driver.room.now.call?.epoch ?? 0
          if (commit) driver.say(String(who), commitOf(call, at))
          else driver.say(String(who), { type: "message", request: 1, epoch: epoch(at), keep, message: privateMessage(call, at, 1) })
        }
        const seqs = driver.entries("1").map((entry) => entry.seq)
        expect(seqs).toEqual(seqs.map((_, i) => i + 2))
      },
    ),
    { numRuns: 200 },
  )
})

const bad = {
  "garbage instead of MLS": { commit: new Uint8Array(40).fill(9) },
  "a PublicMessage (D7)": { commit: privateMessage(call, 1, 3).with(3, 1) },
  "a proposal": { commit: privateMessage(call, 1, 2) },
  "an application message": { commit: privateMessage(call, 1, 1) },
  "a commit of another group": { commit: privateMessage(callId(2), 1, 3) },
  "a header that names another epoch": { commit: privateMessage(call, 2, 3) },
  "trailing bytes": { commit: new Uint8Array([...privateMessage(call, 1, 3), 0]) },
  "a welcome without a tree": { welcomes: [{ member: member(9), welcome: new Uint8Array([1]) }] },
  "a tree without a welcome": { tree: new Uint8Array([1]) },
  "the same removal twice": { removes: [member(3), member(3)] },
  "the removal of its own sender": { removes: [member(2)] },
}
for (const [what, by] of Object.entries(bad)) {
  test(`D9.1: ${what} is refused as malformed and changes nothing`, () => {
    const driver = settledCall()
    const before = driver.room
    driver.say("2", commitOf(call, 1, { request: 4, ...by }))
    expect(driver.take("2")).toEqual([{ type: "refused", request: 4, code: "malformed" }])
    expect(driver.room).toEqual(before)
  })
}

test("D9.1: a commit cut anywhere is refused", () => {
  const driver = settledCall()
  const whole = privateMessage(call, 1, 3)
  for (let length = 1; length < whole.length; length++) driver.say("2", commitOf(call, 1, { commit: whole.slice(0, length) }))
  expect(new Set(driver.take("2").map((told) => told.type === "refused" && told.code))).toEqual(new Set(["malformed"]))
})

test("D9.4: only who waits in this call can be added", () => {
  const driver = settledCall()
  driver.hello("x")
  driver.say("1", commitOf(call, 1, { adds: [member(9)], request: 3 }))
  expect(driver.take("1")).toEqual([{ type: "refused", request: 3, code: "unexpected-message" }])
  driver.say("1", commitOf(call, 1, { adds: [member(2)], request: 4 }))
  expect(driver.take("1")).toEqual([{ type: "refused", request: 4, code: "unexpected-message" }])
})

test("A1.01: who is no member cannot commit", () => {
  const driver = settledCall()
  driver.knock("x", 9)
  driver.take("x")
  driver.say("x", commitOf(call, 1, { request: 3 }))
  driver.say("never seen", commitOf(call, 1, { request: 3 }))
  expect(driver.take("x")).toEqual([{ type: "refused", request: 3, code: "not-a-member" }])
  expect(driver.take("never seen")).toEqual([{ type: "refused", request: 3, code: "unexpected-message" }])
})

test("D9.15: a joiner gets its welcome and then the entries after it, never those before", () => {
  const driver = settledCall()
  driver.knock("9", 9)
  driver.take("9")
  driver.say("1", commitOf(call, 1, { adds: [member(9)] }))
  driver.verdict("2", 2, true)
  driver.say("2", commitOf(call, 2))
  const told = driver.take("9")
  expect(told.map((envelope) => envelope.type)).toEqual(["welcome", "entries"])
  expect(told[0]).toMatchObject({ seq: 2, epoch: 2 })
  expect(told[1]).toMatchObject({ entries: [{ seq: 3 }] })
})

test("D9.15: who is removed gets the entries up to its removal and then nothing", () => {
  const driver = settledCall()
  driver.say("1", commitOf(call, 1, { removes: [member(3)] }))
  driver.verdict("2", 2, true)
  driver.say("2", commitOf(call, 2))
  expect(driver.entries("3").map((entry) => entry.seq)).toEqual([2])
  driver.say("3", { type: "message", request: 5, epoch: epoch(2), keep: true, message: privateMessage(call, 2, 1) })
  expect(driver.take("3")).toEqual([{ type: "refused", request: 5, code: "not-a-member" }])
  expect(driver.outputs).toContainEqual({ do: "detach", call, members: [member(3)] })
  driver.resume("3 again", 3, 2)
  expect(driver.take("3 again").at(-1)).toEqual({ type: "problem", code: "not-a-member" })
})

test("D9.4: a commit that names a stranger among its removals still counts: the group may know it", () => {
  const driver = settledCall()
  driver.say("1", commitOf(call, 1, { removes: [member(77)] }))
  expect(driver.types("1")).toEqual(["accepted", "entries"])
})

test("D9.3: nothing is acknowledged or passed on before it is stored", () => {
  const driver = settledCall()
  driver.store = "hold"
  driver.say("2", commitOf(call, 1))
  driver.say("3", commitOf(call, 1, { request: 8 }))
  for (const n of ["1", "2", "3"]) expect(driver.take(n)).toEqual([])
  driver.store = "keep"
  driver.releaseStore()
  expect(driver.types("2")).toEqual(["accepted", "entries"])
  expect(driver.take("3").at(-1)).toMatchObject({ type: "refused", code: "stale-epoch" })
})

test("D9.3, A6.08: what could not be stored is refused by name, nothing is lost and the next try counts", () => {
  const driver = settledCall()
  const before = driver.room.now
  driver.store = "storage-failed"
  driver.say("2", commitOf(call, 1, { request: 6 }))
  expect(driver.take("2")).toEqual([{ type: "refused", request: 6, code: "storage-failed" }])
  expect(driver.room.now).toEqual(before)
  driver.store = "keep"
  driver.say("3", commitOf(call, 1, { request: 7 }))
  expect(driver.types("3")).toEqual(["accepted", "entries"])
})

test("A6.08: a void that cannot be stored is tried again, not forgotten and not repeated without end", () => {
  const driver = settledCall()
  driver.say("2", commitOf(call, 1))
  driver.store = "storage-failed"
  driver.pass(times.trial + 3 * times.storeRetry)
  expect(driver.outputs.filter((output) => output.do === "store").length).toBeLessThan(12)
  driver.store = "keep"
  driver.pass(2 * times.storeRetry)
  expect(driver.room.now.call).toMatchObject({ epoch: 1, attempt: 1 })
})

test("D9.3: the log holds what was acknowledged, nothing twice, after any restart", () => {
  const says = fc.array(fc.oneof(fc.constant("restart" as const), fc.record({ who: fc.integer({ min: 1, max: 3 }), keep: fc.boolean() })), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(says, (steps) => {
      const driver = settledCall()
      const acknowledged: number[] = []
      for (const one of steps) {
        if (one === "restart") {
          driver.restart()
          for (const n of [1, 2, 3]) driver.resume(String(n), n, driver.room.now.call?.head ?? 0)
          driver.pass(times.trial)
          continue
        }
        const at = driver.room.now.call?.epoch ?? 0
        const who = String(one.who)
        driver.take(who)
        if (one.keep) driver.say(who, { type: "message", request: 1, epoch: epoch(at), keep: true, message: privateMessage(call, at, 1) })
        else driver.say(who, commitOf(call, at))
        for (const told of driver.take(who)) {
          if (told.type === "accepted") acknowledged.push(told.seq)
        }
        driver.verdict(one.who === 1 ? "2" : "1", driver.room.now.call?.head ?? 0, true)
      }
      const kept = driver.journal.entries(call, seq(1), seq(1000)).map((entry) => entry.seq)
      expect(kept).toEqual(acknowledged)
    }),
    { numRuns: 200 },
  )
})
