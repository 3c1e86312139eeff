import { toBase64url } from "./base64url.ts"

/** Prints what crosses the wire: JSON, bytes as base64url. */
export function printBody(value: object): string {
  return JSON.stringify(value, (_, field: unknown) => (field instanceof Uint8Array ? toBase64url(field) : field))
}
