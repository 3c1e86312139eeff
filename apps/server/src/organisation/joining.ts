/** Making an account (D36.1, D36.2) and opening one anew (D36.15), each by a link that is good once. */

import { randomBytes } from "node:crypto"
import { ApiProblem, type AccountId, type InvitationId } from "@conclave/api"
import { toBase64url } from "@conclave/wire"
import { freshToken, hashOf } from "../tokens.ts"
import { addressForm } from "./login.ts"
import type { OrganisationParts } from "./parts.ts"
import { passwordRefusal, type PasswordRefusal } from "./password-rules.ts"
import type { Invitation, NewAccount } from "./ports.ts"

export const invitationMs = 7 * 24 * 3_600_000
/** A way into an account that is there is not left lying about. */
export const recoveryMs = 24 * 3_600_000

/** 16 random bytes, as all our ids. */
export const newId = <Id extends string>(): Id => toBase64url(new Uint8Array(randomBytes(16))) as Id

/** What somebody says of themselves. */
interface Self {
  readonly email: string
  readonly name: string
  readonly password: string
}

const sentences: Record<PasswordRefusal, string> = {
  "too-short": "It has fewer than 10 characters",
  "too-long": "It has more than 200 characters",
  "too-common": "It is among the first that anybody would try",
  "says-who": "It is your name or your address",
}

/** ApiProblem `password-refused`, with why. */
export function demandGoodPassword(password: string, about: readonly string[]): void {
  const refusal = passwordRefusal(password, about)
  if (refusal !== undefined) throw new ApiProblem("password-refused", { errors: { password: [sentences[refusal]] } })
}

async function accountOf(parts: OrganisationParts, { email, name, password }: Self, role: NewAccount["role"]): Promise<NewAccount> {
  demandGoodPassword(password, [email, name])
  const passwordHash = await parts.hasher.hash(password)
  return { id: newId<AccountId>(), email: addressForm(email), name, role, passwordHash, madeAt: parts.now() }
}

/** The first owner. ApiProblem `link-used`, `password-refused`. */
export async function setUp(
  parts: OrganisationParts,
  { token, organisation, ...self }: Self & { readonly token: string; readonly organisation: string },
): Promise<AccountId> {
  const { store, setup, log } = parts
  if (!setup.isGood(token)) throw new ApiProblem("link-used")
  const owner = await accountOf(parts, self, "owner")
  const isFirst = await store.setUp({ name: organisation, madeAt: owner.madeAt }, owner)
  setup.close()
  if (!isFirst) throw new ApiProblem("link-used")
  log("set-up", { account: owner.id })
  return owner.id
}

/** Gives the token that is shown once. */
export async function invite(
  parts: Pick<OrganisationParts, "store" | "now" | "log">,
  wanted: Pick<Invitation, "account" | "role" | "team" | "by">,
): Promise<Invitation & { readonly token: string }> {
  const madeAt = parts.now()
  const invitation = {
    ...wanted,
    id: newId<InvitationId>(),
    madeAt,
    expiresAt: madeAt + (wanted.account === undefined ? invitationMs : recoveryMs),
  }
  const token = toBase64url(freshToken())
  await parts.store.invitations.add(invitation, hashOf(token))
  // A recovery is in the log with both names: it is the one way into somebody else's account.
  if (wanted.account === undefined) parts.log("invited", { account: wanted.by })
  else parts.log("recovery-offered", { account: wanted.account, by: wanted.by })
  return { ...invitation, token }
}

/** ApiProblem `link-used`: no such invitation, used, withdrawn or too old. */
export async function invitationBehind({ store, now }: OrganisationParts, token: string): Promise<Invitation> {
  const invitation = await store.invitations.byHash(hashOf(token))
  if (invitation === undefined || now() >= invitation.expiresAt) throw new ApiProblem("link-used")
  return invitation
}

/** ApiProblem `link-used`, `password-refused`, `email-taken`. */
export async function accept(parts: OrganisationParts, { token, ...self }: Self & { readonly token: string }): Promise<AccountId> {
  const invitation = await invitationBehind(parts, token)
  if (invitation.account !== undefined) throw new ApiProblem("link-used")
  const account = await accountOf(parts, self, invitation.role)
  const outcome = await parts.store.invitations.accept(invitation.id, account)
  if (outcome !== "done") throw new ApiProblem(outcome === "taken" ? "email-taken" : "link-used")
  parts.log("joined", { account: account.id, by: invitation.by })
  return account.id
}

/** ApiProblem `link-used`, `password-refused`. */
export async function recover(
  parts: OrganisationParts,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<AccountId> {
  const invitation = await invitationBehind(parts, token)
  const account = invitation.account && (await parts.store.accounts.get(invitation.account))
  if (account === undefined) throw new ApiProblem("link-used")
  demandGoodPassword(password, [account.email, account.name])
  const outcome = await parts.store.invitations.recover(invitation.id, await parts.hasher.hash(password))
  if (outcome !== "done") throw new ApiProblem("link-used")
  parts.log("recovered", { account: account.id, by: invitation.by })
  return account.id
}
