/** Invitations (D36.2) and the way back into an account (D36.15). */

import { ApiProblem, operations, type InvitationId } from "@conclave/api"
import { invite } from "../../organisation/joining.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import type { Invitation, OrganisationStore } from "../../organisation/ports.ts"
import { mayActOn, mayGiveRole, mayGiveTeamRole } from "../../organisation/roles.ts"
import { handler, type Found } from "../handler.ts"
import { findAccount } from "./people.ts"
import { invitationShown } from "./people-shapes.ts"
import { selfOf } from "./self.ts"
import { teamsAsked } from "./teams-asked.ts"

export function invitationHandlers(parts: OrganisationParts) {
  const { store, log } = parts
  return {
    listInvitations: handler(operations.listInvitations, {
      find: (_, context) => teamsAsked(context, { named: undefined, needs: "people.invite", teams: store.teams }),
      act: async ({ query: { limit, offset, order, after } }, teams) => {
        const { found, total } = await store.invitations.list({ teams, limit, offset, order, after })
        return { data: found.map(invitationShown), total_count: total }
      },
    }),
    invitePerson: handler(operations.invitePerson, {
      find: async ({ body: { team_id: team } }) => {
        if (team === undefined) return { object: {}, thing: undefined }
        return (await store.teams.get(team)) && { object: { team }, thing: team }
      },
      act: async ({ body: { role, team_role } }, teamId, context) => {
        const self = selfOf(context)
        const team = teamId && { id: teamId, role: team_role }
        // A manager of a team invites members of the organisation into that team, and no more.
        const mayRole = mayGiveRole(self, { after: role }) || (team !== undefined && role === "member")
        const mayTeam = team === undefined || mayGiveTeamRole(self, { team: team.id, after: team.role })
        if (!mayRole || !mayTeam) throw new ApiProblem("role-not-yours")
        return shownOnce(await invite(parts, { account: undefined, role, team, by: self.account }), context.origin)
      },
    }),
    withdrawInvitation: handler(operations.withdrawInvitation, {
      find: ({ params }) => findInvitation(store, params.invitation),
      act: async (_, invitation, context) => {
        const self = selfOf(context)
        // Else an admin could take back an owner's way back into their account.
        if (invitation.account !== undefined && !mayActOn(self, invitation.role)) throw new ApiProblem("role-not-yours")
        await store.invitations.remove(invitation.id)
        log("invitation-withdrawn", { by: self.account })
        return undefined
      },
    }),
    invitePersonAnew: handler(operations.invitePersonAnew, {
      find: ({ params }) => findAccount(store, params.account),
      act: async (_, person, context) => {
        const self = selfOf(context)
        if (!mayActOn(self, person.role)) throw new ApiProblem("role-not-yours")
        const wanted = { account: person.id, role: person.role, team: undefined, by: self.account }
        return shownOnce(await invite(parts, wanted), context.origin)
      },
    }),
  }
}

/** The token stands behind the `#`: it is in no request and no log until the page posts it. */
const shownOnce = ({ token, ...invitation }: Invitation & { readonly token: string }, origin: string) => ({
  ...invitationShown(invitation),
  token,
  url: `${origin}/invitation#${token}`,
})

async function findInvitation({ invitations }: OrganisationStore, id: InvitationId): Promise<Found<Invitation> | undefined> {
  const thing = await invitations.get(id)
  return thing && { object: thing.team === undefined ? {} : { team: thing.team.id }, thing }
}
