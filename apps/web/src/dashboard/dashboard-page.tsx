import { useAccount } from "../account/use-account.ts"
import type { Place } from "../address.ts"
import { apiProblemText } from "../i18n/api-problem-text.ts"
import { dashboardWords } from "../i18n/dashboard-words.ts"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import "../styles/dashboard.css"

const parts = ["rooms", "people", "teams", "keys", "webhooks", "live", "usage", "health"] as const

interface PageProps {
  readonly place: Extract<Place, { readonly page: "dashboard" }>
}

/** What the organisation has here, for those who run it. */
export const DashboardPage = ({ place }: PageProps) => (
  <dashboardWords.Speaking>
    <Dashboard place={place} />
  </dashboardWords.Speaking>
)

function Dashboard({ place }: PageProps) {
  const say = dashboardWords.useWords()
  const account = useAccount()
  useTitle(`${say("dashboard.title")} · ${say("app.name")}`)
  if (account === undefined) return null
  return (
    <Page className="signed-in" beside={<Navigation open={place.part} name={account.kind === "done" ? account.value.name : ""} />}>
      <h1>{say("dashboard.title")}</h1>
      <p role="alert">{account.kind === "refused" && apiProblemText(account, say)}</p>
    </Page>
  )
}

function Navigation({ open, name }: { readonly open: string | undefined; readonly name: string }) {
  const say = dashboardWords.useWords()
  return (
    <>
      <nav aria-label={say("dashboard.navigation")}>
        {parts.map((part) => (
          <a key={part} href={`/dashboard/${part}`} aria-current={part === open ? "page" : undefined}>
            {say(`dashboard.part.${part}`)}
          </a>
        ))}
      </nav>
      <a className="button quiet" href="/account">
        <span className="hidden-text">{say("dashboard.account")}: </span>
        <bdi>{name}</bdi>
      </a>
    </>
  )
}
