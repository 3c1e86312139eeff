/** Signing in while somebody bends the answers (A4.06): the page's own code, a real provider, and one that lies. */

import { createServer, type Server } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { memoryKeyShelf } from "@conclave/crypto/room"
import { prepareSignIn, type SignedIn, type SignInFailure } from "../../apps/web/src/adapters/identity.ts"
import { startProvider, type TestProvider } from "./provider.ts"
import { throughProvider } from "./sign-in.ts"

const origin = "http://localhost:4998"
const ourAddress = `${origin}/identity`
let house: TestProvider

beforeAll(async () => {
  house = await startProvider()
  house.serve(origin)
})
afterAll(() => house.stop())

/** What the provider answered by way of the address. */
type Answer = Record<string, string>

interface Circumstances {
  readonly issuer?: string
  /** The person closes the lobby when all is said: for answers that the page takes no notice of. */
  readonly givesUp?: boolean
}

/** Signs in; whatever comes back goes through `bend` first, and what that gives is said on the channel. */
async function signIn(
  bend: (answer: Answer, asked: URL) => Answer[],
  { issuer = house.issuer, givesUp = false }: Circumstances = {},
): Promise<SignedIn | SignInFailure> {
  const channel = new BroadcastChannel("conclave-identity")
  const done = new AbortController()
  const person = async (url: URL): Promise<void> => {
    const back = issuer === house.issuer ? await throughProvider(url, ourAddress, "ada") : new URL(`${ourAddress}#code=x&state=`)
    const answer = Object.fromEntries(new URLSearchParams(back.hash.slice(1)))
    for (const one of bend({ ...answer, ...(issuer === house.issuer ? {} : { state: url.searchParams.get("state") ?? "" }) }, url))
      channel.postMessage(one)
    if (givesUp) done.abort()
  }
  const openWindow = (url: URL): boolean => {
    void person(url)
    return true
  }
  const prepared = await prepareSignIn({ issuer, clientId: house.clientId }, { shelf: memoryKeyShelf(), ourAddress, openWindow })
  try {
    return typeof prepared === "string" ? prepared : await prepared.open(done.signal)
  } finally {
    channel.close()
  }
}

test("D19.12: an honest answer signs in, whatever else is said on the channel", async () => {
  const noise = [{}, { state: "other", code: "x" }, { state: "" }]
  expect(await signIn((answer) => [...noise, answer])).toMatchObject({ identity: { subject: "ada", name: "Ada" } })
})

test.each<[string, (answer: Answer, asked: URL) => Answer[], SignInFailure]>([
  ["another's state", (answer) => [{ ...answer, state: "s" }], "given-up"],
  ["no state", ({ code = "" }) => [{ code }], "given-up"],
  ["another issuer (mix-up)", (answer) => [{ ...answer, iss: "https://evil.example" }], "not-accepted"],
  ["no issuer, though this provider always says it", ({ code = "", state = "" }) => [{ code, state }], "not-accepted"],
  ["a code of somebody else's", (answer) => [{ ...answer, code: "stolen" }], "provider-unreachable"],
  ["no code", ({ iss = "", state = "" }) => [{ iss, state }], "not-accepted"],
  ["a refusal", ({ iss = "", state = "" }) => [{ iss, state, error: "access_denied" }], "given-up"],
  ["an endless code", (answer) => [{ ...answer, code: "x".repeat(5000) }], "given-up"],
])("D19.12: %s signs nobody in", async (_, bend, failure) => {
  expect(await signIn(bend, { givesUp: failure === "given-up" })).toBe(failure)
})

test("D19.12: a code works once, and only with the verifier of the page that asked for it", async () => {
  let seen: Answer = {}
  expect(await signIn((answer) => [(seen = answer)])).toMatchObject({ identity: { subject: "ada" } })
  expect(await signIn((answer) => [{ ...answer, code: seen["code"] ?? "" }])).toBe("provider-unreachable")
  let unused: Answer = {}
  expect(await signIn((answer) => ((unused = answer), []), { givesUp: true })).toBe("given-up")
  expect(await signIn((answer) => [{ ...answer, code: unused["code"] ?? "" }])).toBe("provider-unreachable")
})

test("D19.12: the page asks for a code with PKCE, a nonce and an answer that our server does not see", async () => {
  const asked: URL[] = []
  await signIn((_, url) => (asked.push(url), []), { givesUp: true })
  const at = Object.fromEntries(asked[0]?.searchParams ?? [])
  expect(at).toMatchObject({ response_type: "code", response_mode: "fragment", code_challenge_method: "S256", redirect_uri: ourAddress })
  for (const name of ["state", "nonce", "code_challenge"]) expect(at[name]).toMatch(/^[\w-]{43}$/)
})

/** A provider that takes any code and gives this. */
async function liar(given: (issuer: string) => Record<string, unknown>): Promise<{ issuer: string; server: Server }> {
  const server = createServer((request, response) => {
    const endpoints = { issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` }
    response.end(JSON.stringify(request.url === "/token" ? given(issuer) : request.url === "/keys" ? { keys: [] } : endpoints))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { issuer, server }
}

const jwt = (header: object, claims: object): string =>
  [header, claims, {}].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")

test("D19.12: a token that does not hold is no sign-in, though the provider itself gave it", async () => {
  const claims = { aud: "conclave", sub: "ada", name: "Ada", iat: Date.now() / 1000, exp: Date.now() / 1000 + 60 }
  const answers: ((issuer: string) => Record<string, unknown>)[] = [
    (iss) => ({ id_token: jwt({ alg: "none" }, { iss, ...claims }) }),
    (iss) => ({ id_token: jwt({ alg: "ES256" }, { iss, ...claims }) }),
    (iss) => ({ id_token: jwt({ alg: "ES256" }, { iss, ...claims, aud: "other" }) }),
    () => ({ id_token: 1 }),
    () => ({ access_token: "x" }),
  ]
  for (const answer of answers) {
    const { issuer, server } = await liar(answer)
    expect(await signIn((one) => [one], { issuer })).toBe("not-accepted")
    server.closeAllConnections()
    server.close()
  }
})
