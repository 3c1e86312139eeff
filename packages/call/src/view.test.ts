import { expect, test } from "vitest"
import { arriving, Bench, bytesOf, effectOf, leafOf, memberOf, personOf, room, seated, theCall } from "./session.fixture.ts"
import { callViewOf, type InView } from "./view.ts"

const inView = (bench: Bench): InView => {
  const view = callViewOf(bench.session, bench.now)
  if (view.phase !== "in" && view.phase !== "reconnecting") throw new Error(`not in: ${view.phase}`)
  return view
}

test("every phase has a view", () => {
  const bench = new Bench()
  expect(callViewOf(bench.session)).toEqual({ phase: "idle" })
  bench.feed({ type: "join-asked", room, access: bytesOf(1, 32), media: bench.session.media })
  expect(callViewOf(bench.session)).toMatchObject({ phase: "connecting", tries: 0 })
  expect(callViewOf(arriving(theCall).session)).toMatchObject({ phase: "knocking", since: 1_000 })
  expect(callViewOf(seated(0).session)).toMatchObject({ phase: "in", epoch: 5, own: 1, words: ["one", "two"], isPaused: false })
})

test("D34: members are those of the group, each under the name its bundle proved, or under none", () => {
  const bench = seated(0)
  bench.entries({
    ...{ type: "commit", seq: 11, epoch: 5, attempt: 0, from: memberOf(0), adds: [], removes: [] },
    commit: bytesOf(99, 40),
  } as never)
  const group = {
    ...bench.in.group,
    epoch: 6 as never,
    members: [...bench.in.group.members, { leaf: leafOf(2), member: memberOf(2) }],
  }
  bench.answer({ type: "commit-processed", seq: 11, by: leafOf(0), ...effectOf(group) })
  bench.sealAll()
  expect(inView(bench).members.map(({ leaf, isSelf, person }) => [leaf, isSelf, person?.name])).toEqual([
    [0, false, "person 0"],
    [1, true, "person 1"],
    [2, false, undefined],
  ])
  bench.speak(0, { kind: "introduce", people: [personOf(2)] })
  expect(inView(bench).members.at(2)?.person?.name).toBe("person 2")
})

test("D11.24: news of a newcomer waits for its name; a reload is somebody who came back, not one removed and one come", () => {
  const bench = seated(0, 2)
  const before = bench.session.noticed
  bench.entries({
    ...{ type: "commit", seq: 11, epoch: 5, attempt: 0, from: memberOf(0), adds: [], removes: [] },
    commit: bytesOf(99, 40),
  } as never)
  const members = bench.in.group.members.map((each) => (each.leaf === 2 ? { leaf: leafOf(2), member: memberOf(7) } : each))
  bench.answer({
    type: "commit-processed",
    seq: 11,
    by: leafOf(0),
    ...effectOf(
      { ...bench.in.group, epoch: 6 as never, members },
      { removes: [{ leaf: leafOf(2), member: memberOf(2), why: "returned" }] },
    ),
  })
  bench.sealAll()
  expect(bench.session.notices.filter(({ number }) => number > before)).toMatchObject([{ kind: "keys", epoch: 6 }])
  bench.speak(0, { kind: "introduce", people: [personOf(7, 2)] })
  expect(bench.session.notices.filter(({ number }) => number > before)).toMatchObject([
    { kind: "keys" },
    { kind: "returned", member: memberOf(7) },
  ])
})

test("A1.03, D17.23: a name from a knock that somebody else committed is not believed before it is proved at the leaf", () => {
  const bench = seated(0)
  bench.hear({ type: "nominated", knocks: [{ member: memberOf(7), keyPackage: bytesOf(7), sealed: bytesOf(7) }] })
  bench.entries({
    ...{ type: "commit", seq: 11, epoch: 5, attempt: 0, from: memberOf(0), adds: [], removes: [] },
    commit: bytesOf(99, 40),
  } as never)
  bench.answer({ type: "knock-read", member: memberOf(7), person: personOf(7) })
  const members = [...bench.in.group.members, { leaf: leafOf(2), member: memberOf(7) }]
  bench.answer({ type: "commit-processed", seq: 11, by: leafOf(0), ...effectOf({ ...bench.in.group, epoch: 6 as never, members }) })
  expect(inView(bench).members.at(2)?.person).toBeUndefined()
})

test("D13: a lost socket shows since when, and when the next try is due", () => {
  const bench = seated(0)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  expect(inView(bench)).toMatchObject({ phase: "reconnecting", away: { since: bench.now, nextTryAt: bench.now + 500 } })
})

test("D13.8: who is not heard for two heartbeats is shown as quiet, and the window in force is shown", () => {
  const bench = seated(0)
  bench.beat(0)
  bench.now += 4_000
  bench.beat(0)
  expect(inView(bench).members[0]).toMatchObject({ isQuiet: false, media: { microphone: true } })
  bench.pass(21_000)
  expect(inView(bench)).toMatchObject({ silenceWindow: 30_000 })
  expect(inView(bench).members[0]?.isQuiet).toBe(true)
})
