import { expect, test } from "vitest"
import type { MemberId, Seq } from "@conclave/wire"
import type { RoomChange } from "./engine-port.ts"
import type { Output } from "./session.ts"
import { bytesOf, commitEntry, effectOf, groupOf, personOf, policyOf, room, saidOf, seated, type Bench } from "./session.fixture.ts"
import { timings } from "./timings.ts"

const change = (version: number): RoomChange => ({
  ...{ room, version, accessHash: bytesOf(1, 32), shelf: bytesOf(2, 100) },
  ...{ keys: [bytesOf(3, 32)], by: bytesOf(3, 32), signature: bytesOf(4, 64) },
})

const toldIn = (outputs: readonly Output[]): number[] =>
  outputs.flatMap((output) => (output.do === "change-room" ? [output.change.version] : []))

/** A person changes a rule and our commit wins; `version` is that of the policy after it. Gives what was ordered in the last step. */
function changesRules(bench: Bench, version: number, ...others: readonly number[]): Output[] {
  const { nextSeq, group } = bench.in
  bench.pass(timings.hold)
  bench.feed({ type: "policy-asked", edit: { set: "isLocked", to: version % 2 === 0 } })
  bench.answer({ type: "commit-built", bundle: { epoch: group.epoch, commit: bytesOf(version, 40), removes: [], welcomes: [] } })
  const said = saidOf(bench.take()).find(({ type }) => type === "commit")
  if (said?.type !== "commit") throw new Error("nothing was committed")
  bench.hear({ type: "accepted", request: said.request, seq: nextSeq as Seq })
  const from: MemberId = bench.in.member
  bench.entries({ ...commitEntry(nextSeq, group.epoch, version), from, commit: said.commit })
  const next = { ...groupOf(group.epoch + 1, 1, 1, ...others), policy: policyOf({ version }) }
  return bench.answer({ type: "commit-merged", ...effectOf(next, { policyChanged: true }), room: change(version) })
}

test("D3.10.3: the server is told of new rules once the group has had time to refuse them, and once", () => {
  const bench = seated(0)
  expect(toldIn(changesRules(bench, 2, 0))).toEqual([])
  bench.sealAll()
  expect(toldIn(bench.pass(timings.roomChange - 100))).toEqual([])
  expect(toldIn(bench.pass(200))).toEqual([2])
  expect(toldIn(bench.pass(timings.roomChange * 2))).toEqual([])
})

test("D3.10.3, D9.6: of a change whose commit was void the server hears nothing", () => {
  const bench = seated(0)
  changesRules(bench, 2, 0)
  bench.sealAll()
  const outputs = bench.hear({ type: "refused", request: 1, code: "commit-void" })
  expect(bench.session.stage.phase).toBe("arriving")
  expect(toldIn([...outputs, ...bench.pass(timings.roomChange * 2)])).toEqual([])
})

test("D3.10.3: whoever is alone tells it at once, and so does whoever leaves", () => {
  expect(toldIn(changesRules(seated(), 2))).toEqual([2])
  const bench = seated(0)
  changesRules(bench, 2, 0)
  bench.sealAll()
  expect(toldIn(bench.feed({ type: "leave-asked" }))).toEqual([2])
})

test("D3.10.1, D3.10.3: a newer change takes the place of one that waits", () => {
  const bench = seated(0)
  changesRules(bench, 2, 0)
  bench.sealAll()
  const early = bench.pass(1_000)
  changesRules(bench, 3, 0)
  bench.sealAll()
  expect(toldIn([...early, ...bench.pass(timings.roomChange * 2)])).toEqual([3])
})

test("D3.10.3: who is cut off tells it when it is back: only then it knows that the commit holds", () => {
  const bench = seated(0)
  changesRules(bench, 2, 0)
  bench.sealAll()
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  expect(toldIn(bench.pass(600))).toEqual([])
  bench.open()
  const { call, nextSeq } = bench.in
  bench.hear({ type: "room", shelf: bytesOf(5), call })
  expect(toldIn(bench.pass(timings.roomChange))).toEqual([])
  const back = bench.hear({ type: "resumed", call, seq: (nextSeq - 1) as Seq })
  expect(toldIn([...back, ...bench.pass(100)])).toEqual([2])
})

test("D3.10: whoever comes in and knows newer rules than the server tells it of them, in the same way", () => {
  const bench = seated(0)
  const { call } = bench.in
  bench.hear({ type: "refused", request: 1, code: "not-a-member" })
  bench.answer({ type: "group-wiped" })
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call })
  const member = personOf(1).member
  bench.answer({ type: "knock-made", member, keyPackage: bytesOf(3), sealed: bytesOf(4), self: personOf(1) })
  bench.hear({ type: "knocking", call, session: bytesOf(77, 32) })
  bench.hear({ type: "welcome", call, seq: 10 as Seq, epoch: 5 as never, welcome: bytesOf(6), tree: bytesOf(7) })
  const joined = bench.answer({ type: "group-joined", group: groupOf(5, 1, 0, 1), room: change(4) })
  bench.sealAll()
  expect(toldIn(joined)).toEqual([])
  expect(toldIn(bench.pass(timings.roomChange + 100))).toEqual([4])
})
