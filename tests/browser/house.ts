/** Server and browsers that the tests of one file share; each test makes rooms and people of its own. */

import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { openBrowser, type BrowserOptions, type Profile, type Running } from "./browsers.ts"
import { filmOf } from "./camera-film.ts"
import type { Person } from "./person.ts"
import { startServer, type Server, type ServerOptions } from "./server.ts"

export interface House {
  readonly server: Server
  /** Started when first asked for. */
  chromium(): Promise<Running>
  firefox(): Promise<Running>
  /** A Chromium whose cameras play a small film: for calls of more people than two cores can encode at full size. */
  lightChromium(): Promise<Running>
  /** Ends the people of one test. */
  empty(people: readonly Person[]): Promise<void>
  close(): Promise<void>
}

/** Opens a house. */
export async function openHouse(options: ServerOptions & { readonly profile?: Profile } = {}): Promise<House> {
  const server = await startServer(options)
  const running = new Map<string, Promise<Running>>()
  const film = filmOf("grey")
  const opened = (name: string, wanted: BrowserOptions) => {
    const found = running.get(name) ?? openBrowser({ profile: options.profile ?? "lab", ...wanted })
    running.set(name, found)
    return found
  }
  return {
    server,
    chromium: () => opened("chromium", { kind: "chromium" }),
    firefox: () => opened("firefox", { kind: "firefox" }),
    lightChromium: () => opened("light", { kind: "chromium", camera: film }),
    empty: async (people) => {
      await Promise.all(people.map((one) => one.vanish().catch(() => undefined)))
    },
    close: async () => {
      await Promise.all([...running.values()].map(async (one) => (await one).close()))
      await server.stop()
      rmSync(dirname(film), { recursive: true })
    },
  }
}
