/** Which languages there are, each a chunk of its own. */

import type { Catalogue } from "./words.ts"

/** Each in its own language, as people look for it. */
export const languages = { en: "English", de: "Deutsch", fr: "Français", es: "Español", ar: "العربية" } as const
export type LanguageTag = keyof typeof languages

const catalogues: Readonly<Record<Exclude<LanguageTag, "en">, () => Promise<Catalogue>>> = {
  de: async () => (await import("./de.ts")).de,
  fr: async () => (await import("./fr.ts")).fr,
  es: async () => (await import("./es.ts")).es,
  ar: async () => (await import("./ar.ts")).ar,
}

/** Loads one. English is always there. */
export const catalogueOf = (tag: Exclude<LanguageTag, "en">): Promise<Catalogue> => catalogues[tag]()
