import { expect, test } from "vitest"
import { problems } from "@conclave/wire"
import { accountWords } from "./account-words.ts"
import { catalogueOf, languages, type LanguageTag } from "./catalogues.ts"
import { dashboardWords } from "./dashboard-words.ts"
import { en as everywhere } from "./en.ts"
import { languageOf, loadLanguage, wantedOf } from "./language.ts"
import { english, type English, type Plural } from "./words.ts"

const slotsIn = (text: string): string[] => [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name ?? "").toSorted()
const formsOf = (entry: string | Plural): string[] => (typeof entry === "string" ? [entry] : Object.values(entry))
const others = (Object.keys(languages) as LanguageTag[]).filter((tag) => tag !== "en")
const later = [accountWords, dashboardWords] as const
/** The words of every page, and those that come with pages of their own. */
const en: English = Object.assign({}, everywhere, ...later.map(({ english }) => english))
const all = new Map<string, English>([["en", en]])
for (const tag of others)
  all.set(tag, Object.assign({}, await catalogueOf(tag), ...(await Promise.all(later.map(({ load }) => load(tag))))))
/** Words that two languages share, a few dozen at most: names of things, "Firefox", "UDP", "{value} %". */
const mostAlike = 60

test("L10: every problem code says what happened and what to do, in every language", () => {
  const wanted = Object.keys(problems).flatMap((code) => [`problem.${code}.title`, `problem.${code}.todo`])
  for (const [tag, catalogue] of all) expect([tag, ...wanted.filter((key) => !(key in catalogue))]).toEqual([tag])
})

test.each(others)("L10, L56: %s has every key and every slot of English, and words of its own", (tag) => {
  const catalogue = all.get(tag)!
  expect(Object.keys(catalogue).toSorted()).toEqual(Object.keys(en).toSorted())
  const [same, wrong]: [string[], string[]] = [[], []]
  for (const [key, entry] of Object.entries(en)) {
    const other: string | Plural = catalogue[key] ?? ""
    const slots = slotsIn(formsOf(entry).at(-1) ?? "").join()
    if (formsOf(other).some((form) => slotsIn(form).join() !== slots) && !countsInWords(other, slots)) wrong.push(key)
    if (JSON.stringify(entry) === JSON.stringify(other)) same.push(key)
  }
  expect(wrong).toEqual([])
  expect(same.length, same.join(" ")).toBeLessThan(mostAlike)
})

/** "One minute", "two minutes" are one word each where a language has a dual: those forms may leave the number out. */
function countsInWords(entry: string | Plural, slots: string): boolean {
  if (typeof entry === "string") return false
  return Object.entries(entry).every(([category, form]) => {
    const inForm = /zero|one|two/.test(category) ? [...new Set([...slotsIn(form), "count"])].toSorted() : slotsIn(form)
    return inForm.join() === slots
  })
}

test("L56: every plural has all the forms its language knows for whole numbers up to a thousand", () => {
  for (const [tag, catalogue] of all) {
    const rules = new Intl.PluralRules(tag)
    const needed = new Set(Array.from({ length: 1001 }, (_, count) => rules.select(count)))
    for (const [key, entry] of Object.entries(catalogue))
      if (typeof entry !== "string") expect(new Set(Object.keys(entry)), `${tag} ${key}`).toEqual(new Set([...needed, "other"]))
  }
})

test("L10: the voice neither blames nor shouts", () => {
  const shouts = /[!¡]|\boops\b|military|please|bitte(?!t)\b|veuillez|por favor|من فضلك|militar/i
  const found = [...all].flatMap(([tag, catalogue]) =>
    Object.entries(catalogue).flatMap(([key, entry]) => formsOf(entry).flatMap((form) => (shouts.test(form) ? [`${tag} ${key}`] : []))),
  )
  expect(found).toEqual([])
})

test("L10: plurals follow the number", () => {
  expect(english("seal.sealed", { count: 1 })).toBe("Sealed to 1 person")
  expect(english("seal.sealed", { count: 7 })).toBe("Sealed to 7 people")
})

test("L10: a name is put in as it is, also one that looks like a slot", () => {
  expect(english("news.came", { name: "{count} $& $1" })).toBe("{count} $& $1 came in.")
})

test("L10, L56: a chosen language comes first, then the first of the browser's that is there, English else", async () => {
  expect(languageOf(["pt", "de-AT", "en"])).toBe("de")
  expect(languageOf(["pt"])).toBe("en")
  expect(languageOf(["constructor"])).toBe("en")
  expect(languageOf(wantedOf("ar", ["de"]))).toBe("ar")
  expect(languageOf(wantedOf("system", ["fr-CH", "de"]))).toBe("fr")
  expect((await loadLanguage(["de"])).say("lobby.join")).toBe("Eintreten")
})

test("L56: Arabic is written from the right, counts in six ways, and keeps names apart from its own words", async () => {
  const { direction, say } = await loadLanguage(["ar"])
  expect(direction).toBe("rtl")
  const said = [0, 1, 2, 3, 11, 100].map((count) => say("state.lasted", { count }))
  expect(new Set(said).size).toBe(6)
  expect(say("door.at", { name: "Mira (host)" })).toContain("\u2068Mira (host)\u2069")
  expect((await loadLanguage(["fr"])).direction).toBe("ltr")
})
