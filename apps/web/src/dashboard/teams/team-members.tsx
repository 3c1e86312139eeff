import { useCallback } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Ending } from "../parts/ending.tsx"
import { Shown } from "../parts/shown.tsx"
import type { Person, Team, TeamRole } from "../shapes.ts"
import { useAsking } from "../../account/use-asking.ts"
import { useLoaded } from "../use-loaded.ts"
import { PutIn } from "./put-in.tsx"
import { teamRoles } from "./team-roles.ts"
import type { TeamsActions } from "./teams-view.ts"

interface MembersProps {
  readonly team: Team
  readonly mayFill: boolean
  readonly actions: TeamsActions
}

/** Who is in a team and as what; asked for when it is unfolded. */
export function TeamMembers({ team, mayFill, actions }: MembersProps) {
  const say = dashboardWords.useWords()
  const load = useCallback(() => actions.members(team.id), [actions, team.id])
  const [members, again] = useLoaded(load)
  return (
    <Shown loaded={members} onAgain={again}>
      {({ data }) => (
        <>
          {data.length === 0 && <p>{say("teams.members-none")}</p>}
          <ul className="members">
            {data.map((person) => (
              <Member key={person.id} person={person} team={team} mayFill={mayFill} actions={actions} onChanged={again} />
            ))}
          </ul>
          {mayFill && <p className="small soft">{say("teams.sessions")}</p>}
          {mayFill && <PutIn team={team} members={data} actions={actions} onChanged={again} />}
        </>
      )}
    </Shown>
  )
}

interface MemberProps extends MembersProps {
  readonly person: Person
  readonly onChanged: () => void
}

function Member({ person, team, mayFill, actions, onChanged }: MemberProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const role = person.teams.find(({ team_id }) => team_id === team.id)?.role ?? "member"
  const { name } = person
  return (
    <li>
      <bdi>{name}</bdi>
      {mayFill ? (
        <>
          <select
            className="input"
            aria-label={say("teams.role-of", { name })}
            value={role}
            disabled={asking.isBusy}
            onChange={({ target }) => asking.ask(() => actions.setMember(team.id, person.id, target.value as TeamRole), onChanged)}
          >
            {teamRoles.map((one) => (
              <option key={one} value={one}>
                {say(`staff.team-role.${one}`)}
              </option>
            ))}
          </select>
          <TakeOut person={person} team={team} actions={actions} onChanged={onChanged} />
        </>
      ) : (
        <span className="sub">{say(`staff.team-role.${role}`)}</span>
      )}
      <p className="trouble" role="alert">
        {refusalText(asking.refusal, say)}
      </p>
    </li>
  )
}

function TakeOut({ person, team, actions, onChanged }: Omit<MemberProps, "mayFill">) {
  const say = dashboardWords.useWords()
  const { id, name } = person
  return (
    <Ending
      word={say("teams.take-out")}
      of={name}
      title={say("teams.take-out-title", { name })}
      yes={say("teams.take-out")}
      look="plain"
      act={() => actions.takeOut(team.id, id)}
      onDone={onChanged}
    >
      <p>{say("teams.take-out-what")}</p>
    </Ending>
  )
}
