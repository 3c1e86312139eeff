/** The people of the organisation (D36.15 to D36.17). */

import { ApiProblem, operations, type AccountId } from "@conclave/api"
import { authorise, type Subject } from "../../organisation/authorise.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import type { Account, OrganisationStore } from "../../organisation/ports.ts"
import { mayActOn, mayGiveRole } from "../../organisation/roles.ts"
import { handler, type Found } from "../handler.ts"
import { momentOf, peopleShown, personShown } from "./people-shapes.ts"
import { findNothing, selfOf } from "./self.ts"
import { teamsAsked } from "./teams-asked.ts"

export function peopleHandlers({ store, log }: OrganisationParts) {
  const organisationShown = async () => {
    const { name, madeAt } = (await store.organisation()) ?? { name: "", madeAt: 0 }
    return { name, created_at: momentOf(madeAt) }
  }
  return {
    getOrganisation: handler(operations.getOrganisation, { find: findNothing, act: organisationShown }),
    changeOrganisation: handler(operations.changeOrganisation, {
      find: findNothing,
      act: async ({ body: { name } }) => {
        await store.rename(name)
        return organisationShown()
      },
    }),
    listPeople: handler(operations.listPeople, {
      find: ({ query }, context) => teamsAsked(context, { named: query.team_id, needs: "people.read", teams: store.teams }),
      act: async ({ query: { limit, offset, order, after } }, teams, context) => {
        const { found, total } = await store.accounts.list({ teams, limit, offset, order, after })
        return { data: await peopleShown(store, found, context), total_count: total }
      },
    }),
    getPerson: handler(operations.getPerson, {
      find: ({ params }, { by }) => findPerson(store, params.account, by.subject),
      act: (_, person, context) => personShown(store, person, context),
    }),
    changePerson: handler(operations.changePerson, {
      find: ({ params }) => findAccount(store, params.account),
      act: async ({ body: { role } }, person, context) => {
        const self = selfOf(context)
        if (!mayGiveRole(self, { of: person.id, before: person.role, after: role })) throw new ApiProblem("role-not-yours")
        // The same role again changes nothing and logs nobody out.
        if (role !== person.role && (await store.accounts.setRole(person.id, role)) === "last-owner") throw new ApiProblem("last-owner")
        log("role-changed", { account: person.id, by: self.account, reason: role })
        return personShown(store, { ...person, role }, context)
      },
    }),
    removePerson: handler(operations.removePerson, {
      find: ({ params }) => findAccount(store, params.account),
      act: async (_, person, context) => {
        const self = selfOf(context)
        if (!mayActOn(self, person.role)) throw new ApiProblem("role-not-yours")
        if ((await store.accounts.remove(person.id)) === "last-owner") throw new ApiProblem("last-owner")
        log("account-removed", { account: person.id, by: self.account })
        return undefined
      },
    }),
    endPersonSessions: handler(operations.endPersonSessions, {
      find: ({ params }) => findAccount(store, params.account),
      act: async (_, person, context) => {
        const self = selfOf(context)
        if (!mayActOn(self, person.role)) throw new ApiProblem("role-not-yours")
        await store.sessions.endAll(person.id)
        log("sessions-ended", { account: person.id, by: self.account })
        return undefined
      },
    }),
  }
}

/** For changes that only roles of the whole organisation may make: no team is named, so a team's manager is refused. */
export async function findAccount({ accounts }: OrganisationStore, id: AccountId): Promise<Found<Account> | undefined> {
  const thing = await accounts.get(id)
  return thing && { object: { account: id }, thing }
}

/** Seen by way of a team that both are in, if there is one. */
async function findPerson({ accounts }: OrganisationStore, id: AccountId, subject: Subject): Promise<Found<Account> | undefined> {
  const thing = await accounts.get(id)
  if (thing === undefined) return undefined
  const teams = (await accounts.roles(id)).flatMap((held) => ("team" in held ? held.team : []))
  const shared = teams.find((team) => authorise(subject, "people.read", { team }) === "allowed")
  return { object: { account: id, ...(shared === undefined ? {} : { team: shared }) }, thing }
}
