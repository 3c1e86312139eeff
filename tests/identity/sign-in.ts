/** A person at the provider's pages, without a browser: follows redirects, keeps cookies, fills in the forms. */

import { createHash, randomBytes } from "node:crypto"
import type { TestProvider } from "./provider.ts"

export interface SignInOptions {
  readonly origin: string
  readonly login: string
  readonly nonce: string
  /** Changes of the request, for those who ask for what they should not. */
  readonly changed?: Readonly<Record<string, string>>
}

/** Signs in with code and PKCE, and gives the ID token. */
export async function signInHeadless(provider: TestProvider, { origin, login, nonce, changed = {} }: SignInOptions): Promise<string> {
  const verifier = randomBytes(32).toString("base64url")
  const redirectUri = `${origin}/identity`
  const endpoints = (await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>
  const url = new URL(endpoints["authorization_endpoint"]!)
  const asked = {
    response_type: "code",
    response_mode: "fragment",
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: "openid profile email",
    state: "s",
    nonce,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    claims: '{"id_token":{"name":null,"email":null,"email_verified":null}}',
    ...changed,
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  const back = await throughProvider(url, redirectUri, login)
  const code = new URLSearchParams(back.hash.slice(1)).get("code") ?? ""
  const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, client_id: provider.clientId, code_verifier: verifier }
  const answer = await fetch(endpoints["token_endpoint"]!, { method: "POST", body: new URLSearchParams(form), headers: { origin } })
  if (!answer.ok) throw new Error(`the provider gave no token: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { id_token: string }).id_token
}

/** Login and consent, until the provider sends the person back to our own address. */
export async function throughProvider(start: URL, end: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let [url, body]: [URL, URLSearchParams | undefined] = [start, undefined]
  for (let step = 0; step < 20; step++) {
    if (url.href.startsWith(end)) return url
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const response: Response = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(body === undefined ? {} : { method: "POST", body }),
    })
    for (const one of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(one) ?? []
      if (value === "") cookies.delete(name)
      else cookies.set(name, value)
    }
    const text: string = await response.text()
    const to: string | null = response.headers.get("location")
    if (to === null && !response.ok) throw new Error(`the provider answered ${response.status}: ${text.slice(0, 400)}`)
    body =
      to === null ? new URLSearchParams({ prompt: /name="prompt" value="(\w+)"/.exec(text)?.[1] ?? "", login, password: "any" }) : undefined
    url = new URL(to ?? /action="([^"]+)"/.exec(text)?.[1] ?? "", url)
  }
  throw new Error("the provider never came to an end")
}
