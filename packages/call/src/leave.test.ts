import { expect, test } from "vitest"
import type { Epoch, Seq } from "@conclave/wire"
import { arriving, bytesOf, deedsOf, ordersOf, saidOf, seated, theCall } from "./session.fixture.ts"

test("D14.5: who leaves says so inside the group, waits for the server, and wipes everything", () => {
  const bench = seated(0)
  expect(deedsOf(bench.feed({ type: "leave-asked" }))).toEqual(["stop-media", "engine seal-message"])
  const sealed = { type: "message-sealed", epoch: 5 as Epoch, message: bytesOf(9, 20), keep: true } as const
  const said = saidOf(bench.answer(sealed))
  expect(said).toMatchObject([{ type: "message", keep: true }])
  const request = said[0]?.type === "message" ? said[0].request : 0
  expect(deedsOf(bench.hear({ type: "accepted", request, seq: 11 as Seq }))).toEqual([
    "send bye",
    "stop-media",
    "engine wipe-group",
    "disconnect",
  ])
  expect(bench.session.stage).toEqual({ phase: "ended", reason: "left" })
  expect(bench.session.wish).toBeUndefined()
})

test("D14.5: a server that does not answer keeps nobody from leaving", () => {
  const bench = seated(0)
  bench.feed({ type: "leave-asked" })
  bench.pass(2_100)
  expect(bench.session.stage).toEqual({ phase: "ended", reason: "left" })
})

test("D14.5: a page without a socket leaves at once", () => {
  const bench = seated(0)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.take()
  bench.feed({ type: "leave-asked" })
  expect(ordersOf(bench.take())).toEqual([{ do: "wipe-group" }])
  expect(bench.session.stage.phase).toBe("ended")
})

test("who gives up at the door is out, and what the engine still answers changes nothing", () => {
  const bench = arriving(theCall)
  bench.feed({ type: "leave-asked" })
  expect(bench.session.stage.phase).toBe("ended")
  bench.answer({ type: "order-failed", order: "make-knock", failure: "broken" })
  expect(bench.session.stage.phase).toBe("ended")
  expect(bench.session.wakeAt).toBeUndefined()
})

test("D11: who has left may come back as somebody new", () => {
  const bench = seated(0)
  bench.feed({ type: "leave-asked" })
  bench.pass(2_100)
  const life = bench.session.life
  bench.take()
  bench.feed({ type: "join-asked", room: "x" as never, access: bytesOf(1, 32), media: bench.session.media })
  expect(deedsOf(bench.take())).toEqual(["connect"])
  expect(bench.session.life).toBeGreaterThanOrEqual(life)
})
