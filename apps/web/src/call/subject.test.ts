import fc from "fast-check"
import { expect, test } from "vitest"
import { arrange, type Looking, type Subject } from "./subject.ts"

const person = (id: string): Subject => ({ kind: "person", id })
const screen = (id: string): Subject => ({ kind: "share", id })
const people = (...ids: string[]) => ids.map((id) => ({ id, isNamed: id !== "nameless" }))
const looking = (part: Partial<Looking>): Looking => ({
  layout: "grid",
  shares: [],
  people: people("ada", "ben", "cleo"),
  selfId: "self",
  isRoomy: true,
  ...part,
})
const large = (part: Partial<Looking>) => {
  const arrangement = arrange(looking(part))
  return arrangement.kind === "grid" ? "grid" : arrangement.subjects.map(({ id }) => id)
}

test("L21: one's own pin comes before shared screens, those before the host's spotlight, that before who speaks", () => {
  const all = { layout: "speaker", pinned: person("cleo"), shares: [{ id: "plan" }], spotlight: "ben", speaker: "ada" } as const
  expect(large(all)).toEqual(["cleo"])
  expect(large({ ...all, pinned: undefined })).toEqual(["plan"])
  expect(large({ ...all, pinned: undefined, shares: [] })).toEqual(["ben"])
  expect(large({ ...all, pinned: undefined, shares: [], spotlight: undefined })).toEqual(["ada"])
})

test("L21: in the grid nobody is large for speaking, and somebody is for a pin or a spotlight", () => {
  expect(large({ speaker: "ada" })).toBe("grid")
  expect(large({ speaker: "ada", spotlight: "ben" })).toEqual(["ben"])
  expect(large({ pinned: person("self") })).toEqual(["self"])
})

test("L21: before anybody spoke it is who came first and has a name", () => {
  expect(large({ layout: "sidebar", people: people("nameless", "ben", "cleo") })).toEqual(["ben"])
  expect(large({ layout: "sidebar", people: people("nameless", "nameless") })).toEqual(["nameless"])
})

test("L21: a pin or spotlight of somebody who left, and a pinned screen that ended, count no more", () => {
  expect(large({ pinned: person("gone"), spotlight: "gone" })).toBe("grid")
  expect(large({ pinned: screen("gone"), shares: [{ id: "plan" }] })).toEqual(["plan"])
})

test("L21: nobody is put before themselves: whom a host spotlights goes on seeing the others", () => {
  expect(large({ spotlight: "self" })).toBe("grid")
  expect(large({ spotlight: "self", layout: "speaker", speaker: "ben" })).toEqual(["ben"])
})

test("L21: with one other person there is nothing to choose, and nothing stands twice", () => {
  for (const layout of ["grid", "speaker", "sidebar"] as const)
    expect(large({ layout, people: people("ada"), spotlight: "ada" })).toBe("grid")
  expect(large({ people: people("ada"), pinned: person("ada") })).toBe("grid")
})

test("L22: several screens stand side by side where there is room, else the newest does", () => {
  const shares = [{ id: "first" }, { id: "second" }]
  expect(large({ shares })).toEqual(["first", "second"])
  expect(large({ shares, isRoomy: false })).toEqual(["second"])
  expect(large({ shares, pinned: screen("first") })).toEqual(["first"])
})

test("L22: every screen and the pinned person can be switched to by name", () => {
  const shares = [{ id: "first" }, { id: "second" }]
  const choices = (part: Partial<Looking>) => {
    const arrangement = arrange(looking({ shares, ...part }))
    return arrangement.kind === "grid" ? [] : arrangement.choices.map(({ id }) => id)
  }
  expect(choices({})).toEqual(["first", "second"])
  expect(choices({ pinned: screen("second") })).toEqual(["first", "second"])
  expect(choices({ pinned: person("ben") })).toEqual(["first", "second", "ben"])
})

test("L21: whatever is large is there, whoever comes, goes or shows", () => {
  const id = fc.constantFrom("ada", "ben", "cleo", "self", "gone", "plan", "draft")
  const maybe = fc.option(id, { nil: undefined })
  const subject = fc.option(fc.record({ kind: fc.constantFrom("person" as const, "share" as const), id }), { nil: undefined })
  fc.assert(
    fc.property(
      fc.record({
        layout: fc.constantFrom("grid" as const, "speaker" as const, "sidebar" as const),
        shares: fc.subarray([{ id: "plan" }, { id: "draft" }]),
        people: fc.subarray(people("ada", "ben", "cleo")),
        pinned: subject,
        spotlight: maybe,
        speaker: maybe,
        isRoomy: fc.boolean(),
      }),
      (part) => {
        const arrangement = arrange(looking(part))
        if (arrangement.kind === "grid") return
        expect(arrangement.subjects.length).toBeGreaterThan(0)
        for (const { kind, id } of arrangement.subjects) {
          const there = kind === "share" ? part.shares : [...part.people, { id: "self" }]
          expect(there.map((one) => one.id)).toContain(id)
        }
      },
    ),
  )
})
