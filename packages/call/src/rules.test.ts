import { expect, test } from "vitest"
import type { PolicyEdit, PolicyView } from "./engine-port.ts"
import {
  arriving,
  type Bench,
  bytesOf,
  commitEntry,
  deedsOf,
  effectOf,
  groupOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  policyOf,
  seated,
  theCall,
} from "./session.fixture.ts"
import { isSeated } from "./session.ts"
import { timings } from "./timings.ts"
import { traceLine } from "./trace.ts"
import { callViewOf, type InView } from "./view.ts"
import { goneLeaves } from "./watch.ts"

/** The rules change by a commit of somebody else. */
function rule(bench: Bench, change: Partial<PolicyView>): void {
  const { group } = bench.in
  const epoch = group.epoch + 1
  const policy = policyOf({ version: epoch, ...change })
  bench.follow({ ...group, epoch: epoch as never, transcript: `transcript ${String(epoch)}`, policy }, { policyChanged: true })
  bench.sealAll()
}

const viewOf = (bench: Bench): InView => {
  const view = callViewOf(bench.session)
  if (view.phase !== "in" && view.phase !== "reconnecting") throw new Error(`not in: ${view.phase}`)
  return view
}
const editsOf = (bench: Bench): PolicyEdit[] =>
  ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" && order.change.policy !== undefined ? [order.change.policy] : []))

test("D4.13: roles are the device's by the lists it stands in, else what joinAs says; nobody unknown has one", () => {
  const bench = seated(0, 2, 3)
  rule(bench, { hosts: ["device 1"], coHosts: ["device 2"], listeners: ["device 3"], joinAs: "listener" })
  expect(viewOf(bench).role).toBe("host")
  expect(viewOf(bench).members.map(({ role }) => role)).toEqual(["listener", "host", "co-host", "listener"])
  bench.follow({ ...groupOf(7, 1, 0, 1, 2, 3, 4), policy: bench.in.group.policy })
  expect(viewOf(bench).members.at(4)?.role).toBeUndefined()
})

test("D13.10: a listener sends nothing, tells it in its heartbeat, and that is no alarm", () => {
  const bench = seated(0)
  bench.beat(0)
  bench.take()
  rule(bench, { hosts: ["device 0"], listeners: ["device 1"] })
  bench.pass(1_100)
  const outputs = bench.take()
  expect(deedsOf(outputs)).toContain("pause-media")
  expect(viewOf(bench)).toMatchObject({ isPaused: false, alarm: undefined, role: "listener" })
  const beats = ordersOf(outputs).flatMap((order) =>
    order.do === "seal-message" && order.message.kind === "heartbeat" ? [order.message.media.microphone] : [],
  )
  expect(beats.at(-1)).toBe(false)
})

test("D8.13: a co-host removes whom it knows to be no host, a guest nobody", () => {
  const removals = (change: Partial<PolicyView>, leaf: number) => {
    const bench = seated(0, 2)
    rule(bench, change)
    bench.take()
    bench.feed({ type: "remove-asked", leaf: leafOf(leaf) })
    return ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? order.change.removes : []))
  }
  expect(removals({ hosts: ["device 0"], coHosts: ["device 1"] }, 2)).toEqual([{ leaf: 2, why: "removed" }])
  expect(removals({ hosts: ["device 0"], coHosts: ["device 1"] }, 0)).toEqual([])
  expect(removals({ hosts: ["device 0"] }, 2)).toEqual([])
})

test("D8.25: changes of the rules are committed one at a time, alone, about whom they were asked for", () => {
  const bench = seated(0, 2)
  bench.take()
  bench.feed({ type: "policy-asked", edit: { set: "isLocked", to: true } })
  bench.feed({ type: "policy-asked", edit: { role: "co-host", of: leafOf(2) } })
  expect(editsOf(bench)).toEqual([{ set: "isLocked", to: true }])
  bench.answer({ type: "order-failed", order: "build-commit", failure: "refused" })
  // Member 2 came back meanwhile, at another leaf.
  const group = {
    ...groupOf(6, 1, 0, 1, 2),
    members: groupOf(6, 1, 0, 1, 2).members.map((each) => ({ ...each, leaf: leafOf(each.leaf === 2 ? 5 : each.leaf) })),
  }
  bench.follow(group)
  bench.sealAll()
  bench.pass(3_000)
  expect(editsOf(bench)).toEqual([{ role: "co-host", of: leafOf(5) }])
})

