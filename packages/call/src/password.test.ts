import { expect, test } from "vitest"
import type { PolicyView } from "./engine-port.ts"
import {
  arriving,
  atDoorOf,
  type Bench,
  bytesOf,
  deedsOf,
  groupOf,
  knockOf,
  memberOf,
  ordersOf,
  personOf,
  policyOf,
  saidOf,
  seated,
  seatedUnder,
  theCall,
} from "./session.fixture.ts"
import { timings } from "./timings.ts"
import { callViewOf } from "./view.ts"

const guest = { hosts: ["device 0"] }

const password = (version: number): Partial<PolicyView> => ({ version, hasPassword: true, passwordVersion: version })

/** Member 1 among others under a password. */
const under = (rules: Partial<PolicyView>, ...others: readonly number[]): Bench => seatedUnder({ ...password(2), ...rules }, ...others)

/** Somebody knocks, having begun with this version of the password. */
function knock(bench: Bench, n: number, { password = 2, device = n }: { password?: number | undefined; device?: number } = {}): void {
  bench.hear({ type: "nominated", knocks: [knockOf(n)] })
  bench.answer({ type: "knock-read", member: memberOf(n), person: { ...personOf(n, device), since: n * 1_000 }, password })
  bench.sealAll()
}

/** We answer it; its answer to ours is on the way. */
function answer(bench: Bench, n: number): void {
  bench.answer({ type: "door-answered", member: memberOf(n), box: bytesOf(n) })
  bench.sealAll()
}

const guess = (bench: Bench, n: number): void => {
  bench.speak(0, { kind: "guess", device: `device ${String(n)}` })
  bench.sealAll()
}

const doorsOf = (bench: Bench): string[] => deedsOf(bench.take()).filter((deed) => deed.includes("door") || deed.includes("build"))

test("D18.6: a knock is answered, and committed only once its answer to ours was right", () => {
  const bench = under(guest, 0, 2)
  knock(bench, 7)
  expect(doorsOf(bench)).toEqual(["engine answer-door"])
  answer(bench, 7)
  expect(saidOf(bench.take()).filter(({ type }) => type === "door")).toEqual([{ type: "door", member: memberOf(7), box: bytesOf(7) }])
  bench.pass(2_000)
  expect(doorsOf(bench)).toEqual([])
  bench.hear({ type: "door", member: memberOf(7), box: bytesOf(8) })
  expect(ordersOf(bench.take())).toEqual([{ do: "hear-door", member: memberOf(7), box: bytesOf(8) }])
  bench.answer({ type: "door-heard", member: memberOf(7), isProved: true })
  bench.sealAll()
  expect(ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? order.change.adds : []))).toEqual([memberOf(7)])
})

test("D18.6: a box that proves nothing changes nothing, and nobody is answered for it twice", () => {
  const bench = under(guest, 0)
  knock(bench, 7)
  answer(bench, 7)
  bench.take()
  bench.hear({ type: "door", member: memberOf(8), box: bytesOf(8) })
  bench.hear({ type: "door", box: bytesOf(8) })
  expect(doorsOf(bench)).toEqual([])
  bench.hear({ type: "door", member: memberOf(7), box: bytesOf(8) })
  bench.answer({ type: "door-heard", member: memberOf(7), isProved: false })
  bench.hear({ type: "nominated", knocks: [knockOf(7)] })
  bench.sealAll()
  expect(doorsOf(bench)).toEqual(["engine hear-door"])
})

test("D18.6: a knock that began with no password, or with an older one, is not answered", () => {
  for (const password of [undefined, 1]) {
    const bench = under({}, 0)
    bench.hear({ type: "nominated", knocks: [knockOf(7)] })
    bench.answer({ type: "knock-read", member: memberOf(7), person: personOf(7), ...(password !== undefined && { password }) })
    bench.sealAll()
    bench.pass(5_000)
    expect(doorsOf(bench)).toEqual([])
  }
})

test("D18.6: who was here proves the password as well", () => {
  const bench = under(guest, 0, 2)
  knock(bench, 7, { device: 2 })
  expect(doorsOf(bench)).toEqual(["engine answer-door"])
})

test("D18.7: what was answered and not proved in time is a guess, told to the others and counted once", () => {
  const bench = under(guest, 0)
  knock(bench, 7)
  answer(bench, 7)
  bench.take()
  bench.pass(timings.guess + 100)
  const told = ordersOf(bench.take()).flatMap((order) => (order.do === "seal-message" && order.message.kind === "guess" ? order : []))
  expect(told).toMatchObject([{ message: { device: "device 7" }, keep: true }])
  expect(bench.in.standing.guesses).toEqual(["device 7"])
  bench.pass(timings.guess)
  expect(bench.in.standing.guesses).toHaveLength(1)
})

