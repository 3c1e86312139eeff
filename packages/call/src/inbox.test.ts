import fc from "fast-check"
import { expect, test } from "vitest"
import type { Entry, Epoch, Seq } from "@conclave/wire"
import { type Bench, bytesOf, commitEntry, deedsOf, effectOf, groupOf, leafOf, memberOf, saidOf, seated } from "./session.fixture.ts"

/** Applies whatever commit the machine asks the engine about. */
function apply(bench: Bench): void {
  while (bench.session.engine.doing?.order === "process-commit") {
    const { group, nextSeq, inbox } = bench.in
    bench.answer({
      type: "commit-processed",
      seq: nextSeq - inbox.length - 1,
      by: leafOf(0),
      ...effectOf(groupOf(group.epoch + 1, 1, 0, 1)),
    })
    bench.sealAll()
  }
}

test("A1.06, D9.37: an entry that was read once is not read again", () => {
  const bench = seated(0)
  bench.entries(commitEntry(11, 5, 99))
  apply(bench)
  bench.take()
  for (let n = 0; n < 5; n++) bench.entries(commitEntry(11, 5, 99))
  expect(deedsOf(bench.take())).toEqual([])
  expect(bench.in.group.epoch).toBe(6)
})

test("A1.06: a past commit under a new number never reaches the engine", () => {
  const bench = seated(0)
  for (let n = 0; n < 50; n++) {
    bench.entries(commitEntry(11 + n, 5 + n, 100 + n))
    apply(bench)
  }
  bench.take()
  for (let n = 0; n < 50; n++) bench.entries(commitEntry(61 + n, 5 + n, 100 + n))
  expect(deedsOf(bench.take()).every((deed) => deed === "send verdict")).toBe(true)
  expect(bench.in.group.epoch).toBe(55)
})

test("A1.07, D9.37: whatever the order of delivery, entries are applied by number or not at all", () => {
  const entries = Array.from({ length: 5 }, (_, n) => commitEntry(11 + n, 5 + n, 100 + n))
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: 5 }), (shuffled) => {
      const bench = seated(0)
      for (const entry of shuffled) {
        if (bench.session.socket.state === "ready") bench.entries(entry)
        apply(bench)
      }
      const inOrder = shuffled.findIndex((entry, n) => entry !== entries[n])
      const applied = bench.in.group.epoch - 5
      expect(applied).toBe(inOrder === -1 ? 5 : inOrder)
      // A hole is filled by coming back on another socket, never by guessing.
      if (inOrder !== -1) expect(bench.session.socket.state).toBe("waiting")
    }),
  )
})

test("A1.07, D9.37: after a hole the log is asked for from the last entry that was read", () => {
  const bench = seated(0)
  bench.entries(commitEntry(13, 7, 9))
  bench.pass(600)
  bench.open()
  expect(saidOf(bench.hear({ type: "room", shelf: bytesOf(5), call: bench.in.call }))).toMatchObject([{ type: "resume", after: 10 }])
})

test("D9.38: a commit the engine refuses is reported, and nothing is built until the server has judged it", () => {
  const bench = seated(0)
  bench.entries(commitEntry(11, 5, 99))
  bench.take()
  expect(saidOf(bench.answer({ type: "commit-refused", seq: 11, failure: "refused" }))).toEqual([
    { type: "verdict", seq: 11, applied: false },
  ])
  bench.feed({ type: "remove-asked", leaf: leafOf(0) })
  expect(deedsOf(bench.take())).not.toContain("engine build-commit")
  bench.entries({ type: "void", seq: 12 as Seq, of: 11 as Seq, epoch: 5 as Epoch })
  expect(deedsOf(bench.take())).toContain("engine build-commit")
})

test("A1.11, D9.38: who is outvoted joins anew by a fresh Welcome", () => {
  const bench = seated(0, 2)
  bench.entries(commitEntry(11, 5, 99))
  bench.answer({ type: "commit-refused", seq: 11, failure: "refused" })
  bench.take()
  expect(deedsOf(bench.hear({ type: "outvoted", seq: 11 as Seq }))).toEqual(["send bye", "stop-media", "engine wipe-group", "connect"])
})

test("D9.38: a server that never judges a refused commit is left for a fresh knock", () => {
  const bench = seated(0)
  bench.entries(commitEntry(11, 5, 99))
  bench.answer({ type: "commit-refused", seq: 11, failure: "refused" })
  bench.pass(10_000)
  expect(bench.session.stage.phase).toBe("arriving")
})

test("D9.39: who applied a commit that became void is where nobody else is, and joins anew", () => {
  const bench = seated(0)
  bench.entries(commitEntry(11, 5, 99))
  apply(bench)
  bench.entries({ type: "void", seq: 12 as Seq, of: 11 as Seq, epoch: 5 as Epoch })
  expect(bench.session.stage.phase).toBe("arriving")
})

test("D9.40: a call split by a commit most could not apply is founded anew, and people are told", () => {
  const bench = seated(0, 2)
  bench.hear({ type: "ended", call: bench.in.call, reason: "split" })
  expect(bench.session.stage.phase).toBe("arriving")
  expect(bench.session.notices.at(-1)).toMatchObject({ kind: "founded-anew", reason: "split" })
})

test("A1.09, D9.41: a server that has forgotten entries is told goodbye, and people are told why", () => {
  const bench = seated(0)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.pass(600)
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call: bench.in.call })
  bench.hear({ type: "resumed", call: bench.in.call, seq: 7 as Seq })
  expect(bench.session.stage.phase).toBe("arriving")
  expect(bench.session.notices.at(-1)).toMatchObject({ kind: "founded-anew", reason: "rolled-back" })
})

test("D9.42: an engine that is broken is left with its group; the member joins anew", () => {
  const bench = seated(0)
  bench.entries(commitEntry(11, 5, 99))
  bench.answer({ type: "commit-refused", seq: 11, failure: "broken" })
  expect(bench.session.stage.phase).toBe("arriving")
})

test("D34: whose message it is, is the leaf the engine verified, not the server's word", () => {
  const bench = seated(0, 2)
  const signal = { type: "signal", epoch: 5 as Epoch, from: memberOf(2), message: bytesOf(8, 20) } as const
  bench.hear(signal)
  bench.answer({ type: "message-opened", from: leafOf(0), epoch: 5 as Epoch, message: { kind: "leave" } })
  expect(bench.in.peers.map((peer) => [peer.leaf, peer.leavingAt !== undefined])).toEqual([
    [0, true],
    [2, false],
  ])
})

test("A1.07, D9.37: messages wait behind the entries that came before them", () => {
  const bench = seated(0)
  const entry: Entry = commitEntry(11, 5, 99)
  bench.entries(entry)
  bench.hear({ type: "signal", epoch: 6 as Epoch, from: memberOf(0), message: bytesOf(8, 20) })
  bench.take()
  const deeds = deedsOf(bench.answer({ type: "commit-processed", seq: 11, by: leafOf(0), ...effectOf(groupOf(6, 1, 0, 1)) }))
  expect(deeds).toEqual(["send verdict", "engine open-message"])
})

test("D9.42: workers that died take nothing with them: the member joins anew with new ones, whatever was asked before", () => {
  const bench = seated(0)
  bench.entries(commitEntry(11, 5, 99))
  expect(bench.session.engine.doing).toBeDefined()
  bench.take()
  expect(deedsOf(bench.feed({ type: "engine-broken" }))).toEqual(["send bye", "stop-media", "engine wipe-group", "connect"])
})
