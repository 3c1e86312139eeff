/** The people of the organisation: inviting them, their roles, sending them away (D36.15 to D36.17). */

import { linkToken, organisationRole, person, teamRole } from "./account-fields.ts"
import { accountId, invitationId, moment, teamId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import { z } from "./schema.ts"
import { words } from "./words.ts"

const facts = {
  id: invitationId,
  kind: z.enum(["new-account", "recovery"]),
  account_id: accountId.nullable().meta({ description: "Of a recovery: whose account it opens anew." }),
  role: organisationRole,
  team_id: teamId.nullable(),
  team_role: teamRole.nullable(),
  invited_by: accountId,
  created_at: moment,
  expires_at: moment,
}

export const invitation = z.strictObject(facts).meta({ id: "Invitation" })

export const shownInvitation = z
  .strictObject({ ...facts, token: linkToken, url: z.string().meta({ description: "The link to hand over. Shown this once." }) })
  .meta({ id: "ShownInvitation" })

const newInvitation = z
  .strictObject({ role: organisationRole.default("member"), team_id: teamId.optional(), team_role: teamRole.default("member") })
  .meta({ id: "NewInvitation" })

const organisation = z.strictObject({ name: words(200), created_at: moment }).meta({ id: "Organisation" })

const onePerson = z.strictObject({ account: accountId })
const tag = "people"

export const peopleOperations = {
  getOrganisation: operation({
    id: "getOrganisation",
    method: "GET",
    path: "/organisation",
    tag,
    needs: "organisation.read",
    summary: "The organisation",
    answer: { status: 200, body: organisation },
  }),
  changeOrganisation: operation({
    id: "changeOrganisation",
    method: "PATCH",
    path: "/organisation",
    tag,
    needs: "organisation.write",
    summary: "Change the organisation's name",
    body: z.strictObject({ name: words(200) }).meta({ id: "OrganisationChange" }),
    answer: { status: 200, body: organisation },
  }),
  listPeople: operation({
    id: "listPeople",
    method: "GET",
    path: "/people",
    tag,
    needs: "people.read",
    summary: "People of the organisation, or of the teams that the asker may see",
    query: z.strictObject({ ...paging, after: accountId.optional(), team_id: teamId.optional() }),
    answer: { status: 200, body: pageOf(person) },
  }),
  getPerson: operation({
    id: "getPerson",
    method: "GET",
    path: "/people/{account}",
    tag,
    needs: "people.read",
    summary: "One person",
    params: onePerson,
    answer: { status: 200, body: person },
  }),
  changePerson: operation({
    id: "changePerson",
    method: "PATCH",
    path: "/people/{account}",
    tag,
    needs: "people.change",
    summary: "Give somebody another role in the organisation; it ends their sessions",
    params: onePerson,
    body: z.strictObject({ role: organisationRole }).meta({ id: "PersonChange" }),
    answer: { status: 200, body: person },
    problems: ["role-not-yours", "last-owner"],
    needsFreshLogin: true,
  }),
  removePerson: operation({
    id: "removePerson",
    method: "DELETE",
    path: "/people/{account}",
    tag,
    needs: "people.change",
    summary: "Delete somebody's account and all that is its own",
    params: onePerson,
    answer: { status: 204 },
    problems: ["role-not-yours", "last-owner"],
    needsFreshLogin: true,
  }),
  endPersonSessions: operation({
    id: "endPersonSessions",
    method: "DELETE",
    path: "/people/{account}/sessions",
    tag,
    needs: "people.change",
    summary: "Log somebody out everywhere",
    params: onePerson,
    answer: { status: 204 },
    problems: ["role-not-yours"],
  }),
  invitePersonAnew: operation({
    id: "invitePersonAnew",
    method: "POST",
    path: "/people/{account}/recovery",
    tag,
    needs: "people.change",
    summary: "A link by which somebody who cannot log in any more chooses a new password",
    description: "Taking it voids the account's password, codes, passkeys and sessions. There is no other way back, and no mail.",
    params: onePerson,
    answer: { status: 201, body: shownInvitation },
    problems: ["role-not-yours"],
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  listInvitations: operation({
    id: "listInvitations",
    method: "GET",
    path: "/invitations",
    tag,
    needs: "people.invite",
    summary: "Invitations that nobody has taken yet",
    query: z.strictObject({ ...paging, after: invitationId.optional() }),
    answer: { status: 200, body: pageOf(invitation) },
  }),
  invitePerson: operation({
    id: "invitePerson",
    method: "POST",
    path: "/invitations",
    tag,
    needs: "people.invite",
    summary: "A link that makes one account, within a week",
    body: newInvitation,
    answer: { status: 201, body: shownInvitation },
    problems: ["role-not-yours"],
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  withdrawInvitation: operation({
    id: "withdrawInvitation",
    method: "DELETE",
    path: "/invitations/{invitation}",
    tag,
    needs: "people.invite",
    summary: "Withdraw an invitation",
    params: z.strictObject({ invitation: invitationId }),
    answer: { status: 204 },
  }),
} as const
