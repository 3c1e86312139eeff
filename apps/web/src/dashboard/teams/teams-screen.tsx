import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Field } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Paging } from "../parts/paging.tsx"
import { Section } from "../parts/section.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import { useAsking } from "../../account/use-asking.ts"
import { TeamRow } from "./team-row.tsx"
import type { TeamsActions, TeamsView } from "./teams-view.ts"

interface ScreenProps {
  readonly view: TeamsView
  readonly actions: TeamsActions
  /** For the gallery. */
  readonly firstOpen?: string
}

/** All teams one may see, and beside them making another. */
export function TeamsScreen({ view, actions, firstOpen }: ScreenProps) {
  const say = dashboardWords.useWords()
  return (
    <div className={view.mayMake ? "board two" : "board"}>
      <section aria-labelledby="teams-title">
        <div className="title-row">
          <h1 id="teams-title">{say("teams.title")}</h1>
        </div>
        <Shown loaded={view.teams} onAgain={actions.again}>
          {({ data, total_count }) => (
            <>
              {data.length === 0 ? (
                <Empty title={say("teams.none")}>{say(view.mayMake ? "teams.none-todo" : "teams.none-yours")}</Empty>
              ) : (
                <ul className="rows">
                  {data.map((team) => (
                    <TeamRow key={team.id} team={team} view={view} actions={actions} isFirstOpen={team.id === firstOpen} />
                  ))}
                </ul>
              )}
              <Paging offset={view.offset} total={total_count} onTurn={actions.turn} />
            </>
          )}
        </Shown>
      </section>
      {view.mayMake && <NewTeam actions={actions} />}
    </div>
  )
}

function NewTeam({ actions }: Pick<ScreenProps, "actions">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [name, rename] = useState("")
  const [isTried, tried] = useState(false)
  const submit = () => {
    tried(true)
    if (name.trim() !== "") asking.ask(() => actions.make(name.trim()), made)
  }
  const made = () => {
    tried(false)
    rename("")
    actions.again()
  }
  return (
    <Section title={say("teams.new")} className="making">
      <div className="card">
        <Form onSubmit={submit} submit={say("teams.make")} isBusy={asking.isBusy} trouble={refusalText(asking.refusal, say)}>
          <Field
            label={say("teams.name")}
            value={name}
            maxLength={100}
            trouble={isTried && name.trim() === "" ? say("part.needed") : undefined}
            onChange={rename}
          />
        </Form>
      </div>
    </Section>
  )
}
