import { useEffect, useState, type ReactNode } from "react"
import { useSettings } from "../settings/use-settings.ts"
import { loadLanguage, wantedOf, wearLanguage, type Language } from "./language.ts"
import { Tongue, Words } from "./use-words.ts"

/** Speaks the language in force and changes it in place when another is chosen, here or in another tab. */
export function Speaking({ first, children }: { readonly first: Language; readonly children: ReactNode }) {
  const { language: chosen } = useSettings()
  const [language, speak] = useState(first)
  useEffect(() => {
    let isWanted = true
    void loadLanguage(wantedOf(chosen, navigator.languages)).then((loaded) => {
      if (!isWanted) return
      wearLanguage(loaded)
      speak(loaded)
    })
    return () => {
      isWanted = false
    }
  }, [chosen])
  return (
    <Tongue value={language.tag}>
      <Words value={language.say}>{children}</Words>
    </Tongue>
  )
}
