import { accountWords } from "../i18n/account-words.ts"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import type { AccountActions, AccountView } from "../view/account.ts"
import { AccountDialog } from "./account-dialog.tsx"
import { FactorCards } from "./factor-cards.tsx"
import { NameCard, PasswordCard } from "./self-cards.tsx"
import { refusalText } from "./refusal-text.ts"
import { SessionsCard } from "./sessions-card.tsx"
import "../styles/dashboard.css"
import "../styles/account.css"

/** One's own account: who one is here, what one signs in with, where one is signed in. */
export function AccountScreen({ view, actions }: { readonly view: AccountView; readonly actions: AccountActions }) {
  const say = accountWords.useWords()
  useTitle(`${say("account.title")} · ${say("app.name")}`)
  return (
    <Page
      className="signed-in"
      beside={
        <nav aria-label={say("account.navigation")}>
          <a href="/dashboard">{say("account.to-dashboard")}</a>
          <a href="/account" aria-current="page">
            {say("account.title")}
          </a>
        </nav>
      }
    >
      <div className="title-row">
        <h1>{say("account.title")}</h1>
        <button type="button" className="button" onClick={actions.signOut}>
          {say("account.sign-out")}
        </button>
      </div>
      <p className="trouble said" role="alert">
        {refusalText(view.refusal, say)}
      </p>
      <div className="cards">
        <NameCard view={view} actions={actions} />
        <PasswordCard view={view} actions={actions} />
        <FactorCards view={view} actions={actions} />
        <SessionsCard sessions={view.sessions} actions={actions} />
      </div>
      {view.open !== undefined && <AccountDialog view={view.open} actions={actions} />}
    </Page>
  )
}
