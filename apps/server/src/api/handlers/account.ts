/** One's own account and what one logs in with (D36.11 to D36.14). */

import { randomBytes } from "node:crypto"
import { ApiProblem, operations, type newPasskeyResponse, type passkey as passkeySchema, type PasskeyId, type z } from "@conclave/api"
import { seedForApp, seedLength, stepOf } from "../../organisation/authenticator-app.ts"
import { demandGoodPassword, newId } from "../../organisation/joining.ts"
import { askForNew, readNew, type RegistrationResponseJSON } from "../../organisation/passkeys.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import type { Passkey } from "../../organisation/ports.ts"
import { freshRecoveryCodes, recoveryHash } from "../../organisation/recovery-codes.ts"
import { seedContext } from "../../organisation/second-factor.ts"
import { handler, type Context } from "../handler.ts"
import { accountShown, momentOf } from "./people-shapes.ts"
import { findSelf, renew } from "./self.ts"

const mostPasskeys = 20

export function accountHandlers(parts: OrganisationParts) {
  const { store, hasher, log } = parts
  const find = (_: unknown, context: Context) => findSelf(parts, context)
  return {
    getAccount: handler(operations.getAccount, { find, act: (_, { own }) => accountShown(store, own) }),
    changeAccount: handler(operations.changeAccount, {
      find,
      act: async ({ body: { name } }, { own }) => {
        await store.accounts.rename(own.id, name)
        return accountShown(store, { ...own, name })
      },
    }),
    changePassword: handler(operations.changePassword, {
      find,
      act: async ({ body: { password } }, self, context) => {
        const { account, own } = self
        demandGoodPassword(password, [own.email, own.name])
        await store.accounts.setPassword(account, await hasher.hash(password))
        await renew(parts, self, context)
        log("password-changed", { account })
        return undefined
      },
    }),
    ...appHandlers(parts),
    ...passkeyHandlers(parts),
  }
}

function appHandlers(parts: OrganisationParts) {
  const { store, seal, waiting, now, log } = parts
  const find = (_: unknown, context: Context) => findSelf(parts, context)
  return {
    beginAuthenticatorApp: handler(operations.beginAuthenticatorApp, {
      find,
      act: async (_, { account, own }) => {
        const seed = new Uint8Array(randomBytes(seedLength))
        const issuer = (await store.organisation())?.name ?? "Conclave"
        return { ticket: waiting.newApps.keep({ account, seed }), ...seedForApp(seed, { issuer, label: own.email }) }
      },
    }),
    confirmAuthenticatorApp: handler(operations.confirmAuthenticatorApp, {
      find,
      act: async ({ body: { ticket, code } }, self, context) => {
        const { account } = self
        const begun = waiting.newApps.take(ticket)
        if (begun?.account !== account) throw new ApiProblem("ticket-used")
        const lastStep = stepOf(code, begun.seed, now())
        if (lastStep === undefined) {
          waiting.newApps.giveBack(ticket, begun)
          throw new ApiProblem("code-refused")
        }
        const { codes, hashes } = newCodes()
        await store.factors.setApp(account, { sealedSeed: seal.seal(begun.seed, seedContext(account)), lastStep }, hashes)
        await renew(parts, self, context)
        log("app-added", { account })
        return { recovery_codes: codes }
      },
    }),
    removeAuthenticatorApp: handler(operations.removeAuthenticatorApp, {
      find,
      act: async (_, self, context) => {
        await store.factors.removeApp(self.account)
        await renew(parts, self, context)
        log("app-removed", { account: self.account })
        return undefined
      },
    }),
    renewRecoveryCodes: handler(operations.renewRecoveryCodes, {
      find,
      act: async (_, { account }) => {
        if ((await store.factors.app(account)) === undefined) throw new ApiProblem("no-authenticator-app")
        const { codes, hashes } = newCodes()
        await store.factors.setCodes(account, hashes)
        log("recovery-codes-renewed", { account })
        return { recovery_codes: codes }
      },
    }),
  }
}

function newCodes(): { readonly codes: string[]; readonly hashes: string[] } {
  const codes = freshRecoveryCodes()
  return { codes, hashes: codes.flatMap((code) => recoveryHash(code) ?? []) }
}

function passkeyHandlers(parts: OrganisationParts) {
  const { store, waiting, now, log } = parts
  const find = (_: unknown, context: Context) => findSelf(parts, context)
  return {
    listPasskeys: handler(operations.listPasskeys, {
      find,
      act: async (_, { account }) => {
        const data = (await store.factors.passkeys(account)).map(passkeyShown)
        return { data, total_count: data.length }
      },
    }),
    askNewPasskey: handler(operations.askNewPasskey, {
      find,
      act: async (_, { account, own }, { origin }) => {
        const known = await store.factors.passkeys(account)
        if (known.length >= mostPasskeys) throw new ApiProblem("too-many-passkeys")
        const organisation = (await store.organisation())?.name ?? "Conclave"
        const { options, ...asked } = await askForNew({ account: own, organisation, origin, known })
        return { ticket: waiting.newPasskeys.keep({ ...asked, account }), options: { ...options } }
      },
    }),
    addPasskey: handler(operations.addPasskey, {
      find,
      act: async ({ body: { ticket, name, response } }, self, context) => {
        const { account } = self
        const asked = waiting.newPasskeys.take(ticket)
        if (asked?.account !== account) throw new ApiProblem("ticket-used")
        if ((await store.factors.passkeys(account)).length >= mostPasskeys) throw new ApiProblem("too-many-passkeys")
        const made = await readNew(madePasskey(response), asked)
        const passkey = made && { ...made, id: newId<PasskeyId>(), account, name, madeAt: now(), usedAt: undefined }
        if (passkey === undefined || !(await store.factors.addPasskey(passkey))) throw new ApiProblem("passkey-refused")
        await renew(parts, self, context)
        log("passkey-added", { account })
        return passkeyShown(passkey)
      },
    }),
    removePasskey: handler(operations.removePasskey, {
      find,
      act: async ({ params }, self, context) => {
        if (!(await store.factors.removePasskey(self.account, params.passkey))) throw new ApiProblem("not-found")
        await renew(parts, self, context)
        log("passkey-removed", { account: self.account })
        return undefined
      },
    }),
  }
}

function madePasskey({ id, rawId, type, response }: z.output<typeof newPasskeyResponse>): RegistrationResponseJSON {
  const { clientDataJSON, attestationObject } = response
  return { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } }
}

const passkeyShown = ({ id, name, madeAt, usedAt }: Passkey): z.input<typeof passkeySchema> => ({
  id,
  name,
  created_at: momentOf(madeAt),
  last_used_at: usedAt === undefined ? null : momentOf(usedAt),
})
