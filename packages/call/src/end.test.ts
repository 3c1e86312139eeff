import { expect, test } from "vitest"
import type { Epoch } from "@conclave/wire"
import type { CommitBundle } from "./engine-port.ts"
import {
  bytesOf,
  commitEntry,
  deedsOf,
  effectOf,
  groupOf,
  knockOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  seated,
  seatedUnder,
  type Bench,
} from "./session.fixture.ts"
import { callViewOf } from "./view.ts"

const bundle = (epoch: number): CommitBundle => ({
  ...{ epoch: epoch as Epoch, commit: bytesOf(42, 40), welcomes: [], removes: [memberOf(0), memberOf(2)] },
})
const built = (bench: Bench) => ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? [order.change] : []))
const gone = (...leaves: readonly number[]) => leaves.map((leaf) => ({ leaf: leafOf(leaf), why: "ended" }))

test("D8.30: a host ends the call by one commit that removes all others, then says goodbye and is out", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "end-asked" })
  expect(built(bench)).toEqual([{ adds: [], removes: gone(0, 2) }])
  bench.answer({ type: "commit-built", bundle: bundle(5) })
  bench.entries(commitEntry(11, 5, 42))
  bench.take()
  bench.answer({ type: "commit-merged", ...effectOf(groupOf(6, 1, 1)) })
  expect(deedsOf(bench.take())).toEqual(["send verdict", "send bye", "stop-media", "engine wipe-group", "disconnect"])
  expect(callViewOf(bench.session)).toEqual({ phase: "ended", reason: "left" })
  expect(bench.session.wish).toBeUndefined()
})

test("D8.30: when another commit has the epoch, whoever is there by then goes with the next", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "end-asked" })
  bench.answer({ type: "commit-built", bundle: bundle(5) })
  bench.entries(commitEntry(11, 5, 7))
  bench.answer({ type: "commit-cleared" })
  bench.take()
  bench.answer({
    type: "commit-processed",
    seq: 11,
    by: leafOf(0),
    ...effectOf(groupOf(6, 1, 0, 1, 2, 3), { people: [personOf(3)] }),
  })
  bench.sealAll()
  expect(built(bench)).toEqual([{ adds: [], removes: gone(0, 2, 3) }])
})

test("D8.30: nobody is let in any more while the call is being ended", () => {
  const bench = seated(0, 2)
  bench.hear({ type: "nominated", knocks: [knockOf(7)] })
  bench.feed({ type: "end-asked" })
  bench.answer({ type: "knock-read", member: memberOf(7), person: personOf(7) })
  expect(built(bench)).toEqual([{ adds: [], removes: gone(0, 2) }])
})

test("D8.30: with nobody else there a host just leaves, and nobody but a host is heeded", () => {
  const alone = seated()
  alone.feed({ type: "end-asked" })
  expect(alone.session.stage).toEqual({ phase: "ended", reason: "left" })
  for (const rules of [{ hosts: ["device 0"], coHosts: ["device 1"] }, { hosts: ["device 0"] }]) {
    const bench = seatedUnder(rules, 0, 2)
    bench.feed({ type: "end-asked" })
    expect(built(bench)).toEqual([])
    expect(bench.in.isEnding).toBe(false)
  }
  const former = seated(0, 2)
  former.hear({ type: "entries", entries: [commitEntry(11, 5, 7)] })
  former.feed({ type: "end-asked" })
  const group = { ...groupOf(6, 1, 0, 1, 2), policy: { ...former.in.group.policy, hosts: ["device 0"], canSign: false } }
  former.answer({ type: "commit-processed", seq: 11, by: leafOf(0), ...effectOf(group, { policyChanged: true }) })
  former.sealAll()
  former.pass(2_000)
  expect(built(former)).toEqual([])
})

test("D8.30: whoever is removed so is shown by whom, and tries nothing again", () => {
  const bench = seated(0, 2)
  bench.entries(commitEntry(11, 5, 7))
  bench.answer({ type: "removed-by-commit", seq: 11, by: leafOf(0), why: "ended" })
  expect(callViewOf(bench.session)).toEqual({ phase: "ended", reason: "ended-by-host", by: personOf(0) })
  expect(bench.session.wish).toBeUndefined()
  bench.take()
  bench.pass(60_000)
  expect(deedsOf(bench.take())).toEqual([])
})

test("D8.32: whom somebody removed so who may not is told who it was, and comes back by itself", () => {
  const bench = seated(0, 2)
  bench.entries(commitEntry(11, 5, 7))
  bench.take()
  bench.answer({ type: "removed-by-commit", seq: 11, by: leafOf(2), why: "ended", rule: "may-not-end" })
  expect(deedsOf(bench.take())).toEqual(["send bye", "stop-media", "engine wipe-group", "connect"])
  expect(bench.session.notices.at(-1)).toMatchObject({ kind: "refused-commit", by: personOf(2), rule: "may-not-end" })
})

test("D8.33: that the call went on elsewhere is not heard before the commit that removed us from it", () => {
  const bench = seated(0, 2)
  bench.entries(commitEntry(11, 5, 7))
  bench.take()
  bench.hear({ type: "room", shelf: bytesOf(5) })
  expect(deedsOf(bench.take())).toEqual([])
  bench.answer({ type: "removed-by-commit", seq: 11, by: leafOf(0), why: "removed" })
  expect(callViewOf(bench.session)).toMatchObject({ phase: "removed", why: "removed" })
  const other = seated(0, 2)
  other.hear({ type: "room", shelf: bytesOf(5) })
  expect(other.session.stage.phase).toBe("arriving")
})

test("D8.33: a refusal that overtakes the commit it follows from is not taken for its reason", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "policy-asked", edit: { set: "isLocked", to: true } })
  bench.answer({ type: "commit-built", bundle: bundle(5) })
  bench.entries(commitEntry(11, 5, 7))
  bench.take()
  bench.hear({ type: "refused", request: bench.in.requests, code: "not-a-member" })
  bench.answer({ type: "commit-cleared" })
  expect(deedsOf(bench.take())).toEqual(["engine process-commit"])
  bench.hear({ type: "refused", request: bench.in.requests, code: "not-a-member" })
  bench.answer({ type: "removed-by-commit", seq: 11, by: leafOf(0), why: "ended" })
  expect(callViewOf(bench.session)).toMatchObject({ phase: "ended", reason: "ended-by-host" })
  const other = seated(0, 2)
  other.hear({ type: "refused", request: 1, code: "not-a-member" })
  expect(other.session.stage.phase).toBe("arriving")
})
