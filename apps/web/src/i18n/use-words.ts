import { createContext, use } from "react"
import { english, type Say } from "./words.ts"

/** The language in force. English without a provider, so that a view can be drawn alone. */
export const Words = createContext<Say>(english)

/** The speaker of the language in force. */
export const useWords = (): Say => use(Words)
