/** Every word there is, in one language, for screens that are drawn alone. */

import type { ReactNode } from "react"
import { accountWords } from "../i18n/account-words.ts"
import type { LanguageTag } from "../i18n/catalogues.ts"
import { dashboardWords } from "../i18n/dashboard-words.ts"
import { loadLanguage, type Language } from "../i18n/language.ts"
import { Tongue, Words } from "../i18n/use-words.ts"

export interface Spoken {
  readonly language: Language
  readonly In: (props: { readonly children: ReactNode }) => ReactNode
}

/** Loads a language with all that comes later in the product. */
export async function spokenIn(tag: LanguageTag): Promise<Spoken> {
  const language = await loadLanguage([tag])
  const [account, dashboard] = await Promise.all([accountWords.load(tag), dashboardWords.load(tag)])
  return {
    language,
    In: ({ children }) => (
      <Tongue value={language.tag}>
        <Words value={language.say}>
          <accountWords.Given words={account}>
            <dashboardWords.Given words={dashboard}>{children}</dashboardWords.Given>
          </accountWords.Given>
        </Words>
      </Tongue>
    ),
  }
}
