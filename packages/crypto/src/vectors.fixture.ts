/** Our own vectors (`packages/crypto/vectors/ours`) as tests read them. */

import { readFileSync } from "node:fs"
import { toBase64url } from "./base64url.ts"
import { owned } from "./bytes.ts"

/** A vector's field: hex, or text that says itself what it is. */
export type Fields = Readonly<Record<string, string>>

export const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../vectors/ours/${name}.json`, import.meta.url), "utf8"))
export const fields = (name: string): Fields => read(name) as Fields
export const hex = (text: string | undefined): Uint8Array<ArrayBuffer> => owned(Buffer.from(text ?? "", "hex"))
export const id = (text: string | undefined): string => toBase64url(hex(text))
export const sealingKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"])
