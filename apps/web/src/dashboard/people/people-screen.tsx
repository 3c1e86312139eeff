import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Paging } from "../parts/paging.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import { Invitations } from "./invitations.tsx"
import { Invite } from "./invite.tsx"
import type { PeopleActions, PeopleView } from "./people-view.ts"
import { PersonRow } from "./person-row.tsx"

interface ScreenProps {
  readonly view: PeopleView
  readonly actions: PeopleActions
  /** For the gallery. */
  readonly firstOpen?: string
}

/** Everybody one may see; beside them inviting, and the invitations that nobody has taken yet. */
export function PeopleScreen({ view, actions, firstOpen }: ScreenProps) {
  const say = dashboardWords.useWords()
  return (
    <div className={view.inviting === undefined ? "board" : "board two"}>
      <section aria-labelledby="people-title">
        <div className="title-row">
          <h1 id="people-title">{say("staff.title")}</h1>
        </div>
        <Shown loaded={view.people} onAgain={actions.again}>
          {({ data, total_count }) => (
            <>
              {data.length === 0 ? (
                <Empty title={say("staff.none")}>{view.inviting !== undefined && say("staff.none-todo")}</Empty>
              ) : (
                <ul className="rows">
                  {data.map((person) => (
                    <PersonRow key={person.id} person={person} view={view} actions={actions} isFirstOpen={person.id === firstOpen} />
                  ))}
                </ul>
              )}
              <Paging offset={view.offset} total={total_count} onTurn={actions.turn} />
            </>
          )}
        </Shown>
      </section>
      {view.inviting !== undefined && (
        <div className="stack">
          <Invite view={view.inviting} roles={view.rolesToGive} actions={actions} />
          <Invitations view={view} invitations={view.inviting.invitations} actions={actions} />
        </div>
      )}
    </div>
  )
}
