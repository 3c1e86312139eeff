/** Which identity providers count in a room: named in its signed policy, and nowhere else (D19). */

import { fieldsOf } from "../json.ts"

/** A provider and the client id under which its tokens count here. Other clients' tokens of the same provider do not. */
export interface Issuer {
  /** The URL that stands in `iss`, letter for letter. */
  readonly issuer: string
  readonly clientId: string
}

const maxUrl = 200
const printable = /^[\x21-\x7e]{1,128}$/

/** Whether a client id is one: printable ASCII without blanks, at most 128 characters. */
export const isClientId = (value: unknown): value is string => typeof value === "string" && printable.test(value)

/**
 * Whether a text is the URL of a provider (OpenID Connect Discovery 1.0 section 2): https, or http on this machine for
 * trying things out; no user, query or fragment; in the one spelling that a URL parser gives back.
 */
export function isIssuerUrl(value: unknown): value is string {
  if (typeof value !== "string" || value.length > maxUrl) return false
  const url = URL.parse(value)
  if (url === null || !isSafeUrl(url) || url.search !== "" || url.hash !== "" || /[?#]/.test(value)) return false
  // "https://a.example" is what people write, and what many providers put into `iss`.
  return url.href === value || url.href === `${value}/`
}

/** Whether nobody on the way can read or change what is fetched from there. */
export const isSafeUrl = (url: URL): boolean =>
  // A semicolon in a host name would end the directive of a content security policy that names it.
  /^([a-z0-9.-]+|\[[0-9a-f:]+\])$/.test(url.hostname) &&
  url.username === "" &&
  url.password === "" &&
  (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)))

const isLoopback = (name: string): boolean => name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name)

/** Whether a value has the form of an issuer and nothing more. */
export function isIssuer(value: unknown): value is Issuer {
  const read = fieldsOf(value, ["issuer", "clientId"])
  return read !== undefined && isIssuerUrl(read["issuer"]) && isClientId(read["clientId"])
}
