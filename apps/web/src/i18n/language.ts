/** Which language to speak: the one that was chosen, else the first of the browser's that we have. Only that one is loaded. */

import { catalogueOf, languages, type LanguageTag } from "./catalogues.ts"
import type { en } from "./en.ts"
import { english, sayIn, type Say } from "./words.ts"

export interface Language {
  readonly tag: LanguageTag
  readonly direction: "ltr" | "rtl"
  readonly say: Say
}

const isTag = (tag: string | undefined): tag is LanguageTag => tag !== undefined && Object.hasOwn(languages, tag)

/** Picks among the languages there are; English when none fits. */
export function languageOf(wanted: readonly string[]): LanguageTag {
  return wanted.map((tag) => tag.toLowerCase().split("-")[0]).find(isTag) ?? "en"
}

/** L56: what a person chose comes before what the browser says. `chosen`: as it stands in the settings. */
export const wantedOf = (chosen: string, browser: readonly string[]): readonly string[] =>
  chosen === "system" ? browser : [chosen, ...browser]

export async function loadLanguage(wanted: readonly string[]): Promise<Language> {
  const tag = languageOf(wanted)
  const letters = tag === "ar" ? import("../styles/arabic.css") : undefined
  const direction = tag === "ar" ? "rtl" : "ltr"
  const say = tag === "en" ? english : sayIn<typeof en>(tag, await catalogueOf(tag))
  await letters
  return { tag, direction, say }
}

/** Tells the page which language it speaks, and which way that is written. */
export function wearLanguage({ tag, direction }: Language): void {
  document.documentElement.lang = tag
  document.documentElement.dir = direction
}
