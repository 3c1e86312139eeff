import { TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { apiProblemText } from "../../i18n/api-problem-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import type { Loaded } from "../use-loaded.ts"

interface ShownProps<Value> {
  readonly loaded: Loaded<Value>
  readonly onAgain: () => void
  /** In place of a refusal, where the server says that there is no such thing. */
  readonly gone?: ReactNode
  readonly children: (value: Value) => ReactNode
}

/** What was loaded; until then a place of its size and a word, and a refusal with a way out (D41.33). */
export function Shown<Value>({ loaded, onAgain, gone, children }: ShownProps<Value>) {
  const say = dashboardWords.useWords()
  if (loaded === undefined)
    return (
      <p className="card awaited" role="status">
        {say("part.loading")}
      </p>
    )
  if (loaded.kind === "done") return children(loaded.value)
  if (loaded.code === "not-found" && gone !== undefined) return gone
  return (
    <div className="notice alert" role="alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <p>{apiProblemText(loaded, say)}</p>
      <div className="actions">
        <button type="button" className="button" onClick={onAgain}>
          {say("part.try-again")}
        </button>
      </div>
    </div>
  )
}

/** A list without anything in it says what to do. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="card nothing">
    <h2>{title}</h2>
    <p>{children}</p>
  </div>
)
