/** Server and browsers that the tests of one file share; each test makes rooms and people of its own. */

import type { Profile, Running } from "./browsers.ts"
import { openBrowser } from "./browsers.ts"
import type { Person } from "./person.ts"
import { startServer, type Server, type ServerOptions } from "./server.ts"

export interface House {
  readonly server: Server
  /** Started when first asked for. */
  chromium(): Promise<Running>
  firefox(): Promise<Running>
  /** Ends the people of one test. */
  empty(people: readonly Person[]): Promise<void>
  close(): Promise<void>
}

/** Opens a house. */
export async function openHouse(options: ServerOptions & { readonly profile?: Profile } = {}): Promise<House> {
  const server = await startServer(options)
  const running = new Map<Running["kind"], Promise<Running>>()
  const browser = (kind: Running["kind"]) => {
    const found = running.get(kind) ?? openBrowser({ kind, profile: options.profile ?? "lab" })
    running.set(kind, found)
    return found
  }
  return {
    server,
    chromium: () => browser("chromium"),
    firefox: () => browser("firefox"),
    empty: async (people) => {
      await Promise.all(people.map((one) => one.vanish().catch(() => undefined)))
    },
    close: async () => {
      await Promise.all([...running.values()].map(async (one) => (await one).close()))
      await server.stop()
    },
  }
}
