import { useCallback, useState } from "react"
import { StepUp } from "../account/step-up.tsx"
import { useAccount } from "../account/use-account.ts"
import { api } from "../adapters/api.ts"
import type { Place } from "../address.ts"
import { apiProblemText } from "../i18n/api-problem-text.ts"
import { dashboardWords } from "../i18n/dashboard-words.ts"
import { DeadEnd } from "../state/dead-end.tsx"
import { Page } from "../ui/page.tsx"
import { Frame } from "./frame.tsx"
import { HealthPage } from "./health/health-page.tsx"
import { KeysPage } from "./keys/keys-page.tsx"
import { LivePage } from "./live/live-page.tsx"
import { isPart, type Part } from "./parts-offered.ts"
import { PeoplePage } from "./people/people-page.tsx"
import { RoomPage } from "./rooms/room-page.tsx"
import { RoomsPage } from "./rooms/rooms-page.tsx"
import type { OwnAccount, Team } from "./shapes.ts"
import { TeamsPage } from "./teams/teams-page.tsx"
import { UsagePage } from "./usage/usage-page.tsx"
import { useLoaded } from "./use-loaded.ts"
import type { Visit } from "./visit.ts"
import { WebhooksPage } from "./webhooks/webhooks-page.tsx"

interface PageProps {
  readonly place: Extract<Place, { readonly page: "dashboard" }>
}

/** What the organisation has here, for those who run it. */
export function DashboardPage({ place: { part = "rooms", id } }: PageProps) {
  if (!isPart(part) || (id !== undefined && part !== "rooms")) return <DeadEnd view={{ kind: "nowhere" }} />
  return (
    <dashboardWords.Speaking>
      <Dashboard part={part} id={id} />
    </dashboardWords.Speaking>
  )
}

interface PartProps {
  readonly part: Part
  readonly id: string | undefined
}

/** Nothing is drawn before it is known who is here: what is offered depends on it. */
function Dashboard({ part, id }: PartProps) {
  const say = dashboardWords.useWords()
  const account = useAccount()
  const loadTeams = useCallback(() => api.listTeams({ query: { limit: 100, order: "asc" } }), [])
  const [teams] = useLoaded(loadTeams)
  if (account === undefined || teams === undefined) return <Page className="signed-in">{null}</Page>
  if (account.kind === "refused")
    return (
      <Page className="signed-in">
        <p role="alert">{apiProblemText(account, say)}</p>
      </Page>
    )
  // Who is in no team may not see any, which the server says as a refusal.
  return <Visited part={part} id={id} account={account.value} teams={teams.kind === "done" ? teams.value.data : []} />
}

function Visited({ part, id, account, teams }: PartProps & { readonly account: OwnAccount; readonly teams: readonly Team[] }) {
  const [chosen, choose] = useState(() => new URLSearchParams(location.search).get("team") ?? undefined)
  // D41.30: an address names a team that one may see, or none.
  const team = teams.some((one) => one.id === chosen) ? chosen : undefined
  const chooseTeam = (to: string | undefined) => {
    history.replaceState(null, "", `${location.pathname}${to === undefined ? "" : `?team=${to}`}`)
    choose(to)
  }
  const signOut = () => void api.logOut({}).then(() => location.assign("/login"))
  const visit = { account, teams, team }
  return (
    <StepUp>
      <Frame
        visit={visit}
        part={part}
        isOfTeams={id === undefined && part !== "teams" && part !== "health"}
        onTeam={chooseTeam}
        onSignOut={signOut}
      >
        <Open key={team} part={part} id={id} visit={visit} />
      </Frame>
    </StepUp>
  )
}

function Open({ part, id, visit }: PartProps & { readonly visit: Visit }) {
  switch (part) {
    case "rooms":
      return id === undefined ? <RoomsPage visit={visit} /> : <RoomPage visit={visit} room={id} />
    case "live":
      return <LivePage visit={visit} />
    case "people":
      return <PeoplePage visit={visit} />
    case "teams":
      return <TeamsPage visit={visit} />
    case "keys":
      return <KeysPage visit={visit} />
    case "webhooks":
      return <WebhooksPage visit={visit} />
    case "usage":
      return <UsagePage visit={visit} />
    case "health":
      return <HealthPage />
  }
}
