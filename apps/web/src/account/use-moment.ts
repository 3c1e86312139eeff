import { use } from "react"
import { Tongue } from "../i18n/use-words.ts"

/** Says a moment (milliseconds since 1970) as people of the language in force write it, in their own time zone. */
export function useMoment(): (at: number) => string {
  const format = new Intl.DateTimeFormat(use(Tongue), { dateStyle: "medium", timeStyle: "short" })
  return (at) => format.format(at)
}