test("D8.25: a change about somebody who has gone, or that is not ours to make any more, is dropped", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "policy-asked", edit: { set: "isLocked", to: true } })
  bench.answer({ type: "order-failed", order: "build-commit", failure: "refused" })
  bench.feed({ type: "policy-asked", edit: { set: "isLocked", to: true } })
  rule(bench, { hosts: ["device 0"], canSign: false })
  expect(bench.in.edits).toEqual([])
})

test("D5.1: a successor may take over when every leaf is known to be no host's, and nobody else", () => {
  const bench = seated(2, 3)
  rule(bench, { hosts: ["device 9"], successors: ["device 1"], canSign: false })
  expect(viewOf(bench)).toMatchObject({ canTakeOver: true, role: "member" })
  bench.take()
  bench.feed({ type: "policy-asked", edit: { takeOver: true } })
  bench.pass(1_000)
  expect(editsOf(bench)).toEqual([{ takeOver: true }])
  const held = seated(2, 3)
  rule(held, { hosts: ["device 2"], successors: ["device 1"], canSign: false })
  expect(viewOf(held).canTakeOver).toBe(false)
  held.feed({ type: "policy-asked", edit: { takeOver: true } })
  expect(held.in.edits).toEqual([])
})

test("D9.45: people are told which rules changed and by whom, and who tried what the rules forbid", () => {
  const bench = seated(0)
  rule(bench, { isLocked: true, topic: "plans" })
  expect(bench.session.notices).toContainEqual(
    expect.objectContaining({ kind: "policy", what: ["isLocked", "topic"], by: expect.objectContaining({ name: "person 0" }) as unknown }),
  )
  bench.entries(commitEntry(12, 6, 98))
  bench.answer({ type: "commit-refused", seq: 12, failure: "refused", by: leafOf(0), rule: "waiting-room" })
  expect(bench.session.notices.at(-1)).toMatchObject({ kind: "refused-commit", rule: "waiting-room", by: { name: "person 0" } })
})

test("D8.21: gone are those who said goodbye, were silent for two periods or spoke up just now; nobody else", () => {
  const bench = seated(0, 2, 3)
  const live = (ms: number, ...talking: readonly number[]) => {
    for (let spent = 0; spent < ms; spent += 5_000) {
      bench.pass(5_000)
      for (const n of talking) bench.beat(n)
    }
  }
  const gone = () => (isSeated(bench.session) ? goneLeaves(bench.session) : [])
  expect(gone()).toEqual([0, 2, 3])
  live(30_000, 0, 2, 3)
  expect(gone()).toEqual([])
  live(20_000, 0, 2)
  expect(gone()).toEqual([3])
  bench.beat(3)
  expect(gone()).toEqual([3])
  live(20_000, 0, 2, 3)
  expect(gone()).toEqual([])
  bench.speak(2, { kind: "leave" })
  expect(gone()).toEqual([2])
})

test("D11.23: whom somebody removed that may not comes back by itself", () => {
  const removedBy = (hosts: readonly string[]) => {
    const bench = seated(0)
    rule(bench, { hosts })
    bench.entries(commitEntry(12, 6, 98))
    bench.answer({ type: "removed-by-commit", seq: 12, by: leafOf(0), why: "removed" })
    return bench.session.stage.phase
  }
  expect(removedBy(["device 0"])).toBe("removed")
  expect(removedBy(["device 1"])).toBe("arriving")
})

