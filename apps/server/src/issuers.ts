/** The organisation's identity provider, as the operator names it (D19). The server talks to it never; browsers do. */

/** A provider and the client id that was made there for calls: public, with PKCE, and for no other purpose. */
export interface Issuer {
  readonly issuer: string
  readonly clientId: string
}

const most = 5

/** Reads `issuer client-id`, several with commas between. Undefined when that is not what it says. */
export function parseIssuers(text: string): readonly Issuer[] | undefined {
  const found = text.split(",").map((one) => issuerIn(one.trim()))
  const issuers = found.filter((one) => one !== undefined)
  const isOnce = new Set(issuers.map((one) => one.issuer)).size === found.length
  return issuers.length === found.length && issuers.length <= most && isOnce ? issuers : undefined
}

function issuerIn(text: string): Issuer | undefined {
  const [issuer, clientId, ...more] = text.split(/ +/)
  if (issuer === undefined || clientId === undefined || more.length > 0) return undefined
  return isIssuerUrl(issuer) && /^[\x21-\x7e]{1,128}$/.test(clientId) ? { issuer, clientId } : undefined
}

/** D19.9, as clients read it in a policy. Its origin goes into a header: a host name is letters, digits, dots and hyphens. */
function isIssuerUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || text.length > 200 || /[?#@]/.test(text) || !/^([a-z0-9.-]+|\[[0-9a-f:]+\])$/.test(url.hostname)) return false
  const isLoopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname)
  return (url.protocol === "https:" || (url.protocol === "http:" && isLoopback)) && (url.href === text || url.href === `${text}/`)
}

/** The origins that pages may ask for the provider's keys and tokens; nothing else of others is ever connected to. */
export const originsOfIssuers = (issuers: readonly Issuer[]): readonly string[] => [
  ...new Set(issuers.map(({ issuer }) => new URL(issuer).origin)),
]
