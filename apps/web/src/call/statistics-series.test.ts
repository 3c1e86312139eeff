import fc from "fast-check"
import { expect, test } from "vitest"
import type { PersonStatistics, Sample } from "../view/statistics.ts"
import { frameLine, framesHeard, lineOf, noFrames, spanOf, windowSeconds } from "./statistics-series.ts"

const sample = (at: number): Sample => ({
  at,
  kbps: at / 10,
  loss: undefined,
  roundTrip: undefined,
  framesPerSecond: undefined,
  height: undefined,
})
const person = (at: number, frames: number, refused = 0): PersonStatistics => ({
  id: "ines",
  name: "Ines",
  isSelf: false,
  samples: [sample(at)],
  codecs: [],
  frames,
  refused,
})
const view = (...people: PersonStatistics[]) => ({ way: undefined, people })

test("L37: frames a second are what a count grew by, and a count that began anew is not known", () => {
  let history = noFrames
  for (const [at, frames] of [
    [0, 100],
    [1000, 130],
    [3000, 190],
    [4000, 5],
  ] as const)
    history = framesHeard(history, view(person(at, frames)))
  expect(frameLine(history.get("ines") ?? [], "frames")).toEqual({ seconds: [-3, -1, 0], values: [30, 30, null] })
})

test("L37: who has gone is forgotten, and the same moment counts once", () => {
  const once = framesHeard(noFrames, view(person(1000, 7)))
  expect(framesHeard(once, view(person(1000, 9))).get("ines")).toHaveLength(1)
  expect(framesHeard(once, view()).size).toBe(0)
})

test("L37: what nobody measured is a gap, and a line of gaps has no span", () => {
  expect(spanOf(lineOf(person(1000, 0), "loss"))).toBeUndefined()
  expect(spanOf(lineOf(person(1000, 0), "kbps"))).toEqual({ now: 100, low: 100, high: 100 })
})

test("L37: no more is kept than the plots show", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { maxLength: 400 }), (steps) => {
      let [history, at] = [noFrames, 0]
      for (const step of steps) history = framesHeard(history, view(person((at += step), at)))
      const points = history.get("ines") ?? []
      for (const point of points) expect(at - point.at).toBeLessThanOrEqual((windowSeconds + 2) * 1000)
    }),
  )
})
