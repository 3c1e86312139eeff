/** Which language to speak: the first of the browser's that we have. Only that one is loaded. */

import { english, sayIn, type Say } from "./words.ts"

export interface Language {
  readonly tag: string
  readonly say: Say
}

/** Picks among the languages there are; English when none fits. */
export function languageOf(wanted: readonly string[]): "en" | "de" {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0]
    if (base === "en" || base === "de") return base
  }
  return "en"
}

export async function loadLanguage(wanted: readonly string[]): Promise<Language> {
  if (languageOf(wanted) === "en") return { tag: "en", say: english }
  const { de } = await import("./de.ts")
  return { tag: "de", say: sayIn("de", de) }
}
