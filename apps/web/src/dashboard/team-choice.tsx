import { ChevronDown } from "lucide-react"
import { dashboardWords } from "../i18n/dashboard-words.ts"
import type { Team } from "./shapes.ts"

interface ChoiceProps {
  readonly teams: readonly Team[]
  readonly team: string | undefined
  readonly onChoose: (team: string | undefined) => void
}

/** Which team's things are shown. There is nothing to choose with fewer than two. */
export function TeamChoice({ teams, team, onChoose }: ChoiceProps) {
  const say = dashboardWords.useWords()
  if (teams.length < 2) return null
  return (
    <span className="select team-choice">
      <select
        className="input"
        aria-label={say("nav.team")}
        value={team ?? ""}
        onChange={({ target }) => onChoose(target.value === "" ? undefined : target.value)}
      >
        <option value="">{say("nav.all-teams")}</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown className="icon s" aria-hidden="true" />
    </span>
  )
}
