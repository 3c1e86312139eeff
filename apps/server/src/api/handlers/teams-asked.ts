/** Which team a request is about when it may name one. */

import { ApiProblem, type Permission, type TeamId } from "@conclave/api"
import { teamsWith, type Target } from "../../organisation/authorise.ts"
import type { OrganisationStore } from "../../organisation/ports.ts"
import type { Context, Found } from "../handler.ts"

interface Question {
  readonly named: TeamId | undefined
  readonly needs: Permission
  readonly teams: OrganisationStore["teams"]
}

/** For a list: the named team, or all that the asker may see. Undefined: there is no such team. */
export async function teamsAsked(
  { by }: Context,
  { named, needs, teams }: Question,
): Promise<Found<"all" | readonly TeamId[]> | undefined> {
  if (named !== undefined) return (await teams.get(named)) && { object: { team: named }, thing: [named] }
  const seen = teamsWith(by.subject, needs)
  const [first] = seen === "all" ? [] : seen
  const object: Target = first === undefined ? {} : { team: first }
  return { object, thing: seen }
}

/** For making something: the named team, or the only one where the asker may. */
export async function teamAsked({ by }: Context, { named, needs, teams }: Question): Promise<Found<TeamId> | undefined> {
  if (named !== undefined) return (await teams.get(named)) && { object: { team: named }, thing: named }
  const may = teamsWith(by.subject, needs)
  const [only, ...others] = may === "all" ? await allOf(teams) : may
  if (only === undefined || others.length > 0) throw new ApiProblem("invalid", { errors: { team_id: ["Say which team"] } })
  return { object: { team: only }, thing: only }
}

/** Two are enough to know that one must be named. */
async function allOf(teams: OrganisationStore["teams"]): Promise<readonly TeamId[]> {
  const { found } = await teams.list({ teams: "all", limit: 2, offset: 0, order: "asc" })
  return found.map(({ id }) => id)
}
