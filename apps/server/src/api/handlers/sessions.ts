/** Sessions of one's own account (D36.7 to D36.10). */

import { ApiProblem, operations } from "@conclave/api"
import { hashOf } from "../../tokens.ts"
import { isRightCode, isRightPassword, ownerOf } from "../../organisation/login.ts"
import { askForOne } from "../../organisation/passkeys.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import { endsAt, isAlive } from "../../organisation/session-life.ts"
import { endSession, proveSession } from "../../organisation/who-asks.ts"
import { handler, type Context } from "../handler.ts"
import { shownPasskey } from "./login.ts"
import { momentOf } from "./people-shapes.ts"
import { findSelf, ownSession, renew, type Self } from "./self.ts"

export function sessionHandlers(parts: OrganisationParts) {
  const { store, now } = parts
  const find = (_: unknown, context: Context) => findSelf(parts, context)
  return {
    listSessions: handler(operations.listSessions, {
      find,
      act: async (_, self) => {
        const { id: own } = await ownSession(parts, self)
        const data = (await store.sessions.list(self.account))
          .filter((session) => isAlive(session, now()))
          .map((session) => ({
            id: session.id,
            is_this: session.id === own,
            agent: session.agent,
            created_at: momentOf(session.madeAt),
            seen_at: momentOf(session.seenAt),
            ends_at: momentOf(endsAt(session)),
          }))
        return { data, total_count: data.length }
      },
    }),
    endSession: handler(operations.endSession, {
      find,
      act: async ({ params }, self, context) => {
        const { id: own } = await ownSession(parts, self)
        if (!(await store.sessions.end(self.account, params.session))) throw new ApiProblem("not-found")
        if (params.session === own) context.setSession(undefined)
        return undefined
      },
    }),
    endOtherSessions: handler(operations.endOtherSessions, {
      find,
      act: (_, self, context) => renew(parts, self, context).then(() => undefined),
    }),
    endAllSessions: handler(operations.endAllSessions, {
      find,
      act: async (_, { account }, context) => {
        await store.sessions.endAll(account)
        context.setSession(undefined)
        return undefined
      },
    }),
    logOut: handler(operations.logOut, {
      find,
      act: async (_, { token }, context) => {
        await endSession(parts, token)
        context.setSession(undefined)
        return undefined
      },
    }),
    proveAgain: handler(operations.proveAgain, {
      find,
      act: async ({ body: { password, code } }, self, context) => {
        const { account, own } = self
        const { address } = context
        const hash = await store.accounts.passwordHash(account)
        // The same count as for logging in: who stole a session has no more tries than anybody.
        const shown = { name: `password ${hashOf(own.email)}`, password, hash, address }
        if (!(await isRightPassword(parts, shown))) throw new ApiProblem("login-refused")
        const hasApp = (await store.factors.app(account)) !== undefined
        if (hasApp && (code === undefined || !(await isRightCode(parts, { account, code, address })))) throw new ApiProblem("code-refused")
        return prove(parts, self, context)
      },
    }),
    askPasskeyProof: handler(operations.askPasskeyProof, {
      find,
      act: async (_, { account }, { origin }) => {
        const { options, ...asked } = await askForOne(origin, await store.factors.passkeys(account))
        return { ticket: parts.waiting.passkeyProofs.keep({ ...asked, account }), options: { ...options } }
      },
    }),
    proveAgainPasskey: handler(operations.proveAgainPasskey, {
      find,
      act: async ({ body: { ticket, response } }, self, context) => {
        const asked = parts.waiting.passkeyProofs.take(ticket)
        if (asked?.account !== self.account) throw new ApiProblem("ticket-used")
        if ((await ownerOf(parts, shownPasskey(response), asked)) !== self.account) throw new ApiProblem("passkey-refused")
        return prove(parts, self, context)
      },
    }),
  }
}

async function prove(parts: OrganisationParts, { token }: Self, context: Context): Promise<undefined> {
  const next = await proveSession(parts, token)
  if (next === undefined) throw new ApiProblem("not-signed-in")
  context.setSession(next)
  return undefined
}
