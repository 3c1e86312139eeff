import { useCallback } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { useAsking } from "../../account/use-asking.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Table, type Column } from "../../ui/table.tsx"
import { useMoments } from "../parts/moment.tsx"
import { Shown } from "../parts/shown.tsx"
import type { Delivery } from "../shapes.ts"
import { useLoaded } from "../use-loaded.ts"
import type { WebhookProps } from "./webhooks-view.ts"

/** What was sent lately, how it went, and sending it again. */
export function Deliveries({ of, mayChange, actions }: WebhookProps & { readonly mayChange: boolean }) {
  const say = dashboardWords.useWords()
  const { moment: when } = useMoments()
  const load = useCallback(() => actions.deliveries(of.id), [actions, of.id])
  const [loaded, again] = useLoaded(load)
  const asking = useAsking()
  const replay: Column<Delivery> = {
    name: say("hooks.replay"),
    isActions: true,
    cell: ({ id, event }) => (
      <button
        type="button"
        className="button"
        aria-label={say("part.of", { act: say("hooks.replay"), name: event })}
        disabled={asking.isBusy}
        onClick={() => asking.ask(() => actions.replay(of.id, id), again)}
      >
        {say("hooks.replay")}
      </button>
    ),
  }
  const columns: Column<Delivery>[] = [
    { name: say("hooks.event"), cell: ({ event }) => <code>{event}</code> },
    { name: say("hooks.when"), cell: ({ created_at }) => when(created_at) },
    { name: say("hooks.outcome"), cell: (one) => <Outcome of={one} /> },
  ]
  return (
    <div>
      <div className="title-row">
        <h2>{say("hooks.deliveries")}</h2>
        <span className="actions">
          {mayChange && (
            <button type="button" className="button" disabled={asking.isBusy} onClick={() => asking.ask(() => actions.test(of.id), again)}>
              {say("hooks.test")}
            </button>
          )}
          <button type="button" className="button" onClick={again}>
            {say("calls.refresh")}
          </button>
        </span>
      </div>
      <p className="trouble" role="alert">
        {refusalText(asking.refusal, say)}
      </p>
      <Shown loaded={loaded} onAgain={again}>
        {({ data }) => (
          <Table
            caption={say("hooks.deliveries")}
            columns={mayChange ? [...columns, replay] : columns}
            rows={data}
            keyOf={({ id }) => id}
            empty={say("hooks.deliveries-none")}
          />
        )}
      </Shown>
    </div>
  )
}

function Outcome({ of }: { readonly of: Delivery }) {
  const say = dashboardWords.useWords()
  const { moment: when } = useMoments()
  return (
    <>
      {say(`hooks.state.${of.state}`)}
      {of.response_status !== null && ` (${of.response_status})`}
      {of.attempts > 1 && <span className="sub">{say("hooks.attempts", { tries: of.attempts })}</span>}
      {of.problem !== null && <span className="sub">{say(`hooks.problem.${of.problem}`)}</span>}
      {of.next_attempt_at !== null && <span className="sub">{say("hooks.next", { when: when(of.next_attempt_at) })}</span>}
    </>
  )
}
