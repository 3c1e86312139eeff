import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Field } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Ending } from "../parts/ending.tsx"
import { useMoments } from "../parts/moment.tsx"
import { Row } from "../parts/row.tsx"
import type { Team } from "../shapes.ts"
import { useAsking } from "../../account/use-asking.ts"
import { TeamMembers } from "./team-members.tsx"
import type { TeamsActions, TeamsView } from "./teams-view.ts"

interface RowProps {
  readonly team: Team
  readonly view: TeamsView
  readonly actions: TeamsActions
}

/** One team; who is in it, its name and its end unfold. */
export function TeamRow({ team, view, actions, isFirstOpen }: RowProps & { readonly isFirstOpen: boolean }) {
  const say = dashboardWords.useWords()
  const { day } = useMoments()
  return (
    <Row
      name={team.name}
      title={<bdi>{team.name}</bdi>}
      sub={say("teams.since", { when: day(team.created_at) })}
      isFirstOpen={isFirstOpen}
      unfold={{ short: say("teams.members"), whole: say("part.of", { act: say("teams.members"), name: team.name }) }}
      inside={
        <>
          <TeamMembers team={team} mayFill={view.mayFill(team.id)} actions={actions} />
          {view.mayMake && <Rename key={team.name} team={team} actions={actions} />}
          {view.mayMake && <Delete team={team} actions={actions} />}
        </>
      }
    />
  )
}

function Rename({ team, actions }: Omit<RowProps, "view">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [name, type] = useState(team.name)
  const submit = () => {
    if (name.trim() !== "" && name.trim() !== team.name) asking.ask(() => actions.rename(team.id, name.trim()), actions.again)
  }
  return (
    <Form onSubmit={submit} submit={say("teams.rename")} isBusy={asking.isBusy} trouble={refusalText(asking.refusal, say)} look="plain">
      <Field
        label={say("teams.name")}
        value={name}
        maxLength={100}
        trouble={name.trim() === "" ? say("part.needed") : undefined}
        onChange={type}
      />
    </Form>
  )
}

function Delete({ team, actions }: Omit<RowProps, "view">) {
  const say = dashboardWords.useWords()
  return (
    <div>
      <Ending
        word={say("teams.delete")}
        title={say("teams.delete-title", { name: team.name })}
        yes={say("teams.delete-yes")}
        act={() => actions.remove(team.id)}
        onDone={actions.again}
      >
        <p>{say("teams.delete-what")}</p>
      </Ending>
    </div>
  )
}
