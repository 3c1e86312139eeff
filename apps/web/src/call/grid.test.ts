import fc from "fast-check"
import { expect, test } from "vitest"
import {
  closesAt,
  closingAfter,
  fetchedAfter,
  listen,
  pageSize,
  pagesOf,
  pictureIn,
  placesOn,
  seat,
  shapeOf,
  stepFor,
  steps,
  type Seating,
} from "./grid.ts"

const taken = (seating: Seating) => seating.map((place) => (place.kind === "taken" ? place.id : "-"))
const seated = (ids: readonly string[], now = 0) => seat([], { ids, now, isHeld: false })
const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`)

test("L1: the grid takes the first step that holds everybody", () => {
  const columns = (shape: "wide" | "upright" | "phone", people: readonly number[]) =>
    people.map((n) => {
      const { cols, rows } = stepFor(shape, n)
      return `${cols}x${rows}`
    })
  expect(columns("wide", [1, 2, 3, 5, 7, 10, 13, 17, 21, 25])).toEqual("1x1 2x1 2x2 3x2 3x3 4x3 4x4 5x4 5x5 5x5".split(" "))
  expect(columns("upright", [2, 5, 10])).toEqual("1x2 2x3 3x4".split(" "))
  expect(columns("phone", [1, 2, 3, 5, 8])).toEqual("1x1 1x2 2x2 2x3 2x4".split(" "))
})

test("L1: a step never has an empty row, whatever the number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), fc.constantFrom("wide", "upright", "phone"), (n, shape) => {
      const { cols, rows } = stepFor(shape, n)
      expect(cols * rows).toBeGreaterThanOrEqual(Math.min(n, shape === "phone" ? 8 : 25))
    }),
  )
})

test("L2: a picture is between 16:9 and its tallest shape, and all of them fit", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("wide" as const, "upright" as const, "phone" as const),
      fc.integer({ min: 1, max: 25 }),
      fc.record({ width: fc.integer({ min: 300, max: 2600 }), height: fc.integer({ min: 300, max: 1600 }) }),
      (shape, n, stage) => {
        const step = stepFor(shape, n)
        const { width, height } = pictureIn(shape, step, stage)
        expect(width * step.cols).toBeLessThanOrEqual(stage.width)
        expect((height + 28) * step.rows).toBeLessThanOrEqual(stage.height)
        expect(width / height).toBeLessThanOrEqual(16 / 9 + 1e-9)
        expect(width / height).toBeGreaterThanOrEqual({ wide: 1.2, upright: 1, phone: 0.9 }[shape] - 1e-9)
      },
    ),
  )
})

test("L3: a large window holds 25, a phone 8, a small window fewer, none fewer than one", () => {
  expect(pageSize("wide", { width: 1408, height: 792 })).toBe(25)
  expect(pageSize("phone", { width: 374, height: 700 })).toBe(8)
  expect(pageSize("wide", { width: 900, height: 500 })).toBe(12)
  expect(pageSize("wide", { width: 150, height: 100 })).toBe(1)
  expect(pagesOf(seated(many(40)), 25)).toBe(2)
  expect(pagesOf([], 25)).toBe(1)
})

test("L4: the grid grows at once and a newcomer takes the first empty place", () => {
  const four = seated(many(4))
  const without = seat(four, { ids: ["p0", "p2", "p3"], now: 1000, isHeld: false })
  expect(taken(without)).toEqual(["p0", "-", "p2", "p3"])
  expect(taken(seat(without, { ids: ["p0", "p2", "p3", "new"], now: 2000, isHeld: false }))).toEqual(["p0", "new", "p2", "p3"])
  expect(taken(seat(four, { ids: [...many(4), "new"], now: 2000, isHeld: false }))).toEqual([...many(4), "new"])
})

test("L5: a leaver's place stays empty for eight seconds, then the others close up", () => {
  const without = seat(seated(many(3)), { ids: ["p0", "p2"], now: 1000, isHeld: false })
  expect(closesAt(without)).toBe(1000 + closingAfter)
  expect(taken(seat(without, { ids: ["p0", "p2"], now: 8999, isHeld: false }))).toEqual(["p0", "-", "p2"])
  expect(taken(seat(without, { ids: ["p0", "p2"], now: 9000, isHeld: false }))).toEqual(["p0", "p2"])
})

test("L5: nothing moves under pointer or focus, however long it stays", () => {
  const without = seat(seated(many(3)), { ids: ["p0", "p2"], now: 1000, isHeld: true })
  expect(taken(seat(without, { ids: ["p0", "p2"], now: 99_000, isHeld: true }))).toEqual(["p0", "-", "p2"])
  expect(taken(seat(without, { ids: ["p0", "p2"], now: 99_000, isHeld: false }))).toEqual(["p0", "p2"])
})

test("L5: nothing to do is the same seating, so nothing is drawn again", () => {
  const three = seated(many(3))
  expect(seat(three, { ids: many(3), now: 5000, isHeld: false })).toBe(three)
})

test("L6: who stays keeps the order of arrival through any coming and going", () => {
  const turns = fc.array(fc.record({ ids: fc.subarray(many(9)), after: fc.integer({ min: 0, max: 12_000 }), isHeld: fc.boolean() }))
  fc.assert(
    fc.property(turns, (all) => {
      let seating: Seating = []
      let now = 0
      for (const { ids, after, isHeld } of all) {
        now += after
        const before = taken(seating)
        seating = seat(seating, { ids, now, isHeld })
        const stayed = before.filter((id) => ids.includes(id))
        expect(taken(seating).filter((id) => stayed.includes(id))).toEqual(stayed)
        expect(
          taken(seating)
            .filter((id) => id !== "-")
            .toSorted(),
        ).toEqual(ids.toSorted())
      }
    }),
  )
})

test("L7: who speaks unseen for two seconds is fetched to the last place and stays", () => {
  const waiting = listen({}, { unseen: ["p30"], now: 1000 })
  expect(listen(waiting, { unseen: ["p30"], now: 1000 + fetchedAfter - 1 }).loud).toBeUndefined()
  const fetched = listen(waiting, { unseen: ["p30"], now: 1000 + fetchedAfter })
  expect(fetched.loud).toBe("p30")
  expect(listen(fetched, { unseen: [], now: 9000 })).toBe(fetched)
  const page = placesOn(seated(many(40)), { page: 0, size: 25, loud: fetched.loud })
  expect(taken(page)).toEqual([...many(24), "p30"])
  expect(taken(placesOn(seated(many(40)), { page: 1, size: 25, loud: fetched.loud }))).toEqual(many(40).slice(25))
})

test("L7: who falls silent before that is forgotten", () => {
  const waiting = listen({}, { unseen: ["p30"], now: 1000 })
  expect(listen(waiting, { unseen: [], now: 1500 })).toEqual({ loud: undefined })
})

test("L8: the shape is the window's", () => {
  expect(shapeOf({ width: 1440, height: 900 })).toBe("wide")
  expect(shapeOf({ width: 834, height: 1194 })).toBe("upright")
  expect(shapeOf({ width: 390, height: 844 })).toBe("phone")
  expect(steps.upright).toHaveLength(steps.wide.length)
})
