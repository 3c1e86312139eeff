import { expect, test } from "vitest"
import fc from "fast-check"
import { collabFuzzTargets, stateSamples, wordSamples } from "./fuzz.ts"
import { idOf } from "./gathering.fixture.ts"
import { reactions } from "./reaction.ts"
import { parseState, printState, type State } from "./state.ts"
import { parseWord, printWord, type Word } from "./word.ts"

const id = fc.nat(255).map(idOf)
const words: fc.Arbitrary<Word> = fc.oneof(
  fc.record({ kind: fc.constant("reaction" as const), what: fc.constantFrom(...reactions) }),
  fc.record({ kind: fc.constant("speaking" as const), is: fc.boolean() }),
  fc.record({ kind: fc.constant("ask-unmute" as const), to: id }),
  fc.record({ kind: fc.constant("lower-hand" as const), of: id }),
)
const time = fc.integer({ min: 0, max: 8.64e15 })
const states: fc.Arbitrary<State> = fc.record(
  { hand: time, spotlight: fc.record({ member: fc.option(id), at: time }), vp9: fc.constant(true as const) },
  { requiredKeys: [] },
)

test("D34.14: every word and every state reads back as it was printed, and fits its bound", () => {
  fc.assert(
    fc.property(words, (word) => {
      expect(parseWord(printWord(word))).toEqual(word)
    }),
  )
  fc.assert(
    fc.property(states, (state) => {
      expect(parseState(printState(state))).toEqual(state)
      expect(printState(state).length).toBeLessThanOrEqual(1_000)
    }),
  )
})

test("D34.14: a word or state with another field, another spelling or a value out of bounds says nothing", () => {
  const wrong = [
    ...['{"kind":"reaction","what":"rude"}', '{"what":"heart","kind":"reaction"}', '{"kind":"reaction","what":"heart"} '],
    ...['{"kind":"speaking","is":true}', '{"is":1,"kind":"speaking"}', '{"kind":"ask-unmute","to":"A"}', '{"kind":"constructor"}'],
    ...["null", "[]", "7", "", "{}", `{"kind":"reaction","what":"heart","by":"${idOf(1)}"}`, `"${"x".repeat(5_000)}"`],
  ]
  for (const text of wrong) expect(parseWord(text)).toBeUndefined()
  const bad = [
    ...['{"hand":-1}', '{"hand":1.5}', '{"hand":8640000000000001}', '{"hand":null}', '{"hand":1,"hand":1}', '{ "hand":1}', "{}"],
    ...['{"spotlight":{"at":1}}', '{"spotlight":{"member":null,"at":1}}', '{"spotlight":{"at":1,"member":"x"}}', "null", "x"],
    ...['{"vp9":false}', '{"vp9":1}', '{"vp9":true,"hand":1}', '{"vp9":"true"}'],
  ]
  for (const text of bad) expect(parseState(text)).toBeUndefined()
})

test("A1.12: what the fuzzer bends is accepted unbent", () => {
  for (const text of wordSamples) expect(parseWord(text)).toBeDefined()
  for (const text of stateSamples) expect(parseState(text)).toBeDefined()
})

test.each(collabFuzzTargets)("A1.12: $name reads or refuses 1 000 random texts and never throws", (target) => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), bent(target.samples)), (bytes) => target.run(bytes)),
    { numRuns: 1000 },
  )
})

const bent = (samples: readonly Uint8Array[]) =>
  fc
    .tuple(fc.constantFrom(...samples), fc.nat(80), fc.nat(255))
    .map(([sample, where, to]) => sample.map((byte, at) => (at === where ? to : byte)))
