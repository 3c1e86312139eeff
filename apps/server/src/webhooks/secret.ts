/** The secret that a webhook is signed with (D40.4). The server must read it to sign, so it is sealed at rest, as authenticator seeds are. */

import { randomBytes } from "node:crypto"
import type { WebhookId } from "@conclave/api"
import type { Seal } from "../organisation/seal.ts"

const contextOf = (webhook: WebhookId): string => `webhook secret ${webhook}`

export interface FreshSecret {
  readonly sealed: Uint8Array<ArrayBuffer>
  /** As Standard Webhooks spell it; for the asker's eyes, this once. */
  readonly text: string
}

/** 256 random bits. */
export function freshSecret(seal: Seal, webhook: WebhookId): FreshSecret {
  const secret = randomBytes(32)
  return { sealed: seal.seal(secret, contextOf(webhook)), text: `whsec_${secret.toString("base64")}` }
}

/** Undefined: it was sealed under another key. */
export const openSecret = (seal: Seal, webhook: WebhookId, sealed: Uint8Array): Uint8Array<ArrayBuffer> | undefined =>
  seal.open(sealed, contextOf(webhook))
