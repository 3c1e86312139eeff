/** One's own account and what one logs in with (D36.11 to D36.14). Whatever changes that needs a fresh login and ends all other sessions. */

import { account, password, personName, ticket } from "./account-fields.ts"
import { moment, passkeyId } from "./ids.ts"
import { challenge } from "./login.ts"
import { operation } from "./operation.ts"
import { newPasskeyResponse } from "./passkey-fields.ts"
import { z } from "./schema.ts"
import { words } from "./words.ts"

export const passkey = z
  .strictObject({ id: passkeyId, name: words(100), created_at: moment, last_used_at: moment.nullable() })
  .meta({ id: "Passkey" })

const recoveryCodes = z
  .strictObject({ recovery_codes: z.array(z.string()).meta({ description: "Shown this once. Each stands in for one code of the app." }) })
  .meta({ id: "RecoveryCodes" })

const tag = "account"
const needs = "own"

export const accountOperations = {
  getAccount: operation({
    id: "getAccount",
    method: "GET",
    path: "/account",
    tag,
    needs,
    summary: "One's own account",
    answer: { status: 200, body: account },
  }),
  changeAccount: operation({
    id: "changeAccount",
    method: "PATCH",
    path: "/account",
    tag,
    needs,
    summary: "Change one's own name",
    body: z.strictObject({ name: personName }).meta({ id: "AccountChange" }),
    answer: { status: 200, body: account },
  }),
  changePassword: operation({
    id: "changePassword",
    method: "PUT",
    path: "/account/password",
    tag,
    needs,
    summary: "Change one's own password",
    body: z.strictObject({ password }).meta({ id: "NewPassword" }),
    answer: { status: 204 },
    problems: ["password-refused"],
    needsFreshLogin: true,
  }),
  beginAuthenticatorApp: operation({
    id: "beginAuthenticatorApp",
    method: "POST",
    path: "/account/authenticator-app",
    tag,
    needs,
    summary: "What to put into an authenticator app; nothing changes before a code of it is shown",
    answer: { status: 200, body: z.strictObject({ ticket, secret: z.string(), uri: z.string() }).meta({ id: "AuthenticatorAppSeed" }) },
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  confirmAuthenticatorApp: operation({
    id: "confirmAuthenticatorApp",
    method: "PUT",
    path: "/account/authenticator-app",
    tag,
    needs,
    summary: "Log in with the app's codes from now on",
    body: z.strictObject({ ticket, code: z.string().regex(/^\d{6}$/) }).meta({ id: "AuthenticatorAppCode" }),
    answer: { status: 200, body: recoveryCodes },
    problems: ["ticket-used", "code-refused"],
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  removeAuthenticatorApp: operation({
    id: "removeAuthenticatorApp",
    method: "DELETE",
    path: "/account/authenticator-app",
    tag,
    needs,
    summary: "Log in without codes from now on",
    answer: { status: 204 },
    needsFreshLogin: true,
  }),
  renewRecoveryCodes: operation({
    id: "renewRecoveryCodes",
    method: "POST",
    path: "/account/recovery-codes",
    tag,
    needs,
    summary: "Ten new recovery codes; the old are void",
    answer: { status: 200, body: recoveryCodes },
    problems: ["no-authenticator-app"],
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  listPasskeys: operation({
    id: "listPasskeys",
    method: "GET",
    path: "/account/passkeys",
    tag,
    needs,
    summary: "One's own passkeys",
    answer: { status: 200, body: z.strictObject({ data: z.array(passkey), total_count: z.int().min(0) }) },
  }),
  askNewPasskey: operation({
    id: "askNewPasskey",
    method: "POST",
    path: "/account/passkeys/challenge",
    tag,
    needs,
    summary: "What to ask an authenticator for a new passkey",
    answer: { status: 200, body: challenge },
    problems: ["too-many-passkeys"],
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  addPasskey: operation({
    id: "addPasskey",
    method: "POST",
    path: "/account/passkeys",
    tag,
    needs,
    summary: "Log in with this passkey too from now on",
    body: z.strictObject({ ticket, name: words(100), response: newPasskeyResponse }).meta({ id: "NewPasskey" }),
    answer: { status: 201, body: passkey },
    problems: ["ticket-used", "passkey-refused", "too-many-passkeys"],
    needsFreshLogin: true,
  }),
  removePasskey: operation({
    id: "removePasskey",
    method: "DELETE",
    path: "/account/passkeys/{passkey}",
    tag,
    needs,
    summary: "Log in with this passkey no more",
    params: z.strictObject({ passkey: passkeyId }),
    answer: { status: 204 },
    needsFreshLogin: true,
  }),
} as const
