import { ChevronDown } from "lucide-react"
import { useId } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { RuleEdit } from "../view/rules.ts"

const hourMs = 3_600_000
const spans = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const
const isSpan = (name: string): name is keyof typeof spans => Object.hasOwn(spans, name)

interface EndProps {
  /** Milliseconds since 1970. */
  readonly expiry: number | undefined
  readonly canEdit: boolean
  readonly edit: (edit: RuleEdit) => void
}

/** When the link stops letting in new people. Chosen as a span, shown as a time. */
export function LinkEnd({ expiry, canEdit, edit }: EndProps) {
  const say = useWords()
  const id = useId()
  const now = expiry === undefined ? say("rules.expiry-never") : say("rules.expiry-now", { when: timeText(expiry) })
  if (!canEdit)
    return (
      <div className="rule">
        <span className="label-like">{say("rules.expiry-label")}</span>
        <span className="state">{now}</span>
      </div>
    )
  return (
    <div className="field">
      <label htmlFor={id}>{say("rules.expiry-label")}</label>
      <span className="select">
        <select
          className="input"
          id={id}
          value="now"
          onChange={({ target: { value } }) => edit({ set: "expiry", to: isSpan(value) ? spans[value] : undefined })}
        >
          <option value="now">{now}</option>
          {Object.keys(spans)
            .filter(isSpan)
            .map((span) => (
              <option key={span} value={span}>
                {say(`rules.expiry-${span}`)}
              </option>
            ))}
          {expiry !== undefined && <option value="never">{say("rules.expiry-never")}</option>}
        </select>
        <ChevronDown className="icon s" aria-hidden="true" />
      </span>
    </div>
  )
}

/** As this device writes dates. */
const timeText = (at: number): string => new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })
