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

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  /** Nothing else is on the page. */
  readonly isAlone?: boolean
}

/** A list without anything in it, or a page, says what to do. */
export function Empty({ title, children, isAlone = false }: EmptyProps) {
  const Heading = isAlone ? "h1" : "h2"
  return (
    <div className="card nothing">
      <Heading>{title}</Heading>
      <p>{children}</p>
    </div>
  )
}
