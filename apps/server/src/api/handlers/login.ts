/** Setting up, logging in, taking an invitation (D36.1 to D36.6). */

import { operations, type AccountId, type passkeyResponse, type signedIn, type z } from "@conclave/api"
import { accept, invitationBehind, recover, setUp } from "../../organisation/joining.ts"
import { askPasskeyLogin, logIn, logInWithCode, logInWithPasskey, type LoginOutcome } from "../../organisation/login.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import type { AuthenticationResponseJSON } from "../../organisation/passkeys.ts"
import { beginSession } from "../../organisation/who-asks.ts"
import { handler, type Context } from "../handler.ts"
import { accountShown } from "./people-shapes.ts"
import { findNothing, visitorOf } from "./self.ts"

const find = findNothing

export function loginHandlers(parts: OrganisationParts) {
  const { store } = parts
  return {
    setUp: handler(operations.setUp, { find, act: async ({ body }, _, context) => enter(parts, await setUp(parts, body), context) }),
    logIn: handler(operations.logIn, {
      find,
      act: async ({ body }, _, context) => {
        const outcome = await logIn(parts, body, visitorOf(context))
        return outcome.kind === "second-factor"
          ? { next: "second-factor" as const, ticket: outcome.ticket }
          : arrive(parts, outcome, context)
      },
    }),
    logInSecondFactor: handler(operations.logInSecondFactor, {
      find,
      act: async ({ body }, _, context) => arrive(parts, await logInWithCode(parts, body, visitorOf(context)), context),
    }),
    askPasskeyLogin: handler(operations.askPasskeyLogin, { find, act: (_, __, { origin }) => askPasskeyLogin(parts, origin) }),
    logInPasskey: handler(operations.logInPasskey, {
      find,
      act: async ({ body: { ticket, response } }, _, context) =>
        arrive(parts, await logInWithPasskey(parts, { ticket, response: shownPasskey(response) }, visitorOf(context)), context),
    }),
    lookAtInvitation: handler(operations.lookAtInvitation, {
      find,
      act: async ({ body }) => {
        const { account, role, team } = await invitationBehind(parts, body.token)
        const inTeam = team && (await store.teams.get(team.id))
        return {
          organisation: (await store.organisation())?.name ?? "",
          kind: account === undefined ? ("new-account" as const) : ("recovery" as const),
          role,
          team: team && inTeam ? { name: inTeam.name, role: team.role } : null,
        }
      },
    }),
    acceptInvitation: handler(operations.acceptInvitation, {
      find,
      act: async ({ body }, _, context) => enter(parts, await accept(parts, body), context),
    }),
    recoverAccount: handler(operations.recoverAccount, {
      find,
      act: async ({ body }, _, context) => enter(parts, await recover(parts, body), context),
    }),
  }
}

/** The standard's optional fields may come as null. */
export function shownPasskey({ id, rawId, type, response }: z.output<typeof passkeyResponse>): AuthenticationResponseJSON {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  const bytes = { clientDataJSON, authenticatorData, signature, ...(typeof userHandle === "string" ? { userHandle } : {}) }
  return { id, rawId, type, clientExtensionResults: {}, response: bytes }
}

type SignedIn = z.input<typeof signedIn>

/** A link has shown who it is. */
async function enter(parts: OrganisationParts, account: AccountId, context: Context): Promise<SignedIn> {
  const token = await beginSession(parts, account, visitorOf(context))
  return arrive(parts, { kind: "signed-in", account, token }, context)
}

async function arrive({ store }: OrganisationParts, outcome: LoginOutcome, context: Context): Promise<SignedIn> {
  const account = outcome.kind === "signed-in" ? await store.accounts.get(outcome.account) : undefined
  if (outcome.kind !== "signed-in" || account === undefined) throw new Error("bug: nobody has logged in")
  context.setSession(outcome.token)
  return { next: "signed-in", account: await accountShown(store, account) }
}
