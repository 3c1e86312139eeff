import { ChevronRight } from "lucide-react"
import type { ReactNode } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { RefusedFrames, SecurityDetails as Details } from "../view/security.ts"

interface DetailsProps {
  readonly details: Details
  /** A transport-only room: the keys of its frames are agreed on with nobody. */
  readonly isOpen: boolean
  readonly onCopy: () => void
}

/** What an auditor asks for: epoch, suite, group, and what was refused. */
export function SecurityDetails({ details, isOpen, onCopy }: DetailsProps) {
  const say = useWords()
  return (
    <details>
      <summary>
        <ChevronRight className="icon s" aria-hidden="true" />
        {say("security.details")}
      </summary>
      <dl className="facts">
        <Fact term={say("security.epoch")}>{say("security.epoch-what", { epoch: details.epoch })}</Fact>
        {!isOpen && <Fact term={say("security.agreed")}>{say("security.agreed-what")}</Fact>}
        <Fact term={say("security.frames")}>{say("security.frames-what")}</Fact>
        <Fact term={say("security.refused")}>
          <Refused details={details} />
        </Fact>
        <Fact term={say("security.heartbeat")}>{say("security.heartbeat-what", { count: details.heartbeatWindow })}</Fact>
        <Fact term={say("security.group")}>
          <code>{details.group}</code>
        </Fact>
      </dl>
      <button type="button" className="button" onClick={onCopy}>
        {say("security.copy")}
      </button>
    </details>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Refused({ details }: { details: Details }) {
  const say = useWords()
  const rows = details.refused.filter((row) => totalOf(row) > 0)
  if (rows.length === 0) return say("security.refused-none")
  return (
    <ul>
      {rows.map((row, index) => (
        <li key={`${index} ${row.name ?? ""}`}>
          {say("security.refused-row", {
            name: row.name ?? say("security.refused-nobody"),
            total: totalOf(row),
            unknown: row.unknownKey,
            forged: row.authentication,
            replayed: row.replay,
            malformed: row.malformed,
          })}
        </li>
      ))}
      <li>{say("security.outside", { count: details.outsideWindow })}</li>
    </ul>
  )
}

const totalOf = (row: RefusedFrames): number => row.unknownKey + row.authentication + row.replay + row.malformed
