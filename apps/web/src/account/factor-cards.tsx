import { KeyRound, Smartphone } from "lucide-react"
import { accountWords } from "../i18n/account-words.ts"
import type { AccountActions, AccountView } from "../view/account.ts"
import { Card } from "./card.tsx"
import { useMoment } from "./use-moment.ts"

interface CardProps {
  readonly view: AccountView
  readonly actions: AccountActions
}

/** What one signs in with beside the password. */
export const FactorCards = ({ view, actions }: CardProps) => (
  <>
    <PasskeysCard view={view} actions={actions} />
    <AppCard view={view} actions={actions} />
  </>
)

function PasskeysCard({ view, actions }: CardProps) {
  const say = accountWords.useWords()
  const moment = useMoment()
  return (
    <Card title={say("account.passkeys")}>
      <p className="small soft">{say("guard.passkey-what")}</p>
      {view.passkeys.length > 0 && (
        <ul className="listed">
          {view.passkeys.map(({ id, name, madeAt, usedAt }) => (
            <li key={id}>
              <span>
                <strong>
                  <bdi>{name}</bdi>
                </strong>
                <span className="when">
                  {usedAt === undefined
                    ? say("account.passkey-made", { moment: moment(madeAt) })
                    : say("account.passkey-used", { moment: moment(usedAt) })}
                </span>
              </span>
              <button
                type="button"
                className="button"
                aria-label={say("account.passkey-remove-name", { name })}
                onClick={() => actions.ask({ about: "passkey", id })}
              >
                {say("account.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {view.canPasskey ? (
        <div className="actions">
          <button type="button" className="button" onClick={() => actions.begin("passkey")}>
            <KeyRound className="icon s" aria-hidden="true" />
            {say("account.passkey-add")}
          </button>
        </div>
      ) : (
        <p className="small">{say("account.passkeys-none")}</p>
      )}
    </Card>
  )
}

function AppCard({ view, actions }: CardProps) {
  const say = accountWords.useWords()
  return (
    <Card title={say("account.app")}>
      <p className="small soft">{say("guard.app-what")}</p>
      {view.hasApp ? (
        <>
          <p className="small" role="status">
            {say("account.codes-left", { count: view.codesLeft })}
          </p>
          <div className="actions">
            <button type="button" className="button" onClick={() => actions.ask({ about: "codes" })}>
              {say("account.codes-renew")}
            </button>
            <button type="button" className="button danger" onClick={() => actions.ask({ about: "app" })}>
              {say("account.app-remove")}
            </button>
          </div>
        </>
      ) : (
        <div className="actions">
          <button type="button" className="button" onClick={() => actions.begin("app")}>
            <Smartphone className="icon s" aria-hidden="true" />
            {say("guard.app")}
          </button>
        </div>
      )}
    </Card>
  )
}
