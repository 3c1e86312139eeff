import { expect, test } from "vitest"
import { problems } from "@conclave/wire"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { languageOf, loadLanguage } from "./language.ts"
import type { Catalogue, Plural } from "./words.ts"
import { english } from "./words.ts"

const slotsIn = (text: string): string[] => [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name ?? "").toSorted()
const formsOf = (entry: string | Plural): string[] => (typeof entry === "string" ? [entry] : Object.values(entry))

test("L10: every problem code says what happened and what to do, in every language", () => {
  for (const catalogue of [en, de] as readonly Catalogue[])
    for (const code of Object.keys(problems)) {
      expect(catalogue).toHaveProperty([`problem.${code}.title`])
      expect(catalogue).toHaveProperty([`problem.${code}.todo`])
    }
})

test("L10: languages have the same keys, the same slots, and words of their own", () => {
  expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted())
  let same = 0
  for (const [key, entry] of Object.entries(en)) {
    const other: string | Plural = de[key as keyof typeof en]
    const slots = slotsIn(formsOf(entry).at(-1) ?? "")
    for (const form of formsOf(other)) expect(slotsIn(form), key).toEqual(slots)
    if (JSON.stringify(entry) === JSON.stringify(other)) same++
  }
  expect(same).toBeLessThan(25)
})

test("L10: the voice neither blames nor shouts", () => {
  for (const catalogue of [en, de] as readonly Catalogue[])
    for (const [key, entry] of Object.entries(catalogue))
      for (const form of formsOf(entry)) expect(form, key).not.toMatch(/[!]|\boops\b|military|please|bitte/i)
})

test("L10: plurals follow the number", () => {
  expect(english("seal.sealed", { count: 1 })).toBe("Sealed to 1 person")
  expect(english("seal.sealed", { count: 7 })).toBe("Sealed to 7 people")
})

test("L10: a name is put in as it is, also one that looks like a slot", () => {
  expect(english("news.came", { name: "{count} $& $1" })).toBe("{count} $& $1 came in. The keys are new.")
})

test("L10: the first language that is there is spoken, English else", async () => {
  expect(languageOf(["fr-CH", "de-AT", "en"])).toBe("de")
  expect(languageOf(["fr"])).toBe("en")
  expect((await loadLanguage(["de"])).say("lobby.join")).toBe("Eintreten")
})
