/** From nobody to somebody: setting up, logging in, taking an invitation (D36.1 to D36.6). Answers set the session's cookie. */

import { account, code, email, linkToken, organisationRole, password, personName, teamRole, ticket } from "./account-fields.ts"
import { operation } from "./operation.ts"
import { passkeyOptions, passkeyResponse } from "./passkey-fields.ts"
import { z } from "./schema.ts"
import { words } from "./words.ts"

export const signedIn = z.strictObject({ next: z.literal("signed-in"), account }).meta({ id: "SignedIn" })

const secondFactor = z.strictObject({ next: z.literal("second-factor"), ticket }).meta({ id: "SecondFactorNeeded" })

export const challenge = z.strictObject({ ticket, options: passkeyOptions }).meta({ id: "PasskeyChallenge" })

const invitation = z
  .strictObject({
    organisation: words(200),
    kind: z.enum(["new-account", "recovery"]).meta({ description: "recovery: a new password for an account that is there." }),
    role: organisationRole,
    team: z.strictObject({ name: words(100), role: teamRole }).nullable(),
  })
  .meta({ id: "InvitationSeen" })

const tag = "login"
const needs = "nobody-signed-in"

export const loginOperations = {
  setUp: operation({
    id: "setUp",
    method: "POST",
    path: "/setup",
    tag,
    needs,
    summary: "Make the organisation and its first owner, with the token that the server printed at its start",
    body: z.strictObject({ token: linkToken, organisation: words(200), email, name: personName, password }).meta({ id: "Setup" }),
    answer: { status: 201, body: signedIn },
    problems: ["link-used", "password-refused"],
    isAnswerSecret: true,
  }),
  logIn: operation({
    id: "logIn",
    method: "POST",
    path: "/login",
    tag,
    needs,
    summary: "Log in with a password",
    description: "The same answer in the same time for a wrong password and for an address that nobody has.",
    body: z.strictObject({ email, password }).meta({ id: "Login" }),
    answer: { status: 200, body: z.discriminatedUnion("next", [signedIn, secondFactor]) },
    problems: ["login-refused"],
    isAnswerSecret: true,
  }),
  logInSecondFactor: operation({
    id: "logInSecondFactor",
    method: "POST",
    path: "/login/second-factor",
    tag,
    needs,
    summary: "Finish logging in with a code",
    body: z.strictObject({ ticket, code }).meta({ id: "SecondFactor" }),
    answer: { status: 200, body: signedIn },
    problems: ["ticket-used", "code-refused"],
    isAnswerSecret: true,
  }),
  askPasskeyLogin: operation({
    id: "askPasskeyLogin",
    method: "POST",
    path: "/login/passkey-challenge",
    tag,
    needs,
    summary: "What to ask a passkey for logging in",
    answer: { status: 200, body: challenge },
    isAnswerSecret: true,
  }),
  logInPasskey: operation({
    id: "logInPasskey",
    method: "POST",
    path: "/login/passkey",
    tag,
    needs,
    summary: "Log in with a passkey",
    body: z.strictObject({ ticket, response: passkeyResponse }).meta({ id: "PasskeyLogin" }),
    answer: { status: 200, body: signedIn },
    problems: ["ticket-used", "passkey-refused"],
    isAnswerSecret: true,
  }),
  lookAtInvitation: operation({
    id: "lookAtInvitation",
    method: "POST",
    path: "/invitations/look",
    tag,
    needs,
    summary: "What an invitation is for",
    body: z.strictObject({ token: linkToken }).meta({ id: "InvitationToken" }),
    answer: { status: 200, body: invitation },
    problems: ["link-used"],
  }),
  acceptInvitation: operation({
    id: "acceptInvitation",
    method: "POST",
    path: "/invitations/accept",
    tag,
    needs,
    summary: "Make the account that an invitation is for",
    body: z.strictObject({ token: linkToken, email, name: personName, password }).meta({ id: "AcceptInvitation" }),
    answer: { status: 201, body: signedIn },
    problems: ["link-used", "password-refused", "email-taken"],
    isAnswerSecret: true,
  }),
  recoverAccount: operation({
    id: "recoverAccount",
    method: "POST",
    path: "/invitations/recover",
    tag,
    needs,
    summary: "A new password by an admin's invitation; what the account was logged in with before is void",
    body: z.strictObject({ token: linkToken, password }).meta({ id: "RecoverAccount" }),
    answer: { status: 200, body: signedIn },
    problems: ["link-used", "password-refused"],
    isAnswerSecret: true,
  }),
} as const
