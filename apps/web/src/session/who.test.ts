import { expect, test } from "vitest"
import type { Person } from "@conclave/call"
import { isConfusable } from "@conclave/crypto/identity"
import type { MemberId } from "@conclave/wire"
import { likenesses, whoOf, type WhoParts } from "./who.ts"

let count = 0
const person = (name: string, some: Partial<Person> = {}): Person => ({
  member: `m${count++}` as MemberId,
  name,
  device: `${name}'s device`,
  since: count,
  level: "guest",
  ...some,
})
const stranger: WhoParts = { knownAs: () => undefined, looksLike: () => undefined }

test("D21.7: of two names that look alike the later one is flagged, with the other's name", () => {
  const found = likenesses([person("Ines Okafor"), person("Ines 0kafor"), person("Amal")], isConfusable)
  expect([...found]).toEqual([["Ines 0kafor's device", "Ines Okafor"]])
})

test("D21.7: who is vouched for keeps the good name, also when the other came first", () => {
  const vouched = person("Ines Okafor", { level: "organisation", issuer: "https://id.example" })
  const found = likenesses([person("Ines Okafor", { device: "another" }), vouched], isConfusable)
  expect([...found.keys()]).toEqual(["another"])
})

test("D21.7: one person from one device is not like itself", () => {
  const one = person("Ada")
  expect(likenesses([one, { ...one, member: "again" as MemberId }], isConfusable).size).toBe(0)
})

test("D21: an organisation is named by its host beside the level", () => {
  expect(whoOf(person("Ada", { level: "organisation", issuer: "https://id.example/all" }), stranger)).toMatchObject({
    level: "organisation",
    note: "id.example",
  })
  expect(whoOf(person("Ada"), stranger)).not.toHaveProperty("note")
})

test("D21: numbers compared in person make the highest level; a changed key is said whatever the level", () => {
  expect(whoOf(person("Ada"), { ...stranger, knownAs: () => ({ isKeyChanged: false, verifiedAt: 1 }) }).level).toBe("person")
  expect(whoOf(person("Ada"), { ...stranger, knownAs: () => ({ isKeyChanged: true }) })).toMatchObject({
    level: "guest",
    isKeyChanged: true,
  })
})
