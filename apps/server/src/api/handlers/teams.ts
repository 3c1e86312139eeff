/** Teams and who is in them (D36.16, D36.17). */

import { ApiProblem, operations, type AccountId, type TeamId } from "@conclave/api"
import { newId } from "../../organisation/joining.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import type { OrganisationStore, Team } from "../../organisation/ports.ts"
import type { TeamRole } from "../../organisation/held-role.ts"
import { mayGiveTeamRole } from "../../organisation/roles.ts"
import { handler, type Context, type Found } from "../handler.ts"
import { momentOf, peopleShown } from "./people-shapes.ts"
import { findNothing, selfOf } from "./self.ts"
import { teamsAsked } from "./teams-asked.ts"

export function teamHandlers(parts: OrganisationParts) {
  const { store, now, log } = parts
  const { teams } = store
  return {
    listTeams: handler(operations.listTeams, {
      find: (_, context) => teamsAsked(context, { named: undefined, needs: "teams.read", teams }),
      act: async ({ query: { limit, offset, order, after } }, seen) => {
        const { found, total } = await teams.list({ teams: seen, limit, offset, order, after })
        return { data: found.map(teamShown), total_count: total }
      },
    }),
    createTeam: handler(operations.createTeam, {
      find: findNothing,
      act: async ({ body: { name } }, _, context) => {
        const team = { id: newId<TeamId>(), name, madeAt: now() }
        await teams.add(team)
        log("team-made", { by: selfOf(context).account })
        return teamShown(team)
      },
    }),
    getTeam: handler(operations.getTeam, {
      find: ({ params }) => findTeam(store, params.team),
      act: (_, team) => Promise.resolve(teamShown(team)),
    }),
    changeTeam: handler(operations.changeTeam, {
      find: ({ params }) => findTeam(store, params.team),
      act: async ({ body: { name } }, team) => {
        await teams.rename(team.id, name)
        return teamShown({ ...team, name })
      },
    }),
    deleteTeam: handler(operations.deleteTeam, {
      find: ({ params }) => findTeam(store, params.team),
      act: async (_, { id }, context) => {
        if ((await teams.remove(id)) === "in-use") throw new ApiProblem("team-in-use")
        log("team-removed", { by: selfOf(context).account })
        return undefined
      },
    }),
    listTeamMembers: handler(operations.listTeamMembers, {
      find: ({ params }) => findTeam(store, params.team),
      act: async ({ query: { limit, offset, order, after } }, { id }, context) => {
        const { found, total } = await store.accounts.list({ teams: [id], limit, offset, order, after })
        return { data: await peopleShown(store, found, context), total_count: total }
      },
    }),
    setTeamMember: handler(operations.setTeamMember, {
      find: ({ params }) => findMember(store, params),
      act: ({ body: { role } }, member, context) => setMember(parts, { ...member, role }, context),
    }),
    removeTeamMember: handler(operations.removeTeamMember, {
      find: async ({ params }) => {
        const found = await findMember(store, params)
        return found?.thing.before === undefined ? undefined : found
      },
      act: (_, member, context) => setMember(parts, { ...member, role: undefined }, context),
    }),
  }
}

interface Member {
  readonly team: TeamId
  readonly account: AccountId
  /** Undefined: not in the team yet. */
  readonly before: TeamRole | undefined
}

async function setMember(
  { store, log }: OrganisationParts,
  { team, account, before, role }: Member & { readonly role: TeamRole | undefined },
  context: Context,
): Promise<undefined> {
  const self = selfOf(context)
  if (!mayGiveTeamRole(self, { team, of: account, after: role })) throw new ApiProblem("role-not-yours")
  // The same role again changes nothing and logs nobody out.
  if (role !== before) await store.teams.setRole(team, account, role)
  log("team-role-changed", { account, by: self.account, reason: role ?? "none" })
  return undefined
}

async function findTeam({ teams }: OrganisationStore, id: TeamId): Promise<Found<Team> | undefined> {
  const thing = await teams.get(id)
  return thing && { object: { team: id }, thing }
}

/** The target is the team: whether there is such an account is told to whoever may change who is in it. */
async function findMember(
  { teams, accounts }: OrganisationStore,
  { team, account }: { team: TeamId; account: AccountId },
): Promise<Found<Member> | undefined> {
  if ((await teams.get(team)) === undefined || (await accounts.get(account)) === undefined) return undefined
  return { object: { team }, thing: { team, account, before: await teams.roleIn(team, account) } }
}

const teamShown = ({ id, name, madeAt }: Team) => ({ id, name, created_at: momentOf(madeAt) })
