import { expect, test } from "vitest"
import fc from "fast-check"
import { idOf, Table } from "./gathering.fixture.ts"
import type { Input, Output } from "./gathering.ts"
import { nobody } from "./gathering.ts"
import { reactions } from "./reaction.ts"
import { parseState, printState } from "./state.ts"
import { gatheringMachine, step } from "./step.ts"
import { viewOf } from "./view.ts"
import { parseWord, printWord, type Word } from "./word.ts"

const word = (said: Word): Output => ({ do: "say-word", body: printWord(said) })

test("D22.8: what everybody opens is what each said itself; who said nothing yet leaves it open, and a state that does not read says no", () => {
  const on = new Table(2)
  expect(on.view.vp9).toBe("unknown")
  on.holds(1, { vp9: true })
  expect(on.view.vp9).toBe("unknown")
  on.holds(2, { vp9: true, hand: 5 })
  expect(on.view.vp9).toBe("everyone")
  on.holds(1, { hand: 5 })
  expect(on.view.vp9).toBe("not-everyone")
  on.seat(1, { state: '{"vp9":1}' })
  expect(on.view.vp9).toBe("not-everyone")
  on.members = on.members.slice(0, 1)
  on.seat()
  expect(on.view.vp9).toBe("everyone")
})

test("D22.8: what a device opens stays said, whatever else its state says", () => {
  const { start, step: turn } = gatheringMachine({ vp9: true })
  const self = { member: idOf(0), isSelf: true, isModerator: true, state: undefined }
  const [here] = turn(start, { type: "roster", members: [self], now: 7 })
  const [up, ...said] = turn(here, { type: "hand", isUp: true, now: 7 })
  expect(said).toEqual([{ do: "say-state", state: printState({ hand: 7, vp9: true }) }])
  expect(turn(up, { type: "hand", isUp: false, now: 8 }).slice(1)).toEqual([{ do: "say-state", state: printState({ vp9: true }) }])
})

test("D34.15: hands queue by when they went up, and this person's own stands among them", () => {
  const on = new Table(3)
  on.holds(2, { hand: on.now - 2_000 })
  on.holds(3, { hand: on.now + 1_000 })
  expect(on.feed({ type: "hand", isUp: true })).toEqual([{ do: "say-state", state: printState({ hand: on.now }) }])
  expect(on.view.hands).toEqual([idOf(2), idOf(0), idOf(3)])
  on.now += 9_000
  expect(on.feed({ type: "hand", isUp: true })).toEqual([])
  expect(on.feed({ type: "hand", isUp: false })).toEqual([{ do: "say-state", state: "" }])
  expect(on.feed({ type: "hand", isUp: false })).toEqual([])
  on.holds(2, {})
  expect(on.view.hands).toEqual([idOf(3)])
})

test("D34.15: a host or co-host lowers a hand; from others the same word does nothing", () => {
  const on = new Table(3)
  on.feed({ type: "hand", isUp: true })
  expect(on.hears(2, { kind: "lower-hand", of: idOf(0) })).toEqual([])
  expect(on.hears(1, { kind: "lower-hand", of: idOf(3) })).toEqual([])
  expect(on.view.hands).toEqual([idOf(0)])
  expect(on.hears(1, { kind: "lower-hand", of: idOf(0) })).toEqual([{ do: "say-state", state: "" }, { do: "lower-own-hand" }])
  expect(on.hears(1, { kind: "lower-hand", of: idOf(0) })).toEqual([])
  expect(on.feed({ type: "lower-hand", member: idOf(2) })).toEqual([word({ kind: "lower-hand", of: idOf(2) })])
  on.feed({ type: "hand", isUp: true })
  expect(on.feed({ type: "lower-hand", member: idOf(0) })).toEqual([{ do: "say-state", state: "" }])
  const member = new Table(3, [1])
  expect(member.feed({ type: "lower-hand", member: idOf(2) })).toEqual([])
  expect(member.feed({ type: "ask-unmute", member: idOf(2) })).toEqual([])
  expect(member.feed({ type: "spotlight", member: idOf(2) })).toEqual([])
})

