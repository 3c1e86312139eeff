/** How a receiver knows that a request is ours and fresh (D40.1, A4.12). The form of Standard Webhooks, for which most languages have a library. */

import { createHmac } from "node:crypto"

interface Signed {
  readonly id: string
  /** Seconds since 1970, of this attempt. */
  readonly seconds: number
  readonly body: string
}

/** The headers that go with the body. `secrets`: the present one first, then one before that still counts. */
export function signatureHeaders({ id, seconds, body }: Signed, secrets: readonly Uint8Array[]): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${createHmac("sha256", secret).update(`${id}.${seconds}.${body}`).digest("base64")}`)
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signatures.join(" ") }
}
