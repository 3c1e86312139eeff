/** An organisation on a real server: set up by REST as its pages do it, with people who are signed in at their browsers. */

import type { Page } from "puppeteer-core"
import { goodPassword, joinedBy, setUpOwner, type Person as Account } from "../../apps/server/src/organisation/people.fixture.ts"
import type { Server } from "./server.ts"
import { until } from "./until.ts"

export type { Account }

export interface Organisation {
  readonly owner: Account
  /** Somebody new in a team. */
  readonly joins: (name: string, team: string) => Promise<Account>
}

/** Makes the first owner with the token that the server's start printed. */
export async function setUpOn(server: Server): Promise<Organisation> {
  const { origin } = server
  const setupToken = await until(() => /\/setup#([\w-]{43})/.exec(server.log())?.[1], { for: "the setup link" })
  const owner = await setUpOwner({ origin, setupToken })
  return { owner, joins: (name, team) => joinedBy({ origin }, owner, { name, team }) }
}

/** Signs a page's browser in, before it goes anywhere. */
export const signedIn =
  ({ email }: Account, { origin }: Pick<Server, "origin">) =>
  async (page: Page): Promise<void> => {
    await page.goto(`${origin}/api/v1/openapi.json`)
    const status = await page.evaluate(
      async (body) => {
        const answer = await fetch("/api/v1/login", { method: "POST", body, headers: { "content-type": "application/json" } })
        return answer.status
      },
      JSON.stringify({ email, password: goodPassword }),
    )
    if (status !== 200 && status !== 201 && status !== 204) throw new Error(`bug: signing in gave ${String(status)}`)
  }
