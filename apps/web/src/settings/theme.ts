/** Wears the chosen colours. public/theme.js does the same before the first paint; this follows every change after it. */

import { settings } from "../session/settings-store.ts"

export function followTheme(): void {
  const wear = () => {
    const { theme } = settings.current()
    if (theme === "system") delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    colourTheBrowser()
  }
  wear()
  settings.subscribe(wear)
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colourTheBrowser)
}

/** The bars of a phone's browser, and of an installed app's window, take the ground the page has now. */
function colourTheBrowser(): void {
  const ground = getComputedStyle(document.body).backgroundColor
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute("content", ground)
}
