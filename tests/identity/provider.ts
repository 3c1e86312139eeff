/** A real, certified OpenID provider on loopback, with the development pages it comes with: any name, any password. */

import { createServer, type RequestListener } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import Provider from "oidc-provider"

/** A provider under test. */
export interface TestProvider {
  readonly issuer: string
  readonly clientId: string
  /** Opens it for pages of this origin; before that it answers nothing but 503. */
  serve(origin: string): void
  stop(): Promise<void>
}

/** The account is whatever was typed as login; its name and address follow from that. */
const nameOf = (login: string): string => login.slice(0, 1).toUpperCase() + login.slice(1)

/** Starts it on a free port of 127.0.0.1. Its client is public: no secret, PKCE. */
export async function startProvider(clientId = "conclave"): Promise<TestProvider> {
  let answer: RequestListener = (_, response) => void response.writeHead(503).end()
  const server = createServer((request, response) => {
    answer(request, response)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  // A name of its own, or its cookies would be those of a server under `localhost`.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    clientId,
    serve(origin) {
      answer = quietly(() => new Provider(issuer, settings(clientId, `${origin}/identity`))).callback()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const settings = (clientId: string, redirectUri: string) => ({
  clients: [
    {
      client_id: clientId,
      token_endpoint_auth_method: "none",
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
  features: { claimsParameter: { enabled: true } },
  findAccount: (_: unknown, login: string) => ({
    accountId: login,
    claims: () => ({ sub: login, name: nameOf(login), email: `${login}@house.example`, email_verified: true }),
  }),
  cookies: { keys: ["for tests only"] },
  clientBasedCORS: (_: unknown, origin: string) => origin === new URL(redirectUri).origin,
  ttl: { AccessToken: 60, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 3600 },
})

/** It says on the console that its keys and pages are for development. That is what they are for. */
function quietly<T>(make: () => T): T {
  const { warn, info } = console
  console.warn = console.info = () => undefined
  try {
    return make()
  } finally {
    Object.assign(console, { warn, info })
  }
}
