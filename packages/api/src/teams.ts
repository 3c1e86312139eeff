/** Teams: what rooms and keys belong to, and who is in them. */

import { person, teamRole } from "./account-fields.ts"
import { accountId, moment, teamId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import { z } from "./schema.ts"
import { words } from "./words.ts"

export const team = z.strictObject({ id: teamId, name: words(100), created_at: moment }).meta({ id: "Team" })

const teamFields = z.strictObject({ name: words(100) })
const oneTeam = z.strictObject({ team: teamId })
const oneMember = z.strictObject({ team: teamId, account: accountId })
const tag = "teams"

export const teamOperations = {
  listTeams: operation({
    id: "listTeams",
    method: "GET",
    path: "/teams",
    tag,
    needs: "teams.read",
    summary: "Teams, as far as the asker may see them",
    query: z.strictObject({ ...paging, after: teamId.optional() }),
    answer: { status: 200, body: pageOf(team) },
  }),
  createTeam: operation({
    id: "createTeam",
    method: "POST",
    path: "/teams",
    tag,
    needs: "teams.write",
    summary: "Make a team",
    body: teamFields.meta({ id: "NewTeam" }),
    answer: { status: 201, body: team },
  }),
  getTeam: operation({
    id: "getTeam",
    method: "GET",
    path: "/teams/{team}",
    tag,
    needs: "teams.read",
    summary: "One team",
    params: oneTeam,
    answer: { status: 200, body: team },
  }),
  changeTeam: operation({
    id: "changeTeam",
    method: "PATCH",
    path: "/teams/{team}",
    tag,
    needs: "teams.write",
    summary: "Rename a team",
    params: oneTeam,
    body: teamFields.meta({ id: "TeamChange" }),
    answer: { status: 200, body: team },
  }),
  deleteTeam: operation({
    id: "deleteTeam",
    method: "DELETE",
    path: "/teams/{team}",
    tag,
    needs: "teams.write",
    summary: "Delete a team that has no rooms and no keys any more",
    params: oneTeam,
    answer: { status: 204 },
    problems: ["team-in-use"],
    needsFreshLogin: true,
  }),
  listTeamMembers: operation({
    id: "listTeamMembers",
    method: "GET",
    path: "/teams/{team}/members",
    tag,
    needs: "people.read",
    summary: "Who is in a team",
    params: oneTeam,
    query: z.strictObject({ ...paging, after: accountId.optional() }),
    answer: { status: 200, body: pageOf(person) },
  }),
  setTeamMember: operation({
    id: "setTeamMember",
    method: "PUT",
    path: "/teams/{team}/members/{account}",
    tag,
    needs: "people.change",
    summary: "Put somebody into a team, or change their role there; it ends their sessions",
    params: oneMember,
    body: z.strictObject({ role: teamRole }).meta({ id: "TeamMemberChange" }),
    answer: { status: 204 },
    problems: ["role-not-yours"],
    needsFreshLogin: true,
  }),
  removeTeamMember: operation({
    id: "removeTeamMember",
    method: "DELETE",
    path: "/teams/{team}/members/{account}",
    tag,
    needs: "people.change",
    summary: "Take somebody out of a team",
    params: oneMember,
    answer: { status: 204 },
    problems: ["role-not-yours"],
    needsFreshLogin: true,
  }),
} as const
