import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Paging } from "../parts/paging.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import { ShownOnce } from "../parts/shown-once.tsx"
import type { ShownWebhook } from "../shapes.ts"
import { NewWebhook } from "./new-webhook.tsx"
import { WebhookRow } from "./webhook-row.tsx"
import type { WebhooksActions, WebhooksView } from "./webhooks-view.ts"

interface ScreenProps {
  readonly view: WebhooksView
  readonly actions: WebhooksActions
  /** For the gallery. */
  readonly firstOpen?: string
}

/** All webhooks one may see, and beside them making another. */
export function WebhooksScreen({ view, actions, firstOpen }: ScreenProps) {
  const say = dashboardWords.useWords()
  const [shown, show] = useState<ShownWebhook>()
  const made = (webhook: ShownWebhook) => {
    show(webhook)
    actions.again()
  }
  return (
    <div className={view.makeIn.length === 0 ? "board" : "board two"}>
      <section aria-labelledby="webhooks-title">
        <div className="title-row">
          <h1 id="webhooks-title">{say("hooks.title")}</h1>
        </div>
        <p className="why">{say("hooks.why")}</p>
        <Shown loaded={view.webhooks} onAgain={actions.again}>
          {({ data, total_count }) => (
            <>
              {data.length === 0 ? (
                <Empty title={say("hooks.none")}>{view.makeIn.length > 0 && say("hooks.none-todo")}</Empty>
              ) : (
                <ul className="rows">
                  {data.map((one) => (
                    <WebhookRow key={one.id} of={one} view={view} actions={actions} onShown={made} isFirstOpen={one.id === firstOpen} />
                  ))}
                </ul>
              )}
              <Paging offset={view.offset} total={total_count} onTurn={actions.turn} />
            </>
          )}
        </Shown>
      </section>
      {view.makeIn.length > 0 && <NewWebhook teams={view.makeIn} make={actions.make} onMade={made} />}
      {shown !== undefined && (
        <ShownOnce
          title={say("hooks.secret-of", { name: shown.name })}
          note={say("hooks.secret-once")}
          text={shown.secret}
          onDone={() => show(undefined)}
        />
      )}
    </div>
  )
}
