import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Shown } from "../parts/shown.tsx"
import type { Person, Team, TeamRole } from "../shapes.ts"
import { useAsking } from "../../account/use-asking.ts"
import { useLoaded } from "../use-loaded.ts"
import { teamRoles } from "./team-roles.ts"
import type { TeamsActions } from "./teams-view.ts"

interface PutInProps {
  readonly team: Team
  readonly members: readonly Person[]
  readonly actions: TeamsActions
  readonly onChanged: () => void
}

/** Puts somebody of the organisation into a team. */
export function PutIn({ team, members, actions, onChanged }: PutInProps) {
  const say = dashboardWords.useWords()
  const [people, again] = useLoaded(actions.people)
  return (
    <div>
      <h2>{say("teams.add")}</h2>
      <Shown loaded={people} onAgain={again}>
        {({ data }) => {
          const others = data.filter(({ id }) => members.every((member) => member.id !== id))
          if (others.length === 0) return <p className="small soft">{say("teams.add-nobody")}</p>
          return <PutInForm key={others[0]?.id} team={team} others={others} actions={actions} onChanged={onChanged} />
        }}
      </Shown>
    </div>
  )
}

function PutInForm({ team, others, actions, onChanged }: Omit<PutInProps, "members"> & { readonly others: readonly Person[] }) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [who, choose] = useState<string>(others[0]?.id ?? "")
  const [role, cast] = useState<TeamRole>("member")
  return (
    <Form
      onSubmit={() => asking.ask(() => actions.setMember(team.id, who, role), onChanged)}
      submit={say("teams.add-yes")}
      isBusy={asking.isBusy}
      trouble={refusalText(asking.refusal, say)}
      look="plain"
    >
      <div className="side-by-side">
        <ChoiceField
          label={say("teams.add-who")}
          value={who}
          choices={others.map(({ id, name, email }) => ({ name: id, label: `${name}, ${email}` }))}
          onChoose={choose}
        />
        <ChoiceField
          label={say("staff.team-role")}
          value={role}
          choices={teamRoles.map((name) => ({ name, label: say(`staff.team-role.${name}`) }))}
          onChoose={cast}
        />
      </div>
    </Form>
  )
}
