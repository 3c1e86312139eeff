import { createContext, use } from "react"
import type { LanguageTag } from "./catalogues.ts"
import { english, type Say } from "./words.ts"

/** The language in force. English without a provider, so that a view can be drawn alone. */
export const Words = createContext<Say>(english)

/** Its name, for words that are loaded later than those of every page. */
export const Tongue = createContext<LanguageTag>("en")

/** The speaker of the language in force. */
export const useWords = (): Say => use(Words)
