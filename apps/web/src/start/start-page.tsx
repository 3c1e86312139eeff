import { useState } from "react"
import { readPastedLink } from "../address.ts"
import type { StartView } from "../view/start.ts"
import { StartScreen } from "./start-screen.tsx"
import "../styles/start.css"

/** The first page with its little state. Loads nothing of a call. */
export function StartPage() {
  const [view, show] = useState<StartView>({ pasted: "" })
  const join = () => {
    const read = readPastedLink(view.pasted, location.origin)
    if ("kind" in read) show({ ...view, trouble: read })
    else location.assign(read.path)
  }
  return <StartScreen view={view} actions={{ paste: (pasted) => show({ pasted }), join }} />
}
