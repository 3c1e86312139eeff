import { Copy, Link } from "lucide-react"
import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"

interface CopyProps {
  readonly text: string
  /** Its whole name where only a sign is drawn. */
  readonly name?: string
  /** The one thing to do where it stands. */
  readonly isFirst?: boolean
}

type Outcome = "copied" | "not-copied"

/** Puts a text into the clipboard and says whether that was done. */
export function CopyButton({ text, name, isFirst = false }: CopyProps) {
  const say = dashboardWords.useWords()
  const [outcome, set] = useState<Outcome>()
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => set("copied"),
      () => set("not-copied"),
    )
  }
  return (
    <span className="copying">
      {name === undefined ? (
        <button type="button" className={isFirst ? "button primary" : "button"} autoFocus={isFirst} onClick={copy}>
          <Copy className="icon s" aria-hidden="true" />
          {say(outcome === "copied" ? "part.copied" : "part.copy")}
        </button>
      ) : (
        <button type="button" className="button quiet icon-only" aria-label={name} title={name} onClick={copy}>
          <Link className="icon" aria-hidden="true" />
        </button>
      )}
      <span className={outcome === "not-copied" ? "small" : "hidden-text"} role="status">
        {outcome !== undefined && say(`part.${outcome}`)}
      </span>
    </span>
  )
}
