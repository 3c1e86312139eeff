/** Which language to speak: the one that was chosen, else the first of the browser's that we have. Only that one is loaded. */

import { english, sayIn, type Catalogue, type Say } from "./words.ts"

/** Each in its own language, as people look for it. */
export const languages = { en: "English", de: "Deutsch", fr: "Français", es: "Español", ar: "العربية" } as const
export type LanguageTag = keyof typeof languages

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

const catalogues: Readonly<Record<Exclude<LanguageTag, "en">, () => Promise<Catalogue>>> = {
  de: async () => (await import("./de.ts")).de,
  fr: async () => (await import("./fr.ts")).fr,
  es: async () => (await import("./es.ts")).es,
  ar: async () => {
    const [{ ar }] = await Promise.all([import("./ar.ts"), import("../styles/arabic.css")])
    return ar
  },
}

/** Every catalogue there is, for whoever compares them. */
export async function catalogueOf(tag: Exclude<LanguageTag, "en">): Promise<Catalogue> {
  return catalogues[tag]()
}

export async function loadLanguage(wanted: readonly string[]): Promise<Language> {
  const tag = languageOf(wanted)
  const direction = tag === "ar" ? "rtl" : "ltr"
  return { tag, direction, say: tag === "en" ? english : sayIn(tag, await catalogueOf(tag)) }
}

/** Tells the page which language it speaks, and which way that is written. */
export function wearLanguage({ tag, direction }: Language): void {
  document.documentElement.lang = tag
  document.documentElement.dir = direction
}