test("D34.15: nobody is unmuted: a host asks, this person answers, and is not asked again at once", () => {
  const on = new Table(3)
  expect(on.feed({ type: "ask-unmute", member: idOf(2) })).toEqual([word({ kind: "ask-unmute", to: idOf(2) })])
  expect(on.feed({ type: "ask-unmute", member: idOf(0) })).toEqual([])
  expect(on.feed({ type: "ask-unmute", member: idOf(9) })).toEqual([])
  on.hears(2, { kind: "ask-unmute", to: idOf(0) })
  on.hears(1, { kind: "ask-unmute", to: idOf(3) })
  expect(on.view.unmuteAsked).toBeUndefined()
  expect(on.hears(1, { kind: "ask-unmute", to: idOf(0) })).toEqual([])
  expect(on.view.unmuteAsked).toEqual({ by: idOf(1) })
  on.feed({ type: "unmute-answered" })
  on.hears(1, { kind: "ask-unmute", to: idOf(0) })
  expect(on.view.unmuteAsked).toBeUndefined()
  on.pass(10_000)
  on.hears(1, { kind: "ask-unmute", to: idOf(0) })
  expect(on.view.unmuteAsked).toEqual({ by: idOf(1) })
  on.pass(60_000)
  expect(on.view.unmuteAsked).toBeUndefined()
  on.hears(1, { kind: "ask-unmute", to: idOf(0) })
  on.seat(1, { isModerator: false })
  expect(on.view.unmuteAsked).toBeUndefined()
})

test("D34.15: a reaction stands for six seconds, the newest of each person, and comes with a new id each time", () => {
  const on = new Table(2)
  expect(on.feed({ type: "react", what: "clap" })).toEqual([word({ kind: "reaction", what: "clap" })])
  expect(on.feed({ type: "react", what: "heart" })).toEqual([])
  on.hears(2, { kind: "reaction", what: "laugh" })
  const first = on.view.reactions.get(idOf(2))
  on.pass(4_000)
  on.hears(2, { kind: "reaction", what: "laugh" })
  expect(on.view.reactions.get(idOf(2))?.id).not.toBe(first?.id)
  expect(on.view.reactions.get(idOf(0))?.what).toBe("clap")
  on.pass(2_000)
  expect([...on.view.reactions.keys()]).toEqual([idOf(2)])
  on.pass(4_000)
  expect(on.view.reactions.size).toBe(0)
  on.hears(1, { kind: "reaction", what: "clap" })
  on.now -= 3_600_000
  on.feed({ type: "clock" })
  expect(on.view.reactions.size).toBe(0)
})

test("D34.15: of hosts' and co-hosts' spotlights the newest counts, and a new one is newer by any clock", () => {
  const on = new Table(3)
  on.holds(3, { spotlight: { member: idOf(3), at: on.now + 5_000 } })
  expect(on.view.spotlight).toBeUndefined()
  on.holds(1, { spotlight: { member: idOf(2), at: on.now + 7_000_000 } })
  expect(on.view.spotlight).toBe(idOf(2))
  expect(on.feed({ type: "spotlight", member: idOf(3) })).toEqual([
    { do: "say-state", state: printState({ spotlight: { member: idOf(3), at: on.now + 7_000_001 } }) },
  ])
  expect(on.view.spotlight).toBe(idOf(3))
  on.feed({ type: "spotlight", member: undefined })
  expect(on.view.spotlight).toBeUndefined()
  on.holds(1, { spotlight: { member: idOf(2), at: 8.64e15 } })
  expect(on.view.spotlight).toBeUndefined()
  on.holds(1, { spotlight: { member: idOf(77), at: on.now + 8_000_000 } })
  expect(on.view.spotlight).toBeUndefined()
  expect(on.seat(0, { isModerator: false })).toEqual([{ do: "say-state", state: "" }])
})

test("D34.16: in a call of thirteen nobody says that it speaks", () => {
  const on = new Table(12)
  on.feed({ type: "own-speaking", is: true })
  expect(on.pass(30_000)).toEqual([])
})

test("D34.16: in larger calls speaking is said at once, again every three seconds, and no two words within 300 ms", () => {
  const on = new Table(13)
  const begun = word({ kind: "speaking", is: true })
  expect(on.feed({ type: "own-speaking", is: true })).toEqual([begun])
  expect(on.feed({ type: "own-speaking", is: false })).toEqual([])
  expect(on.feed({ type: "own-speaking", is: true })).toEqual([])
  expect(on.pass(8_999)).toEqual([begun, begun])
  expect(on.feed({ type: "own-speaking", is: false })).toEqual([word({ kind: "speaking", is: false })])
  expect(on.pass(30_000)).toEqual([])
  on.feed({ type: "own-speaking", is: true })
  on.members = on.members.slice(0, 5)
  on.seat()
  expect(on.pass(30_000)).toEqual([])
})

