import { expect, test } from "vitest"
import type { Role } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import { claimed, nothingReceived, receiverOf, settled, type Received, type Roster } from "./received-media.ts"

const ada = "ada" as MemberId
const ben = "ben" as MemberId
const roster: Roster = {
  epoch: 3,
  members: [
    { leaf: 0, member: ada, role: "host" },
    { leaf: 1, member: ben, role: "member" },
  ],
  share: "everyone",
}
const withBenAs = (role: Role, share: Roster["share"] = "everyone"): Roster => ({
  ...roster,
  share,
  members: roster.members.map((each) => (each.member === ben ? { ...each, role } : each)),
})

const shown = (received: Received, receiver: number, leaf: number, epoch = 3): Received =>
  settled(claimed(received, receiver, { leaf, kind: "camera", epoch }), roster)[0]

test("D23: a receiver is shown under the member whose key id its frames carry", () => {
  const received = shown(nothingReceived, 7, 1)
  expect(receiverOf(received, ben, "camera")).toBe(7)
  expect(receiverOf(received, ada, "camera")).toBeUndefined()
})

test("A2.04: owners swapped by the SFU are shown under their true names, never under the old ones", () => {
  const before = shown(shown(nothingReceived, 7, 0), 8, 1)
  const half = claimed(before, 7, { leaf: 1, kind: "camera", epoch: 3 })
  expect(receiverOf(half, ada, "camera")).toBeUndefined()
  const after = shown(shown(before, 7, 1), 8, 0)
  expect(receiverOf(after, ben, "camera")).toBe(7)
  expect(receiverOf(after, ada, "camera")).toBe(8)
})

test("D23: a claim of an epoch the roster has not reached waits", () => {
  const [waiting, accepted] = settled(claimed(nothingReceived, 7, { leaf: 1, kind: "camera", epoch: 4 }), roster)
  expect(accepted).toEqual([])
  expect(receiverOf(waiting, ben, "camera")).toBeUndefined()
  const [later] = settled(waiting, { ...roster, epoch: 4 })
  expect(receiverOf(later, ben, "camera")).toBe(7)
})

test("D23: media of a leaf that is nobody's are not shown", () => {
  expect(shown(nothingReceived, 7, 9).accepted.size).toBe(0)
})

test("D24: media of a member who is gone are dropped", () => {
  const received = shown(nothingReceived, 7, 1)
  const [after] = settled(received, { ...roster, epoch: 4, members: roster.members.slice(0, 1) })
  expect(after.accepted.size).toBe(0)
})

test("D25: the newest receiver of a medium replaces the one before it, as after a new connection", () => {
  const received = shown(shown(nothingReceived, 7, 1), 9, 1)
  expect(receiverOf(received, ben, "camera")).toBe(9)
  expect(received.accepted.size).toBe(1)
})

test("D4.13: frames of a listener are not accepted, of whatever kind, however often they come", () => {
  for (const kind of ["microphone", "camera", "screen", "screen-audio"] as const) {
    const [held, accepted] = settled(claimed(nothingReceived, 7, { leaf: 1, kind, epoch: 3 }), withBenAs("listener"))
    expect(accepted).toEqual([])
    expect(receiverOf(settled(held, withBenAs("listener"))[0], ben, kind)).toBeUndefined()
  }
})

test("D4.13: who is made a listener is heard no more at once, and heard again when let speak", () => {
  const [silenced] = settled(shown(nothingReceived, 7, 1), withBenAs("listener"))
  expect(receiverOf(silenced, ben, "camera")).toBeUndefined()
  const [again, accepted] = settled(silenced, withBenAs("member"))
  expect(receiverOf(again, ben, "camera")).toBe(7)
  expect(accepted).toEqual([{ receiver: 7, claim: { leaf: 1, kind: "camera", epoch: 3 } }])
})

test("D4.13: where hosts share, screens of others are not accepted and their faces are", () => {
  const screen = claimed(nothingReceived, 7, { leaf: 1, kind: "screen", epoch: 3 })
  const both = claimed(screen, 8, { leaf: 1, kind: "camera", epoch: 3 })
  for (const role of ["member", "co-host", "host"] as const) {
    const [received] = settled(both, withBenAs(role, "hosts"))
    expect(receiverOf(received, ben, "screen")).toBe(role === "member" ? undefined : 7)
    expect(receiverOf(received, ben, "camera")).toBe(8)
  }
})

test("D24: a claim held back for the rules goes with its member", () => {
  const [held] = settled(claimed(nothingReceived, 7, { leaf: 1, kind: "camera", epoch: 3 }), withBenAs("listener"))
  const [after] = settled(held, { ...roster, epoch: 4, members: roster.members.slice(0, 1) })
  expect(after.waiting.size).toBe(0)
})