test("D4.14, D4.16: who may not begin the call waits for one who may, and knocks when the server tells of it", () => {
  const bench = arriving()
  bench.answer({ type: "order-failed", order: "found-group", failure: "host-needed" })
  expect(callViewOf(bench.session)).toMatchObject({ phase: "waiting-for-host", since: 1_000 })
  bench.pass(timings.hostWait + 100)
  expect(bench.session.stage.phase).toBe("arriving")
  expect(callViewOf(bench.session)).toMatchObject({ phase: "waiting-for-host", since: 1_000 })
  bench.answer({ type: "group-wiped" })
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5) })
  bench.answer({ type: "order-failed", order: "found-group", failure: "host-needed" })
  bench.take()
  bench.hear({ type: "room", shelf: bytesOf(5), call: theCall })
  expect(deedsOf(bench.take())).toEqual(["engine make-knock"])
  expect(callViewOf(bench.session)).toMatchObject({ phase: "knocking", isWaiting: false })
})

test("D11.26: who waits for a person's word knocks anew every 45 s, for as long as it takes, and its screen stands still", () => {
  const bench = arriving(theCall)
  const self = { ...personOf(1), doorWords: ["one", "two"] }
  for (let n = 0; n < 20; n++) {
    bench.answer({ type: "knock-made", member: memberOf(1), keyPackage: bytesOf(3), sealed: bytesOf(4), self })
    bench.hear({ type: "knocking", call: theCall, session: bytesOf(77, 32) })
    bench.hear({ type: "waiting", call: theCall })
    const waits = { phase: "knocking", isWaiting: true, since: 1_000, doorWords: ["one", "two"] }
    expect(callViewOf(bench.session)).toMatchObject(waits)
    bench.pass(timings.knock + 10)
    expect(callViewOf(bench.session)).toMatchObject(waits)
    bench.answer({ type: "group-wiped" })
    bench.open()
    bench.hear({ type: "room", shelf: bytesOf(5), call: theCall })
  }
})

test("D11.27: who is turned away, blocked or has an old link is told, and nothing is tried again", () => {
  for (const code of ["turned-away", "blocked", "link-replaced"] as const) {
    const bench = arriving(theCall)
    bench.hear({ type: "problem", code })
    expect(bench.session.stage).toEqual({ phase: "failed", problem: code })
  }
})

test("D4.15, D17.29: a new link goes to the page at once and is in no state and no trace", () => {
  const bench = seated(0)
  bench.entries(commitEntry(11, 5, 99))
  const fact = { type: "commit-processed", seq: 11, by: leafOf(0), ...effectOf(groupOf(6, 1, 0, 1), { link: "the-secret" }) } as const
  const outputs = bench.answer(fact)
  expect(outputs).toContainEqual({ do: "use-link", link: "the-secret" })
  expect(JSON.stringify(bench.session)).not.toContain("the-secret")
  expect(traceLine({ type: "engine-answered", fact, at: 1 }, outputs)).not.toContain("the-secret")
  bench.feed({ type: "access-changed", access: bytesOf(9, 32) })
  expect(bench.session.wish?.access).toEqual(bytesOf(9, 32))
})

test("D3.12: a member that comes back on a new socket says who it is, so that an old link opens for it", () => {
  const bench = seated(0)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.pass(600)
  expect(bench.open()).toContainEqual({ do: "send", envelope: expect.objectContaining({ type: "hello", member: memberOf(1) }) as unknown })
})

test("D8.22: a removal of a silent one is not sent again after a reconnect, where others may have heard it meanwhile", () => {
  const bench = seated(0, 2)
  for (let spent = 0; spent < 31_000; spent += 5_000) {
    bench.pass(5_000)
    bench.beat(0)
  }
  expect(bench.in.pending).toMatchObject({ stage: "building", change: { removes: [{ leaf: 2, why: "silent" }] } })
  bench.answer({ type: "commit-built", bundle: { epoch: 5 as never, commit: bytesOf(42, 40), welcomes: [], removes: [] } })
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.pass(600)
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call: bench.in.call })
  bench.take()
  bench.hear({ type: "resumed", call: bench.in.call, seq: 10 as never })
  bench.sealAll()
  const deeds = deedsOf(bench.take())
  expect(deeds).toContain("engine clear-commit")
  expect(deeds).not.toContain("send commit")
})
