import { use } from "react"
import { Tongue } from "../../i18n/use-words.ts"

/** Digits as everywhere else on the page. */
const tagOf = (tongue: string): string => (tongue === "ar" ? "ar-u-nu-latn" : tongue)

interface Moments {
  /** Day and time, here. */
  readonly moment: (moment: string) => string
  /** The day of a moment, here; a mere day (2026-11-21) as it is. */
  readonly day: (moment: string) => string
  readonly number: (value: number) => string
}

/** Says moments of the API, and numbers, in the language in force. */
export function useMoments(): Moments {
  const tongue = tagOf(use(Tongue))
  const format = (moment: string, how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tongue, how).format(new Date(moment))
  return {
    moment: (moment) => format(moment, { dateStyle: "medium", timeStyle: "short" }),
    day: (moment) => format(moment, { dateStyle: "medium", ...(moment.length === 10 && { timeZone: "UTC" }) }),
    number: (value) => new Intl.NumberFormat(tongue).format(value),
  }
}
