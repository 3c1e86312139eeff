import { expect, test } from "vitest"
import { callFixtures } from "../call/call.fixtures.ts"
import type { CallView } from "../view/call.ts"
import type { RoomView } from "../view/room.ts"
import { usualSettings, type Settings } from "../view/settings.ts"
import { heardBetween, manyFrom } from "./heard.ts"

const { call, security, rules } = callFixtures.call
const statistics = { subscribe: () => () => undefined }
const { unmuteAsked: _asked, interruption: _interruption, ...calm }: CallView = call
const quiet: CallView = { ...calm, tiles: call.tiles.slice(0, 2), door: [], hands: [] }
const inCall = (part: Partial<CallView>): RoomView => ({ screen: "call", call: { ...quiet, ...part }, security, rules, statistics })
const all = call.tiles
const heard = (before: RoomView, after: RoomView, settings: Settings = usualSettings, now = 10_000, comingAt = -Infinity) =>
  heardBetween(before, after, { now, comingAt, settings })

test("L57: who comes is heard, and who goes, once", () => {
  const [two, three] = [inCall({}), inCall({ tiles: all.slice(0, 3) })]
  expect(heard(two, three).sounds).toEqual(["came"])
  expect(heard(three, two).sounds).toEqual(["went"])
  expect(heard(three, three).sounds).toEqual([])
})

test("L57: one's own arrival is not heard, for everybody is new then", () => {
  expect(heard({ screen: "state", state: { kind: "connecting" } }, inCall({})).sounds).toEqual([])
})

test("L57: at most one coming or going is heard in three seconds", () => {
  const [two, three] = [inCall({}), inCall({ tiles: all.slice(0, 3) })]
  const first = heard(two, three)
  expect(heard(three, two, usualSettings, 12_999, first.comingAt).sounds).toEqual([])
  expect(heard(three, two, usualSettings, 13_000, first.comingAt).sounds).toEqual(["went"])
})

test("L57: from nine people on nobody is heard to come or go", () => {
  const crowd = (count: number) =>
    inCall({ tiles: Array.from({ length: count }, (_, index) => ({ id: `m${index}`, who: { known: false } }) as const) })
  expect(heard(crowd(manyFrom - 3), crowd(manyFrom - 2)).sounds).toEqual(["came"])
  expect(heard(crowd(manyFrom - 2), crowd(manyFrom - 1)).sounds).toEqual([])
})

test("L58: the door, a hand and the end are heard, each only while it is switched on", () => {
  const person = { id: "mira", who: { known: true, name: "Mira", level: "guest" }, words: [] } as unknown as CallView["door"][number]
  const hand = { id: "ines", name: "Ines", isSelf: false }
  const after = inCall({ door: [person], hands: [hand] })
  expect(heard(inCall({}), after)).toMatchObject({ sounds: ["door", "hand"], notices: ["door", "hand"] })
  const silent = { ...usualSettings, sounds: { comings: false, door: false, hands: false, ends: false } }
  expect(heard(inCall({}), after, silent).sounds).toEqual([])
  expect(heard(inCall({}), inCall({ hands: [{ ...hand, isSelf: true }] })).sounds).toEqual([])
  const removed: RoomView = { screen: "state", state: { kind: "removed" } }
  expect(heard(inCall({}), removed).sounds).toEqual(["ended"])
  expect(heard(removed, removed).sounds).toEqual([])
  expect(heard(inCall({}), { screen: "state", state: { kind: "left", minutes: 1 } }).sounds).toEqual([])
})

test("L59: being asked to unmute is noticed once", () => {
  const asked = inCall({ unmuteAsked: { by: "Ines" } })
  expect(heard(inCall({}), asked).notices).toEqual(["unmute"])
  expect(heard(asked, asked).notices).toEqual([])
})
