import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { useMoments } from "../parts/moment.tsx"
import { Row } from "../parts/row.tsx"
import { Section } from "../parts/section.tsx"
import { Shown } from "../parts/shown.tsx"
import type { Invitation } from "../shapes.ts"
import { useAsking } from "../../account/use-asking.ts"
import type { InvitingView, PeopleActions, PeopleView } from "./people-view.ts"

interface InvitationsProps {
  readonly view: PeopleView
  readonly invitations: InvitingView["invitations"]
  readonly actions: PeopleActions
}

/** What nobody has taken yet; it can be withdrawn, not shown again. */
export function Invitations({ view, invitations, actions }: InvitationsProps) {
  const say = dashboardWords.useWords()
  return (
    <Section title={say("staff.invited")}>
      <Shown loaded={invitations} onAgain={actions.againInvitations}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="small soft">{say("staff.invited-none")}</p>
          ) : (
            <ul className="rows">
              {data.map((one) => (
                <InvitationRow key={one.id} invitation={one} view={view} actions={actions} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Section>
  )
}

type RowProps = Omit<InvitationsProps, "invitations"> & { readonly invitation: Invitation }

function InvitationRow({ invitation, view, actions }: RowProps) {
  const say = dashboardWords.useWords()
  const { moment: when } = useMoments()
  const asking = useAsking()
  const whom = view.people?.kind === "done" ? view.people.value.data.find(({ id }) => id === invitation.account_id)?.name : undefined
  const isNew = invitation.kind === "new-account"
  const name = isNew ? say(`staff.role.${invitation.role}`) : say("staff.invited-recovery", { name: whom ?? "" })
  const team = invitation.team_id === null ? undefined : view.teamName(invitation.team_id)
  return (
    <Row
      name={name}
      title={<span>{name}</span>}
      sub={say("staff.invited-until", { when: when(invitation.expires_at) })}
      state={
        <span className="sub">
          {team !== undefined && <bdi>{team}</bdi>}
          <span role="alert">{refusalText(asking.refusal, say)}</span>
        </span>
      }
      actions={
        <button
          type="button"
          className="button"
          aria-label={say("part.of", { act: say("staff.withdraw"), name })}
          disabled={asking.isBusy}
          onClick={() => asking.ask(() => actions.withdraw(invitation.id), actions.againInvitations)}
        >
          {say("staff.withdraw")}
        </button>
      }
    />
  )
}
