import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Paging } from "../parts/paging.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import { ShownOnce } from "../parts/shown-once.tsx"
import type { ShownKey } from "../shapes.ts"
import { KeyRow } from "./key-row.tsx"
import type { KeysActions, KeysView } from "./keys-view.ts"
import { NewKey } from "./new-key.tsx"

interface ScreenProps {
  readonly view: KeysView
  readonly actions: KeysActions
  /** For the gallery. */
  readonly firstShown?: ShownKey
  readonly firstOpen?: string
}

/** All keys one may see, and beside them making another. */
export function KeysScreen({ view, actions, firstShown, firstOpen }: ScreenProps) {
  const say = dashboardWords.useWords()
  const [shown, show] = useState(firstShown)
  const made = (key: ShownKey) => {
    show(key)
    actions.again()
  }
  return (
    <div className={view.makeIn.length === 0 ? "board" : "board two"}>
      <section aria-labelledby="keys-title">
        <div className="title-row">
          <h1 id="keys-title">{say("keys.title")}</h1>
        </div>
        <p className="why">{say("keys.why")}</p>
        <Shown loaded={view.keys} onAgain={actions.again}>
          {({ data, total_count }) => (
            <>
              {data.length === 0 ? (
                <Empty title={say("keys.none")}>{say("keys.none-todo")}</Empty>
              ) : (
                <ul className="rows">
                  {data.map((key) => (
                    <KeyRow key={key.id} of={key} view={view} actions={actions} onShown={made} isFirstOpen={key.id === firstOpen} />
                  ))}
                </ul>
              )}
              <Paging offset={view.offset} total={total_count} onTurn={actions.turn} />
            </>
          )}
        </Shown>
      </section>
      {view.makeIn.length > 0 && <NewKey teams={view.makeIn} make={actions.make} onMade={made} />}
      {shown !== undefined && (
        <ShownOnce
          title={say("keys.made", { name: shown.name })}
          note={say("keys.made-once")}
          text={shown.key}
          onDone={() => show(undefined)}
        />
      )}
    </div>
  )
}
