/** Words of pages that few people open: a catalogue of its own for each language, fetched with the page. */

import { createContext, createElement, use, type ReactNode } from "react"
import type { LanguageTag } from "./catalogues.ts"
import { Tongue, useWords } from "./use-words.ts"
import { sayIn, type English, type PartOf, type Say, type SayOf } from "./words.ts"

/** Says these words and those of every page. */
export type SayWith<Source> = Say & SayOf<Source>

interface LaterWords<Source extends English> {
  readonly english: Source
  /** One language's, when it is there. */
  readonly load: (tag: LanguageTag) => Promise<PartOf<Source>>
  /** What its children say. It waits (Suspense) for the words of the language in force. */
  readonly Speaking: (props: { readonly children: ReactNode }) => ReactNode
  /** The same with words that are there already: for the gallery and tests. */
  readonly Given: (props: { readonly words: PartOf<Source>; readonly children: ReactNode }) => ReactNode
  /** The speaker of the language in force. English without a provider. */
  readonly useWords: () => SayWith<Source>
}

type Others<Source> = Readonly<Record<Exclude<LanguageTag, "en">, () => Promise<PartOf<Source>>>>

/** Makes the words of one part of the product. `others` is complete by its type, and so is each catalogue in it. */
export function laterWords<Source extends English>(english: Source, others: Others<Source>): LaterWords<Source> {
  const Spoken = createContext<PartOf<Source>>(english as PartOf<Source>)
  const loaded = new Map<LanguageTag, Promise<PartOf<Source>>>()
  const load = (tag: LanguageTag): Promise<PartOf<Source>> => {
    const words = loaded.get(tag) ?? (tag === "en" ? Promise.resolve(english as PartOf<Source>) : others[tag]())
    loaded.set(tag, words)
    return words
  }
  return {
    english,
    load,
    Speaking: ({ children }) => createElement(Spoken, { value: use(load(use(Tongue))) }, children),
    Given: ({ words, children }) => createElement(Spoken, { value: words }, children),
    useWords: () => bothOf(use(Spoken), { say: useWords(), tag: use(Tongue) }),
  }
}

const known = new WeakMap<object, WeakMap<Say, unknown>>()

/** One function for as long as the language stays: effects may depend on it. */
function bothOf<Source extends English>(words: PartOf<Source>, { say, tag }: { say: Say; tag: LanguageTag }): SayWith<Source> {
  const made = known.get(words) ?? new WeakMap<Say, unknown>()
  known.set(words, made)
  const own = sayIn<Source>(tag, words) as (...given: unknown[]) => string
  const everywhere = say as (...given: unknown[]) => string
  const both = made.get(say) ?? ((key: string, ...filling: unknown[]) => (Object.hasOwn(words, key) ? own : everywhere)(key, ...filling))
  made.set(say, both)
  return both as SayWith<Source>
}
