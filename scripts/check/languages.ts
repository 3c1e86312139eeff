/** The languages of the page against English: nothing missing, nothing over, every slot known, nothing left in English (L56). */

import { accountWords } from "../../apps/web/src/i18n/account-words.ts"
import { dashboardWords } from "../../apps/web/src/i18n/dashboard-words.ts"
import { en } from "../../apps/web/src/i18n/en.ts"
import { catalogueOf, languages } from "../../apps/web/src/i18n/catalogues.ts"
import type { Findings } from "./tools.ts"

type Entry = string | Readonly<Record<string, string>>
type Words = Readonly<Record<string, Entry>>

/** Names and units that are the same everywhere. */
const sameEverywhere =
  /^(?:app\.name|security\.(?:frames|agreed)-what|call\.minutes|call\.link|stage\.zoom|doings\.clock|statistics\.(?:way\.|.*-value))/
/** Other words two languages happen to share: so many at most, else somebody forgot to translate. */
const mostShared = 24

const formsOf = (entry: Entry): readonly string[] => (typeof entry === "string" ? [entry] : Object.values(entry))
const slotsIn = (text: string): readonly string[] => [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name ?? "")

/** What is wrong with one language, a line for each. */
export function troublesOf(tag: string, english: Words, other: Words): Findings {
  const missing = Object.keys(english).filter((key) => !(key in other))
  const over = Object.keys(other).filter((key) => !(key in english))
  const shared = Object.keys(english).filter((key) => !sameEverywhere.test(key) && key in other && isSame(english[key], other[key]))
  return [
    ...missing.map((key) => `${tag}: ${key} is missing. English says: ${formsOf(english[key] ?? "").at(-1) ?? ""}`),
    ...over.map((key) => `${tag}: ${key} is not in English`),
    ...Object.entries(english).flatMap(([key, entry]) =>
      strangeSlots(entry, other[key] ?? "").map((slot) => `${tag}: ${key} has no {${slot}}`),
    ),
    ...(shared.length > mostShared ? [`${tag}: ${String(shared.length)} entries say the same as English: ${shared.join(", ")}`] : []),
  ]
}

const isSame = (one: Entry | undefined, two: Entry | undefined): boolean => JSON.stringify(one) === JSON.stringify(two)

/** Slots that a translation fills and English does not have. */
function strangeSlots(english: Entry, other: Entry): readonly string[] {
  const known = new Set(formsOf(english).flatMap(slotsIn))
  return [...new Set(formsOf(other).flatMap(slotsIn))].filter((slot) => !known.has(slot))
}

/** The check. */
export async function languageCheck(): Promise<Findings> {
  const found: string[] = []
  for (const tag of Object.keys(languages) as (keyof typeof languages)[])
    if (tag !== "en") {
      found.push(...troublesOf(tag, en, await catalogueOf(tag)))
      for (const words of [accountWords, dashboardWords]) found.push(...troublesOf(tag, words.english, await words.load(tag)))
    }
  return found
}
