import { createServer, type Server } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { afterEach, expect, test } from "vitest"
import { discover, fetchObject, providerKeys } from "./identity-provider.ts"

let server: Server | undefined
let asked: string[] = []

/** A provider that answers these bodies by path; a text that begins with "to " is a redirect. */
async function provider(pages: (issuer: string) => Record<string, unknown>): Promise<string> {
  asked = []
  server = createServer((request, response) => {
    asked.push(request.url ?? "")
    const page = pages(issuer)[request.url ?? ""]
    if (typeof page === "string" && page.startsWith("to ")) response.writeHead(302, { location: page.slice(3) }).end()
    else if (page === undefined) response.writeHead(404).end()
    else response.end(typeof page === "string" ? page : JSON.stringify(page))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return issuer
}

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const configuration = "/.well-known/openid-configuration"
const endpoints = (issuer: string, changed: object = {}) => ({
  ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` },
  ...changed,
})

test("D19.7: what a provider says of itself counts only on its own origin and under its own name", async () => {
  let changed: object = {}
  const issuer = await provider((at) => ({ [configuration]: endpoints(at, changed) }))
  expect((await discover(issuer))?.keys.href).toBe(`${issuer}/keys`)
  for (changed of [
    { issuer: `${issuer}/` },
    { issuer: undefined },
    { jwks_uri: "https://keys.example/" },
    { jwks_uri: issuer.replace("127.0.0.1", "localhost") },
    { token_endpoint: "javascript:alert(1)" },
    { authorization_endpoint: "//evil.example/auth" },
    { authorization_endpoint: 1 },
    { code_challenge_methods_supported: ["plain"] },
  ])
    expect(await discover(issuer), JSON.stringify(changed)).toBeUndefined()
})

test("D19.7: no redirect is followed, nothing above 64 kB is read, and what is no object is nothing", async () => {
  const issuer = await provider((at) => ({
    "/away": `to ${at}/keys`,
    "/keys": { keys: [] },
    "/big": { keys: "x".repeat(65_536) },
    "/list": [],
    "/text": "hello",
  }))
  const at = (path: string) => fetchObject(new URL(path, issuer))
  expect(await at("/keys")).toEqual({ keys: [] })
  for (const path of ["/away", "/big", "/list", "/text", "/none"]) expect(await at(path), path).toBeUndefined()
  expect(await fetchObject(new URL("http://127.0.0.1:1/"))).toBeUndefined()
})

test("D19.7: keys are kept for ten minutes and newer ones asked for once a minute at most", async () => {
  let isAway = false
  const issuer = await provider((at): Record<string, unknown> => (isAway ? {} : { [configuration]: endpoints(at), "/keys": { keys: [] } }))
  let now = 0
  const keys = providerKeys(() => now)
  const times = async (isMissing: boolean) => {
    asked.length = 0
    const found = await keys(issuer, isMissing)
    return [found !== undefined, asked.length > 0]
  }
  expect(await times(false)).toEqual([true, true])
  expect(await times(false)).toEqual([true, false])
  expect(await times(true)).toEqual([true, false])
  now = 60_000
  expect(await times(true)).toEqual([true, true])
  now += 10 * 60_000
  isAway = true
  expect(await times(false)).toEqual([true, true])
  expect(await times(false)).toEqual([true, false])
  expect(await providerKeys(() => now)(issuer, false)).toBeUndefined()
})