test("D34.16: whoever says that it speaks is a speaker until 4 s after, the newest first", () => {
  const on = new Table(20)
  on.hears(4, { kind: "speaking", is: false })
  expect(on.view.speakers).toEqual([])
  on.hears(4, { kind: "speaking", is: true })
  on.hears(5, { kind: "speaking", is: true })
  expect(on.view.speakers).toEqual([idOf(5), idOf(4)])
  on.hears(4, { kind: "speaking", is: false })
  on.pass(3_999)
  expect(on.view.speakers).toEqual([idOf(4), idOf(5)])
  on.pass(1)
  expect(on.view.speakers).toEqual([idOf(5)])
  // A word that says "on" is said again after three seconds; two in a row that are lost, and its speaker is no more.
  on.pass(3_000)
  expect(on.view.speakers).toEqual([])
  expect(on.view.spoke).toEqual([idOf(4), idOf(5)])
  on.members = on.members.filter(({ member }) => member !== idOf(4))
  on.seat()
  expect(on.view.spoke).toEqual([idOf(5)])
})

test("D34.15: words of strangers, of this device itself and texts that do not read are nothing", () => {
  const on = new Table(3)
  const before = on.gathering
  on.hears(0, { kind: "reaction", what: "clap" })
  on.hears(99, { kind: "reaction", what: "clap" })
  on.feed({ type: "word", from: idOf(1), body: "{}" })
  expect(on.gathering).toEqual(before)
  on.seat(2, { state: "nonsense" })
  expect(on.view.hands).toEqual([])
})

const member = fc.nat(15).map(idOf)
const seat = fc.record({
  isModerator: fc.boolean(),
  state: fc.oneof(
    fc.constant(undefined),
    fc.string(),
    fc.nat(9).map((hand) => printState({ hand })),
  ),
})
const inputs: fc.Arbitrary<Input> = fc
  .tuple(
    fc.integer({ min: -5, max: 20_000 }),
    fc.oneof(
      fc.array(seat, { maxLength: 16 }).map((seats) => ({
        type: "roster" as const,
        members: seats.map((each, n) => ({ ...each, member: idOf(n), isSelf: n === 0 })),
      })),
      fc.record({ type: fc.constant("word" as const), from: member, body: fc.string() }),
      fc.record({ type: fc.constant("word" as const), from: member, body: fc.boolean().map((is) => printWord({ kind: "speaking", is })) }),
      fc.record({ type: fc.constant("hand" as const), isUp: fc.boolean() }),
      fc.record({ type: fc.constant("react" as const), what: fc.constantFrom(...reactions) }),
      fc.record({ type: fc.constant("spotlight" as const), member: fc.option(member, { nil: undefined }) }),
      fc.record({ type: fc.constant("lower-hand" as const), member }),
      fc.record({ type: fc.constant("own-speaking" as const), is: fc.boolean() }),
      fc.constant({ type: "clock" as const }),
    ),
  )
  .map(([now, fact]) => ({ ...fact, now }))

test("D34.14: whatever happens, what is said reads, wake-ups lie ahead, and nobody is shown who is not here", () => {
  fc.assert(
    fc.property(fc.array(inputs, { maxLength: 60 }), (story) => {
      let gathering = nobody
      for (const input of story) {
        const [next, ...outputs] = step(gathering, input)
        gathering = next
        for (const output of outputs) {
          if (output.do === "say-word") expect(parseWord(output.body)).toBeDefined()
          if (output.do === "say-state") expect(parseState(output.state)).toEqual(next.own)
          if (output.do === "wake") expect(output.at).toBeGreaterThan(input.now)
        }
        const here = new Set(next.seats.map((each) => each.member))
        const { hands, speakers, reactions: shown, spotlight, unmuteAsked } = viewOf(next)
        for (const each of [...hands, ...speakers, ...shown.keys(), ...[spotlight, unmuteAsked?.by].filter((one) => one !== undefined)])
          expect(here).toContain(each)
      }
    }),
  )
})
