import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Section } from "../parts/section.tsx"
import { ShownOnce } from "../parts/shown-once.tsx"
import type { OrganisationRole } from "../shapes.ts"
import { teamRoles } from "../teams/team-roles.ts"
import { useAsking } from "../../account/use-asking.ts"
import type { InvitationWishes, InvitingView, PeopleActions } from "./people-view.ts"

interface InviteProps {
  readonly view: InvitingView
  readonly roles: readonly OrganisationRole[]
  readonly actions: PeopleActions
}

/** A link that makes one account, shown once. */
export function Invite({ view, roles, actions }: InviteProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const first = view.needsTeam || view.teams.length === 1 ? view.teams[0]?.id : undefined
  const [wishes, set] = useState<InvitationWishes>({ role: "member", team: first, teamRole: "member" })
  const [link, show] = useState<string>()
  const made = ({ url }: { readonly url: string }) => {
    show(url)
    actions.againInvitations()
  }
  const teams = view.teams.map(({ id, name }) => ({ name: id, label: name }))
  return (
    <Section title={say("staff.invite")} className="making">
      <div className="card">
        <Form
          onSubmit={() => asking.ask(() => actions.invite(wishes), made)}
          submit={say("staff.invite-make")}
          isBusy={asking.isBusy}
          trouble={refusalText(asking.refusal, say)}
        >
          <p className="small">{say("staff.invite-note")}</p>
          {roles.length > 1 && (
            <ChoiceField
              label={say("staff.role")}
              note={say(`staff.role.${wishes.role}-what`)}
              value={wishes.role}
              choices={roles.map((name) => ({ name, label: say(`staff.role.${name}`) }))}
              onChoose={(role) => set({ ...wishes, role })}
            />
          )}
          {teams.length > 0 && (
            <ChoiceField
              label={say("staff.invite-team")}
              value={wishes.team ?? ""}
              choices={view.needsTeam ? teams : [{ name: "", label: say("staff.invite-no-team") }, ...teams]}
              onChoose={(team) => set({ ...wishes, team: team === "" ? undefined : team })}
            />
          )}
          {wishes.team !== undefined && (
            <ChoiceField
              label={say("staff.team-role")}
              value={wishes.teamRole}
              choices={teamRoles.map((name) => ({ name, label: say(`staff.team-role.${name}`) }))}
              onChoose={(teamRole) => set({ ...wishes, teamRole })}
            />
          )}
        </Form>
      </div>
      {link !== undefined && (
        <ShownOnce title={say("staff.invite-made")} note={say("staff.invite-once")} text={link} onDone={() => show(undefined)} />
      )}
    </Section>
  )
}
