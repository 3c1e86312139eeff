import { useCallback, useState } from "react"
import { api, type Answer } from "../../adapters/api.ts"
import { pageLength } from "../parts/paging.tsx"
import { may, mayActOn, rolesToGive, runsOrganisation, teamsWith } from "../rights.ts"
import type { Invitation, PageOf } from "../shapes.ts"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { PeopleScreen } from "./people-screen.tsx"
import type { PeopleActions, PeopleView } from "./people-view.ts"

/** `/dashboard/people` */
export function PeoplePage({ visit: { account, teams, team } }: PageProps) {
  const [offset, turn] = useState(0)
  const mayInvite = may(account, "people.invite")
  const load = useCallback(() => api.listPeople({ query: { limit: pageLength, offset, order: "asc", team_id: team } }), [offset, team])
  const loadInvitations = useCallback(
    (): Promise<Answer<PageOf<Invitation>>> =>
      mayInvite ? api.listInvitations({ query: { limit: 100 } }) : Promise.resolve({ kind: "done", value: { data: [], total_count: 0 } }),
    [mayInvite],
  )
  const [people, again] = useLoaded(load)
  const [invitations, againInvitations] = useLoaded(loadInvitations)
  const actions: PeopleActions = {
    ...{ again, turn, againInvitations },
    setRole: (of, role) => api.changePerson({ params: { account: of }, body: { role } }),
    recover: (of) => api.invitePersonAnew({ params: { account: of } }),
    signOut: (of) => api.endPersonSessions({ params: { account: of } }),
    sendAway: (of) => api.removePerson({ params: { account: of } }),
    invite: ({ role, team: into, teamRole }) =>
      api.invitePerson({ body: { role, ...(into === undefined ? {} : { team_id: into, team_role: teamRole }) } }),
    withdraw: (invitation) => api.withdrawInvitation({ params: { invitation } }),
  }
  const view: PeopleView = {
    ...{ people, offset },
    self: account.id,
    inviting: mayInvite
      ? { invitations, teams: teamsWith(account, "people.invite", teams), needsTeam: !runsOrganisation(account) }
      : undefined,
    rolesToGive: rolesToGive(account),
    mayActOn: ({ role }) => mayActOn(account, role),
    teamName: (of) => teams.find(({ id }) => id === of)?.name,
  }
  return <PeopleScreen view={view} actions={actions} />
}
