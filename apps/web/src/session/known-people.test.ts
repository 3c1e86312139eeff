import { expect, test } from "vitest"
import fc from "fast-check"
import { forgotten, judge, met, readKnown, verified, verifiedAt, type KnownPeople, type Meeting } from "./known-people.ts"

const nobody: KnownPeople = new Map()
const guest = (name: string, device: string, room = "r1"): Meeting => ({ name, device, room, level: "guest" })
const account = (subject: string, identityDevice: string, more: Partial<Meeting> = {}): Meeting => ({
  ...{ name: "Ada", device: "any", room: "r1", level: "organisation", issuer: "https://a.example", subject, identityDevice },
  ...more,
})

test("D21.1: an account is known again in every room by issuer and subject, its devices by the identity key", () => {
  const known = met(nobody, account("u1", "d1"), 1)
  expect(judge(nobody, account("u1", "d1"))).toBe("new")
  expect(judge(known, account("u1", "d1", { room: "r2", device: "other", name: "Ada L." }))).toBe("same")
  expect(judge(known, account("u1", "d2"))).toBe("new-device")
  expect(judge(known, account("u2", "d1"))).toBe("new")
  expect(judge(known, account("u1", "d1", { issuer: "https://b.example" }))).toBe("new")
  expect(judge(met(known, account("u1", "d2"), 2), account("u1", "d1"))).toBe("same")
})

test("D21.2: who was verified in person and comes on another device has changed keys, seen before or not", () => {
  const known = verified(met(nobody, account("u1", "d1"), 1), account("u1", "d2"), 2)
  expect(judge(known, account("u1", "d2"))).toBe("same")
  expect(verifiedAt(known, account("u1", "d2"))).toBe(2)
  expect(judge(known, account("u1", "d1"))).toBe("key-changed")
  expect(judge(met(known, account("u1", "d3"), 3), account("u1", "d3"))).toBe("key-changed")
  expect(judge(verified(known, account("u1", "d1"), 4), account("u1", "d1"))).toBe("same")
  expect(judge(forgotten(known, account("u1", "d1")), account("u1", "d1"))).toBe("new")
})

test("D21.3: a guest is known by room and name, once verified; a look-alike name on another device is a changed key", () => {
  expect(met(nobody, guest("Ben", "d1"), 1)).toBe(nobody)
  const known = verified(nobody, guest("Ben", "d1"), 1)
  expect(judge(known, guest("Ben", "d1"))).toBe("same")
  expect(judge(known, guest("Ben", "d2"))).toBe("key-changed")
  expect(judge(known, guest("B\u0435n", "d2"))).toBe("key-changed")
  // In another room every guest has another device (D10): nothing follows from that.
  expect(judge(known, guest("Ben", "d9", "r2"))).toBe("new")
  expect(judge(known, guest("Cleo", "d2"))).toBe("new")
})

test("D21.3: a guest who takes the name of an account is not that account", () => {
  const known = verified(nobody, account("u1", "d1"), 1)
  expect(judge(known, guest("Ada", "d1"))).toBe("new")
})

test("D21.4: what is remembered is bounded, and a verified device is the last to go", () => {
  let known = verified(nobody, account("u1", "first"), 0)
  for (let i = 1; i < 60; i++) known = met(known, account("u1", `d${i}`), i)
  expect([...known.values()][0]?.devices).toHaveLength(20)
  expect(judge(known, account("u1", "first"))).toBe("same")
  for (let i = 0; i < 1200; i++) known = met(known, account(`other ${i}`, "d"), 100)
  expect(known.size).toBe(1000)
})

test("D21.1: whatever was met is known, and judging changes nothing", () => {
  const person = fc.record({ subject: fc.constantFrom("u1", "u2"), device: fc.constantFrom("d1", "d2", "d3"), isVerified: fc.boolean() })
  fc.assert(
    fc.property(fc.array(person, { maxLength: 20 }), (people) => {
      let known = nobody
      for (const [at, { subject, device, isVerified }] of people.entries()) {
        known = (isVerified ? verified : met)(known, account(subject, device), at)
        expect(["same", "key-changed"]).toContain(judge(known, account(subject, device)))
        expect(judge(known, account(subject, "unseen"))).not.toBe("same")
      }
    }),
  )
})

test("D21.4: what the store gives back is read with care", () => {
  const kept = { key: "k", name: "Ada", devices: [{ device: "d", at: 1 }, { device: 1 }, null, { device: "e", at: 2, verifiedAt: "x" }] }
  expect(readKnown(kept)).toEqual({ key: "k", name: "Ada", devices: [{ device: "d", at: 1 }] })
  for (const value of [null, 1, {}, { key: "k", name: "Ada", devices: "d" }]) expect(readKnown(value)).toBeUndefined()
})
