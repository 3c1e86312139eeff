import type { ReactNode } from "react"
import { dashboardWords } from "../i18n/dashboard-words.ts"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import { Navigation } from "./navigation.tsx"
import { Empty } from "./parts/shown.tsx"
import { partsOffered, type Part } from "./parts-offered.ts"
import { may } from "./rights.ts"
import type { Visit } from "./visit.ts"
import { TeamChoice } from "./team-choice.tsx"
import "../styles/dashboard.css"
import "../styles/rows.css"

interface FrameProps {
  readonly visit: Visit
  readonly part: Part
  /** Whether what is shown depends on the team that is chosen. */
  readonly isOfTeams: boolean
  readonly onTeam: (team: string | undefined) => void
  readonly onSignOut: () => void
  readonly children: ReactNode
}

/** What stands round every page: the parts there are for this role, which team is in view, one's own account. */
export function Frame({ visit, part, isOfTeams, onTeam, onSignOut, children }: FrameProps) {
  const say = dashboardWords.useWords()
  const { account, teams, team } = visit
  const offered = partsOffered(account)
  useTitle(say("nav.title", { page: say(`nav.${part}`) }))
  return (
    <Page className="signed-in" beside={<Navigation offered={offered} open={part} team={team} name={account.name} onSignOut={onSignOut} />}>
      {isOfTeams && <TeamChoice teams={teams} team={team} onChoose={onTeam} />}
      {!offered.includes(part) ? (
        <NotYours isInNoTeam={account.teams.length === 0} />
      ) : teams.length === 0 && isOfTeam(part) ? (
        <NoTeam mayMake={may(account, "teams.write")} />
      ) : (
        children
      )}
    </Page>
  )
}

/** What cannot be there before there is a team. */
const isOfTeam = (part: Part): boolean => part === "rooms" || part === "keys" || part === "webhooks"

/** The first thing to do in a new organisation. */
function NoTeam({ mayMake }: { readonly mayMake: boolean }) {
  const say = dashboardWords.useWords()
  return (
    <div className="card nothing">
      <h1>{say("teams.none")}</h1>
      <p>{say("teams.none-first")}</p>
      {mayMake && (
        <div className="actions">
          <a className="button primary" href="/dashboard/teams">
            {say("teams.new")}
          </a>
        </div>
      )}
    </div>
  )
}

/** The server would refuse it as well; here it is said in words, with whom to ask. */
function NotYours({ isInNoTeam }: { readonly isInNoTeam: boolean }) {
  const say = dashboardWords.useWords()
  return (
    <Empty isAlone title={say("nav.not-yours")}>
      {say(isInNoTeam ? "teams.none-yours" : "nav.not-yours-what")}
    </Empty>
  )
}
