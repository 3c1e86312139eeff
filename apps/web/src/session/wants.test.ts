import { expect, test } from "vitest"
import fc from "fast-check"
import type { MemberId } from "@conclave/wire"
import {
  fetchedAt,
  lingerMs,
  microphonesAtOnce,
  nothingFetched,
  stepOf,
  wantsAll,
  wantsOf,
  type Looking,
  type OnScreen,
  type Wants,
} from "./wants.ts"

const member = (number: number): MemberId => `member-${number}` as MemberId

const others = (count: number, isMuted = false): Looking["others"] =>
  Array.from({ length: count }, (_, number) => ({ member: member(number), isMuted, showsScreen: false }))

const looking = (parts: Partial<Looking>): Looking => ({
  others: others(3),
  shown: undefined,
  speakers: [],
  isAudioOnly: false,
  isHidden: false,
  ...parts,
})

const camera = (number: number, height: number): OnScreen => ({ id: member(number), what: "camera", width: height * 2, height })

const heard = (wants: Wants): string[] => [...wants].filter(([, want]) => want.microphone).map(([name]) => name)

test("D23.10: only cameras on the screen are fetched, each at the step that fits its height there", () => {
  const wants = wantsOf(looking({ shown: [camera(0, 700), camera(1, 225)] }))
  expect([...wants.values()].map((want) => want.camera)).toEqual(["large", "small", undefined])
  expect(heard(wants)).toHaveLength(3)
})

test("D23.10: until the stage has spoken everybody is fetched, smaller the more there are", () => {
  const sizes = [1, 8, 9].map((count) => wantsOf(looking({ others: others(count) })).get(member(0))?.camera)
  expect(sizes).toEqual(["large", "middle", "small"])
})

test("D23.10: a screen is fetched while it is looked at, its sound while it is shown to the call", () => {
  const shows = others(2).map((one) => ({ ...one, showsScreen: true }))
  const screen = { id: `${member(0)}/screen`, what: "screen", width: 1600, height: 900 } as const
  const wants = wantsOf(looking({ others: shows, shown: [screen] }))
  expect(wants.get(member(0))).toEqual({ microphone: true, screenAudio: true, screen: "large" })
  expect(wants.get(member(1))).toEqual({ microphone: true, screenAudio: true })
})

test("D23.20: everything is asked for at once where everything is wanted: as a small call begins, but not with many, without pictures or on a page that is full", () => {
  expect(wantsAll(new Map())).toBe(true)
  expect(wantsAll(wantsOf(looking({ others: others(12) })))).toBe(true)
  expect(wantsAll(wantsOf(looking({ others: others(13) })))).toBe(false)
  expect(wantsAll(wantsOf(looking({ isAudioOnly: true })))).toBe(false)
  expect(wantsAll(wantsOf(looking({ shown: [camera(0, 700), camera(1, 225)] })))).toBe(false)
})

test("D23.11: up to 12 others everybody is heard", () => {
  expect(heard(wantsOf(looking({ others: others(12) })))).toHaveLength(12)
})

test("D23.12: of more than 12 others the eight who spoke last are heard, then those whose microphones are on", () => {
  const speakers = [40, 3, 22].map(member)
  const quiet = others(50, true)
  expect(heard(wantsOf(looking({ others: quiet, speakers })))).toHaveLength(3)
  const open = heard(wantsOf(looking({ others: others(50), speakers })))
  expect(open).toHaveLength(microphonesAtOnce)
  for (const speaker of speakers) expect(open).toContain(speaker)
})

test("D23.12: whoever is no member any more takes nobody's place among the heard", () => {
  const gone = Array.from({ length: 20 }, (_, number) => member(1000 + number))
  expect(heard(wantsOf(looking({ others: others(13), speakers: [...gone, member(5)] })))).toContain(member(5))
})

test("D23.14: audio only, or a page nobody looks at, fetches no picture and every sound", () => {
  for (const way of [{ isAudioOnly: true }, { isHidden: true }]) {
    const wants = wantsOf(looking({ ...way, shown: [camera(0, 700)] }))
    expect([...wants.values()].every((want) => want.camera === undefined && want.microphone)).toBe(true)
  }
})

test("D23.14: what stands in the small floating window is fetched while the page is hidden", () => {
  const floating: OnScreen = { ...camera(0, 200), isFloating: true }
  const wants = wantsOf(looking({ isHidden: true, shown: [floating, camera(1, 700)] }))
  expect([...wants.values()].map((want) => want.camera)).toEqual(["small", undefined, undefined])
})

test("D23.15: more is asked for at once, less two seconds later", () => {
  const at = (height: number | undefined) => wantsOf(looking({ others: others(1), shown: height === undefined ? [] : [camera(0, height)] }))
  const cameraOf = (fetched: typeof nothingFetched) => fetched.wants.get(member(0))?.camera
  let fetched = fetchedAt(nothingFetched, at(225), 0)
  expect(cameraOf(fetched)).toBe("small")
  fetched = fetchedAt(fetched, at(700), 10)
  expect(cameraOf(fetched)).toBe("large")
  fetched = fetchedAt(fetched, at(undefined), 100)
  expect(cameraOf(fetched)).toBe("large")
  expect(fetched.nextAt).toBe(100 + lingerMs)
  fetched = fetchedAt(fetched, at(225), 1_000)
  expect(cameraOf(fetched)).toBe("large")
  fetched = fetchedAt(fetched, at(225), 100 + lingerMs)
  expect(cameraOf(fetched)).toBe("small")
  expect(fetched.nextAt).toBeUndefined()
})

test("D23.15: who has left is let go at once", () => {
  const before = fetchedAt(nothingFetched, wantsOf(looking({})), 0)
  expect(fetchedAt(before, new Map(), 1).wants.size).toBe(0)
})

test("D23.15: what is wanted is always fetched, and two seconds after the last wish nothing else is", () => {
  const heights = fc.array(fc.record({ number: fc.nat(2), height: fc.integer({ min: 1, max: 2000 }) }), { maxLength: 3 })
  fc.assert(
    fc.property(fc.array(fc.record({ shown: heights, wait: fc.nat(3000) }), { minLength: 1, maxLength: 12 }), (turns) => {
      let [fetched, now] = [nothingFetched, 0]
      let wants: Wants = new Map()
      for (const { shown, wait } of turns) {
        wants = wantsOf(looking({ shown: shown.map(({ number, height }) => camera(number, height)) }))
        fetched = fetchedAt(fetched, wants, now)
        for (const [name, want] of wants) {
          const steps = ["small", "middle", "large"]
          expect(steps.indexOf(fetched.wants.get(name)?.camera ?? "")).toBeGreaterThanOrEqual(steps.indexOf(want.camera ?? ""))
        }
        now += wait
      }
      fetched = fetchedAt(fetched, wants, now)
      fetched = fetchedAt(fetched, wants, now + lingerMs)
      expect(fetched.wants).toEqual(wants)
    }),
  )
})

test("D23.13: three steps, so that the SFU learns a step and never a window's size", () => {
  expect([1, 240, 241, 480, 481, 4000].map(stepOf)).toEqual(["small", "small", "middle", "middle", "large", "large"])
})
