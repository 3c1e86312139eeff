import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { useMoments } from "../parts/moment.tsx"
import { Row } from "../parts/row.tsx"
import type { PersonProps } from "./people-view.ts"
import { PersonRecovery } from "./person-recovery.tsx"
import { PersonRole } from "./person-role.tsx"
import { SendAway, SignOutEverywhere } from "./person-away.tsx"

/** One person: name, address, role, teams; what may be changed unfolds. */
export function PersonRow({ person, view, actions, isFirstOpen }: PersonProps & { readonly isFirstOpen: boolean }) {
  const say = dashboardWords.useWords()
  const { day } = useMoments()
  const isSelf = person.id === view.self
  const canAct = !isSelf && view.mayActOn(person)
  return (
    <Row
      name={person.name}
      title={
        <span>
          <bdi>{person.name}</bdi>
          {isSelf && <span className="soft"> ({say("staff.you")})</span>}
        </span>
      }
      sub={<bdi>{person.email}</bdi>}
      state={
        <>
          <span>{say(`staff.role.${person.role}`)}</span>
          <span className="sub">
            <Teams person={person} view={view} />
          </span>
        </>
      }
      isFirstOpen={isFirstOpen}
      inside={
        canAct ? (
          <>
            <p className="small soft">{say("staff.since", { when: day(person.created_at) })}</p>
            <PersonRole person={person} view={view} actions={actions} />
            <PersonRecovery person={person} actions={actions} />
            <div className="actions">
              <SignOutEverywhere person={person} actions={actions} />
              <SendAway person={person} actions={actions} />
            </div>
          </>
        ) : undefined
      }
    />
  )
}

function Teams({ person, view }: Pick<PersonProps, "person" | "view">) {
  const say = dashboardWords.useWords()
  const named = person.teams.flatMap(({ team_id, role }) => {
    const name = view.teamName(team_id)
    return name === undefined ? [] : [{ id: team_id, name, isManager: role === "team-manager" }]
  })
  if (named.length === 0) return say("staff.no-team")
  return named.map(({ id, name, isManager }, at) => (
    <span key={id}>
      {at > 0 && ", "}
      <bdi>{name}</bdi>
      {isManager && ` (${say("staff.team-role.team-manager")})`}
    </span>
  ))
}
