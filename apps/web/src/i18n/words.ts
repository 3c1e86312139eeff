/** Strings by key. A missing key or slot is a type error; there is no fallback text. */

import { en } from "./en.ts"

export type Key = keyof typeof en

/** A plural: forms by Intl.PluralRules category. `other` is always there. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

/** The English of some part of the product. */
export type English = Readonly<Record<string, string | Plural>>

/** The same part in another language: the same keys, plural where English is plural. */
export type PartOf<Source> = { readonly [K in keyof Source]: Source[K] extends string ? string : Plural }

/** Another language. */
export type Catalogue = PartOf<typeof en>

type TextOf<Entry> = Entry extends string ? Entry : Entry extends { readonly other: infer S } ? S : never
type Slots<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never
type Filling<Entry> = { readonly [Name in Slots<TextOf<Entry>>]: Name extends "count" ? number : string | number }

/** Says a string of some part. Keys with slots need all of them. */
export type SayOf<Source> = <K extends keyof Source & string>(
  key: K,
  ...filling: [Slots<TextOf<Source[K]>>] extends [never] ? [] : [Filling<Source[K]>]
) => string

/** Says a string of what every page has. */
export type Say = SayOf<typeof en>

/** A name keeps its own direction and does not turn the words round it, so that neither can be made to look like the other (L56). */
const apart = (text: string | number): string => (typeof text === "string" ? `\u2068${text}\u2069` : String(text))

/** Makes the speaker of one language. `language` is a BCP 47 tag and decides the plural rules. */
export function sayIn<Source extends English>(language: string, catalogue: PartOf<Source>): SayOf<Source> {
  const plurals = new Intl.PluralRules(language)
  const put = language === "ar" ? apart : String
  return (key, ...[filling]) => {
    const entry: string | Plural = catalogue[key]
    const slots: Readonly<Record<string, string | number>> = filling ?? {}
    const text = typeof entry === "string" ? entry : (entry[plurals.select(Number(slots["count"]))] ?? entry.other)
    return text.replace(/\{([a-z]+)\}/g, (whole, name: string) => put(slots[name] ?? whole))
  }
}

export const english = sayIn<typeof en>("en", en)
