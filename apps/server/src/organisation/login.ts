/** Logging in (D36.5, D36.6): a password and, where the account has an app, a code; or a passkey, which is both. */

import { ApiProblem, type AccountId } from "@conclave/api"
import { Problem } from "@conclave/wire"
import { hashOf } from "../tokens.ts"
import type { OrganisationParts } from "./parts.ts"
import { askForOne, readOne, type AuthenticationResponseJSON, type Challenge } from "./passkeys.ts"
import type { Guess } from "./guess-limits.ts"
import { takeCode } from "./second-factor.ts"
import { beginSession, type Visitor } from "./who-asks.ts"

export type LoginOutcome =
  | { readonly kind: "signed-in"; readonly account: AccountId; readonly token: string }
  | { readonly kind: "second-factor"; readonly ticket: string }

/** The form in which addresses are kept and compared. */
export const addressForm = (email: string): string => email.normalize("NFKC").toLowerCase()

/** Tries of a code for one right password. */
const codeTries = 5

/** ApiProblem `login-refused` for a wrong password and for no such account alike; `too-many`. */
export async function logIn(
  parts: OrganisationParts,
  { email, password }: { readonly email: string; readonly password: string },
  visitor: Visitor,
): Promise<LoginOutcome> {
  const { store, waiting } = parts
  const known = await store.accounts.byEmail(addressForm(email))
  const name = `password ${hashOf(addressForm(email))}`
  if (!(await isRightPassword(parts, { name, password, hash: known?.passwordHash, address: visitor.address })) || known === undefined)
    throw new ApiProblem("login-refused")
  const account = known.id
  if ((await store.factors.app(account)) !== undefined)
    return { kind: "second-factor", ticket: waiting.secondFactors.keep({ account, triesLeft: codeTries }) }
  return signIn(parts, account, visitor)
}

/** ApiProblem `ticket-used`, `code-refused`, `too-many`. */
export async function logInWithCode(
  parts: OrganisationParts,
  { ticket, code }: { readonly ticket: string; readonly code: string },
  visitor: Visitor,
): Promise<LoginOutcome> {
  const { secondFactors } = parts.waiting
  const half = secondFactors.take(ticket)
  if (half === undefined) throw new ApiProblem("ticket-used")
  const { account, triesLeft } = half
  const isRight = await isRightCode(parts, { account, code, address: visitor.address }).catch((error: unknown) => {
    secondFactors.giveBack(ticket, half)
    throw error
  })
  if (!isRight) {
    if (triesLeft > 1) secondFactors.giveBack(ticket, { account, triesLeft: triesLeft - 1 })
    throw new ApiProblem("code-refused")
  }
  return signIn(parts, account, visitor)
}

export async function askPasskeyLogin(
  { waiting }: OrganisationParts,
  origin: string,
): Promise<{ ticket: string; options: { readonly challenge: string } }> {
  const { options, ...asked } = await askForOne(origin, undefined)
  return { ticket: waiting.passkeyLogins.keep(asked), options }
}

/** ApiProblem `ticket-used`, `passkey-refused`. */
export async function logInWithPasskey(
  parts: OrganisationParts,
  { ticket, response }: { readonly ticket: string; readonly response: AuthenticationResponseJSON },
  visitor: Visitor,
): Promise<LoginOutcome> {
  const asked = parts.waiting.passkeyLogins.take(ticket)
  if (asked === undefined) throw new ApiProblem("ticket-used")
  return signIn(parts, await ownerOf(parts, response, asked), visitor)
}

/** Whose passkey answered. ApiProblem `passkey-refused`. */
export async function ownerOf(
  { store, now, log }: OrganisationParts,
  response: AuthenticationResponseJSON,
  asked: Challenge,
): Promise<AccountId> {
  const passkey = await store.factors.byCredential(response.id)
  const counter = passkey && (await readOne(response, asked, passkey))
  if (passkey === undefined || counter === undefined || !(await store.factors.usePasskey(passkey, { counter, at: now() }))) {
    log("passkey-refused", passkey === undefined ? {} : { account: passkey.account })
    throw new ApiProblem("passkey-refused")
  }
  return passkey.account
}

/** Counts against the account that is named, whether it is there or not. ApiProblem `too-many`. */
export async function isRightPassword(
  { limits, hasher, log }: OrganisationParts,
  shown: { readonly name: string; readonly password: string; readonly hash: string | undefined; readonly address: string },
): Promise<boolean> {
  const guess = admitted(limits.count(shown.name, shown.address))
  const isRight = await hasher.verify(shown.password, shown.hash).catch((error: unknown) => {
    // Nothing was learnt.
    if (error instanceof Problem) guess.refund()
    throw error
  })
  if (isRight) guess.refund()
  else log("password-refused")
  return isRight
}

/** ApiProblem `too-many`. */
export async function isRightCode(
  parts: OrganisationParts,
  { account, code, address }: { readonly account: AccountId; readonly code: string; readonly address: string },
): Promise<boolean> {
  const guess = admitted(parts.limits.count(`code ${account}`, address))
  const isRight = await takeCode(parts, account, code)
  if (isRight) guess.refund()
  else parts.log("code-refused", { account })
  return isRight
}

function admitted(guess: Guess): Extract<Guess, { kind: "allowed" }> {
  if (guess.kind === "refused") throw new ApiProblem("too-many", { retryAfter: Math.ceil(guess.retryAfterMs / 1000) })
  return guess
}

async function signIn(parts: OrganisationParts, account: AccountId, visitor: Visitor): Promise<LoginOutcome> {
  const token = await beginSession(parts, account, visitor)
  parts.log("logged-in", { account })
  return { kind: "signed-in", account, token }
}
