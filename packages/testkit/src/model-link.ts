/** A room's link in the model: one secret, and what everybody with the link makes of it (D2, D4.15). */

import { createHash } from "node:crypto"
import { digest, secretFrom } from "./symbols.ts"

/** What everybody with the link knows. */
export interface ModelLink {
  readonly version: number
  readonly secret: string
  readonly knock: string
  readonly psk: string
  /** What the server is shown. */
  readonly access: Uint8Array<ArrayBuffer>
}

export const linkFrom = (secret: string, version: number): ModelLink => ({
  version,
  secret,
  knock: secretFrom("knock", secret),
  psk: secretFrom("psk", secret),
  access: new TextEncoder().encode(digest(`access ${secret}`).padEnd(32, "-").slice(0, 32)),
})

/** As the page gets it for the address bar. */
export const linkText = ({ version, secret }: ModelLink): string => `${String(version)}.${secret}`

export function linkOf(text: string): ModelLink {
  const [version, secret] = text.split(".")
  if (version === undefined || secret === undefined) throw new Error("bug: not a link")
  return linkFrom(secret, Number(version))
}

/** SHA-256 of the access proof: what the server keeps of it, as it does. */
export const accessHashOf = (access: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(createHash("sha256").update(access).digest())
