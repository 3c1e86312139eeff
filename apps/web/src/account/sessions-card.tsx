import { accountWords } from "../i18n/account-words.ts"
import type { AccountActions, SessionView } from "../view/account.ts"
import { agentOf } from "./agent.ts"
import { Card } from "./card.tsx"
import { useMoment } from "./use-moment.ts"

interface CardProps {
  readonly sessions: readonly SessionView[]
  readonly actions: AccountActions
}

/** Where this account is signed in. */
export function SessionsCard({ sessions, actions }: CardProps) {
  const say = accountWords.useWords()
  const moment = useMoment()
  return (
    <Card title={say("account.sessions")} isWhole>
      <ul className="listed">
        {sessions.map(({ id, isThis, agent, begunAt, seenAt }) => {
          const { browser, system } = agentOf(agent)
          const name =
            browser === undefined
              ? say("account.session-other")
              : system === undefined
                ? browser
                : say("account.session-agent", { browser, system })
          return (
            <li key={id}>
              <span>
                <strong>{isThis ? say("account.session-this", { name }) : name}</strong>
                <span className="when">{say("account.session-when", { begun: moment(begunAt), seen: moment(seenAt) })}</span>
              </span>
              {!isThis && (
                <button
                  type="button"
                  className="button"
                  aria-label={say("account.session-end-name", { name })}
                  onClick={() => actions.endSession(id)}
                >
                  {say("account.session-end")}
                </button>
              )}
            </li>
          )
        })}
      </ul>
      <div className="actions">
        {sessions.length > 1 && (
          <button type="button" className="button" onClick={actions.endOthers}>
            {say("account.sessions-end-others")}
          </button>
        )}
        <button type="button" className="button danger" onClick={() => actions.ask({ about: "sessions" })}>
          {say("account.sessions-end-all")}
        </button>
      </div>
    </Card>
  )
}
