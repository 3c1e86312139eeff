import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Paging } from "../parts/paging.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import { LiveCall } from "./live-call.tsx"
import type { LiveActions, LiveView } from "./live-view.ts"

/** D41.38: how many are in which room since when; never who. */
export function LiveScreen({ view, actions, firstOpen }: { view: LiveView; actions: LiveActions; firstOpen?: string }) {
  const say = dashboardWords.useWords()
  return (
    <section aria-labelledby="live-title">
      <div className="title-row">
        <h1 id="live-title">{say("calls.title")}</h1>
        <button type="button" className="button" onClick={actions.again}>
          {say("calls.refresh")}
        </button>
      </div>
      <p className="why">{say("calls.why")}</p>
      <Shown loaded={view.calls} onAgain={actions.again}>
        {({ data, total_count }) => (
          <>
            {data.length === 0 ? (
              <Empty title={say("calls.none")}>{say("calls.none-todo")}</Empty>
            ) : (
              <ul className="rows">
                {data.map((call) => (
                  <LiveCall key={call.room_id} call={call} view={view} actions={actions} isFirstOpen={call.room_id === firstOpen} />
                ))}
              </ul>
            )}
            <Paging offset={view.offset} total={total_count} onTurn={actions.turn} />
          </>
        )}
      </Shown>
    </section>
  )
}
