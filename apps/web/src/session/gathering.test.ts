import type { Fact, InView, MemberView } from "@conclave/call"
import { idFrom, type MemberId } from "@conclave/wire"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { NewsView } from "../view/call.ts"
import { Gathering } from "./gathering.ts"
import { tileTogether, togetherOf } from "./together.ts"

const idOf = (n: number): MemberId => idFrom(new Uint8Array(16).fill(n))

const names = ["Lena", "Ines", "Amal", "Ravi"]
const seat = (n: number, more: Partial<MemberView> = {}): MemberView => ({
  leaf: n as MemberView["leaf"],
  member: idOf(n),
  isSelf: n === 0,
  person: { name: names[n] ?? "" } as NonNullable<MemberView["person"]>,
  role: n === 1 ? "host" : "member",
  heardAt: 0,
  isQuiet: false,
  isLeaving: false,
  media: undefined,
  state: "",
  ...more,
})

const viewOf = (members: readonly MemberView[]): InView => ({ member: idOf(0), members }) as unknown as InView

/** One device of a call, and what goes out of it. */
class Device {
  readonly said: Fact[] = []
  readonly told: NewsView["what"][] = []
  members: readonly MemberView[] = [0, 1, 2, 3].map((n) => seat(n))
  readonly gathering = new Gathering({
    say: (fact) => this.said.push(fact),
    tell: (what) => this.told.push(what),
    changed: () => undefined,
  })

  constructor() {
    this.heed()
  }

  heed(n?: number, more: Partial<MemberView> = {}): void {
    this.members = this.members.map((each, index) => (index === n ? { ...each, ...more } : each))
    this.gathering.heed(viewOf(this.members))
  }

  get shown() {
    return togetherOf(viewOf(this.members), { gathering: this.gathering.view, asker: this.gathering.asker })
  }
}

const textIn = (fact: Fact | undefined): string =>
  fact?.type === "word-said" ? fact.body : fact?.type === "state-changed" ? fact.state : ""

/** What another device says for the same act, so that this file knows no spelling of words. */
function saidBy(n: number, act: Parameters<Gathering["act"]>[0]): string {
  const other = new Device()
  other.members = other.members.map((each, index) => ({ ...each, isSelf: index === n }))
  other.heed()
  other.gathering.act(act)
  other.gathering.close()
  return textIn(other.said.at(-1))
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test("L32: a hand is said to the group, stands in the queue under its verified name, and is told to whoever was here", () => {
  const device = new Device()
  device.gathering.act({ type: "hand", isUp: true })
  expect(device.said.map(({ type }) => type)).toEqual(["state-changed"])
  vi.advanceTimersByTime(1_000)
  device.heed(2, { state: saidBy(2, { type: "hand", isUp: true }) })
  expect(device.shown.hands.map(({ name, isSelf }) => [name, isSelf])).toEqual([
    ["Lena", true],
    ["Amal", false],
  ])
  expect(device.told).toEqual([{ kind: "hand", name: "Amal" }])
  expect(tileTogether(seat(2), device.gathering.view).hand).toBe(2)
})

test("L32: whoever comes in is not told of hands that were up before", () => {
  const state = saidBy(2, { type: "hand", isUp: true })
  const device = new Device()
  const late = new Gathering({ say: () => undefined, changed: () => undefined, tell: (what) => device.told.push(what) })
  late.heed(viewOf(device.members.map((each, n) => (n === 2 ? { ...each, state } : each))))
  expect(late.view.hands).toEqual([idOf(2)])
  expect(device.told).toEqual([])
})

test("D23, L32: a member without a proved name has no hand", () => {
  const device = new Device()
  device.heed(2, { person: undefined, state: saidBy(2, { type: "hand", isUp: true }) })
  expect(device.shown.hands).toEqual([])
})

test("L34: who is asked to unmute is asked until the answer, and a minute later too", () => {
  const device = new Device()
  device.gathering.hear(idOf(1), saidBy(1, { type: "ask-unmute", member: idOf(0) }))
  expect(device.shown.unmuteAsked).toEqual({ by: "Ines" })
  vi.advanceTimersByTime(300_000)
  device.heed(3, { isQuiet: true, state: " " })
  expect(device.shown.unmuteAsked).toEqual({ by: "Ines" })
  device.gathering.answered()
  expect(device.shown.unmuteAsked).toBeUndefined()
})

test("L34: the question goes with whoever asked, and with their right to ask", () => {
  const device = new Device()
  device.gathering.hear(idOf(1), saidBy(1, { type: "ask-unmute", member: idOf(0) }))
  expect(device.shown.unmuteAsked).toEqual({ by: "Ines" })
  device.heed(1, { role: "member" })
  expect(device.shown.unmuteAsked).toBeUndefined()
})

test("D34.15: a reaction stands on its tile for six seconds, one's own on one's own picture", () => {
  const device = new Device()
  device.gathering.hear(idOf(2), saidBy(2, { type: "react", what: "clap" }))
  device.gathering.act({ type: "react", what: "heart" })
  expect(tileTogether(seat(2), device.gathering.view).reaction?.what).toBe("clap")
  expect(device.shown.ownReaction?.what).toBe("heart")
  vi.advanceTimersByTime(6_100)
  expect(tileTogether(seat(2), device.gathering.view).reaction).toBeUndefined()
})
