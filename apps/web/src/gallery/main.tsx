/** `?screen=call&theme=dark&dir=rtl&lang=de&details` (unfolded) draws one screen; without `screen`, the list of all. */

import { createRoot } from "react-dom/client"
import { languageOf, wearLanguage } from "../i18n/language.ts"
import { screens } from "./screens.tsx"
import { spokenIn } from "./spoken.tsx"
import "../styles/tokens.css"
import "../styles/base.css"

const query = new URLSearchParams(location.search)
const { documentElement } = document
const theme = query.get("theme")
if (theme !== null) documentElement.dataset.theme = theme
const { language, In } = await spokenIn(languageOf([query.get("lang") ?? "en"]))
wearLanguage(language)
const direction = query.get("dir")
if (direction !== null) documentElement.dir = direction

function List() {
  return (
    <main>
      <h1>Screens</h1>
      <ul>
        {[...screens.keys()].map((name) => (
          <li key={name}>
            <a href={`?screen=${name}`}>{name}</a>
          </li>
        ))}
      </ul>
    </main>
  )
}

const root = document.getElementById("root")
if (root === null) throw new Error("bug: no root element")
const screen = query.get("screen")
if (query.has("details"))
  new MutationObserver(() => {
    for (const details of document.querySelectorAll("details")) details.open = true
  }).observe(root, { childList: true })
createRoot(root).render(<In>{screen === null ? <List /> : screens.get(screen)}</In>)