test("D18.7: whoever knocks anew could not prove the knock before", () => {
  const bench = under(guest, 0)
  knock(bench, 7)
  answer(bench, 7)
  knock(bench, 8, { device: 7 })
  expect(bench.in.standing.guesses).toEqual(["device 7"])
})

test("D18.7: no more runs are open at once than guesses are left", () => {
  const bench = under(guest, 0)
  for (const n of [2, 3, 4]) guess(bench, n)
  for (const n of [10, 11, 12]) {
    knock(bench, n)
    if (bench.session.engine.doing?.order === "answer-door") answer(bench, n)
  }
  expect(bench.in.candidates.map(({ proof }) => proof)).toEqual(["open", "open", "none"])
})

test("D18.7: after five guesses a guest leaves newcomers to a host, who is told and answers by hand, for one try", () => {
  const bench = under(guest, 0)
  const host = under({}, 0)
  for (const n of [2, 3, 4, 5, 6]) for (const one of [bench, host]) guess(one, n)
  for (const one of [bench, host]) knock(one, 7)
  expect(saidOf(bench.take()).filter(({ type }) => type === "defer")).toHaveLength(1)
  expect(bench.session.notices.filter(({ kind }) => kind === "guesses")).toHaveLength(0)
  expect(host.session.notices.filter(({ kind }) => kind === "guesses")).toHaveLength(1)
  expect(atDoorOf(host)).toEqual(["person 7"])
  host.take()
  host.feed({ type: "admit-asked", members: "all" })
  host.sealAll()
  expect(doorsOf(host)).toEqual(["engine answer-door"])
  answer(host, 7)
  knock(host, 8, { device: 7 })
  expect(host.in.admitted).toEqual([])
  expect(atDoorOf(host)).toEqual(["person 8"])
})

test("D18.7: who was here comes back after five guesses of others, and waits after five of its own", () => {
  const bench = under(guest, 0, 2)
  for (const n of [3, 4, 5, 6, 7]) guess(bench, n)
  knock(bench, 20, { device: 2 })
  expect(doorsOf(bench)).toContain("engine answer-door")
  const own = under(guest, 0, 2)
  for (let n = 0; n < 5; n++) guess(own, 2)
  knock(own, 20, { device: 2 })
  expect(doorsOf(own)).not.toContain("engine answer-door")
})

test("D18.7: a new password forgets the guesses; without one there are none", () => {
  const bench = under(guest, 0)
  guess(bench, 3)
  bench.follow({ ...groupOf(7, 1, 0, 1), policy: policyOf({ ...password(3), ...guest }) }, { policyChanged: true })
  expect(bench.in.standing.guesses).toEqual([])
  const open = seated(0)
  guess(open, 3)
  expect(open.in.standing.guesses).toEqual([])
})

test("D18.8: at the door the machine asks for the password, waits without a socket, and knocks when it was typed", () => {
  const bench = arriving(theCall)
  bench.answer({ type: "order-failed", order: "make-knock", failure: "password-needed" })
  expect(callViewOf(bench.session)).toEqual({ phase: "asking-password", isWrong: false })
  bench.answer({ type: "group-wiped" })
  bench.pass(600_000)
  expect(callViewOf(bench.session)).toEqual({ phase: "asking-password", isWrong: false })
  bench.take()
  bench.feed({ type: "password-given" })
  expect(deedsOf(bench.take())).toEqual(["connect"])
})

test("D18.8: a wrong password is asked for again, a right one is answered; neither is a failed try", () => {
  const bench = arriving(theCall)
  bench.answer({ type: "knock-made", member: memberOf(1), keyPackage: bytesOf(3), sealed: bytesOf(4), self: personOf(1) })
  bench.hear({ type: "knocking", call: theCall, session: bytesOf(32) })
  bench.take()
  bench.hear({ type: "door", box: bytesOf(5) })
  expect(ordersOf(bench.take())).toEqual([{ do: "check-door", box: bytesOf(5) }])
  bench.answer({ type: "order-failed", order: "check-door", failure: "refused" })
  expect(bench.session.stage.phase).toBe("knocking")
  bench.hear({ type: "door", box: bytesOf(6) })
  bench.answer({ type: "door-checked", box: bytesOf(7) })
  expect(saidOf(bench.take())).toEqual([{ type: "door", box: bytesOf(7) }])
  bench.hear({ type: "door", box: bytesOf(6) })
  bench.answer({ type: "password-wrong", wasTyped: true })
  expect(callViewOf(bench.session)).toEqual({ phase: "asking-password", isWrong: true })
  expect(bench.session.tries).toBe(0)
})
