/** Passkeys of this browser and the devices it can ask (WebAuthn). What they say is judged by the server alone (D36.14). */

import type { newPasskeyResponse, passkeyResponse, z } from "@conclave/api"
import type { Answer } from "./api.ts"

export type MadePasskey = z.input<typeof newPasskeyResponse>
export type ShownPasskey = z.input<typeof passkeyResponse>

/** As the server sends them. */
export type PasskeyOptions = Readonly<Record<string, unknown>>

/** Why there is no answer. `given-up`: refused, or nobody pressed anything in time; `known`: that device has one already. */
export interface NoPasskey {
  readonly kind: "refused"
  readonly code: "passkey-given-up" | "passkey-known" | "passkey-impossible"
  readonly fields: readonly string[]
}

type Shown<Value> = Exclude<Answer<Value>, { kind: "refused" }> | NoPasskey

/** Whether to offer it: older browsers, and pages without TLS, have none. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"

/** Asks an authenticator to make one. */
export const makePasskey = (options: PasskeyOptions): Promise<Shown<MadePasskey>> =>
  answerOf<MadePasskey>(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never) }),
  )

/** Asks an authenticator to show one. */
export const showPasskey = (options: PasskeyOptions): Promise<Shown<ShownPasskey>> =>
  answerOf<ShownPasskey>(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never) }))

async function answerOf<Value>(ask: () => Promise<Credential | null>): Promise<Shown<Value>> {
  try {
    const credential = await ask()
    if (credential === null) return refused("passkey-given-up")
    return { kind: "done", value: (credential as PublicKeyCredential).toJSON() as Value }
  } catch (error) {
    return refused(codeOf(error))
  }
}

const refused = (code: NoPasskey["code"]): NoPasskey => ({ kind: "refused", code, fields: [] })

/** Browsers say "not allowed" for whatever a person did, so that a page learns nothing by it. */
function codeOf(error: unknown): NoPasskey["code"] {
  const name = error instanceof DOMException ? error.name : ""
  if (name === "NotAllowedError" || name === "AbortError") return "passkey-given-up"
  return name === "InvalidStateError" ? "passkey-known" : "passkey-impossible"
}
