import type { ReactNode } from "react"
import { I18nProvider } from "react-aria-components/I18nProvider"

/** Arrow keys, sorting and react-aria's own few words follow the language of the page, not that of the browser. */
export function AriaLocale({ children }: { readonly children: ReactNode }) {
  return <I18nProvider locale={typeof document === "undefined" ? "en" : document.documentElement.lang || "en"}>{children}</I18nProvider>
}
