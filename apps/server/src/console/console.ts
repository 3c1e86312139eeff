/** What the command line asks of a running server: a socket in the data folder that only the server's own user can open (D37.9). */

import { chmodSync, mkdirSync, rmSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { join } from "node:path"
import { scopes, z } from "@conclave/api"
import { freshId, makeKey } from "../api/new-key.ts"
import type { ApiStore } from "../api/ports.ts"
import { bugFields, type Log } from "../log.ts"
import type { OrganisationStore, Team } from "../organisation/ports.ts"
import { recoverByConsole } from "./recover-account.ts"

/** In the data folder. `apps/cli` knows it by the same name. */
export const consoleSocket = "console.sock"

/** The longest path that the system takes for a socket. */
const longestPath = 107
const mostBody = 10_000
const day = 24 * 3600 * 1000

export interface ConsoleParts {
  readonly dataFolder: string
  readonly api: Pick<ApiStore, "keys">
  readonly organisation: OrganisationStore
  readonly log: Log
  readonly now: () => number
}

export interface Console {
  stop(): Promise<void>
}

const newKey = z.strictObject({
  team: z.string().min(1).max(100),
  name: z.string().min(1).max(100).default("made on the command line"),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .default([...scopes]),
  days: z.int().min(1).max(730).default(365),
})

/** Undefined: the path is too long for a socket, so commands will say that no server runs. */
export async function openConsole(parts: ConsoleParts): Promise<Console | undefined> {
  const path = join(parts.dataFolder, consoleSocket)
  if (Buffer.byteLength(path) > longestPath) {
    parts.log("console-off", { reason: "path-too-long" })
    return undefined
  }
  mkdirSync(parts.dataFolder, { recursive: true, mode: 0o700 })
  // The database is locked by now, so no other server of this folder is listening.
  rmSync(path, { force: true })
  const server = createServer((request, response) => void answer(request, response, parts))
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve))
  chmodSync(path, 0o600)
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: ConsoleParts): Promise<void> {
  const [status, body] = await outcome(request, parts).catch((error: unknown) => {
    parts.log("bug", bugFields(error))
    return [500, { sentence: "The server could not do that; its log says more." }] as const
  })
  response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(body))
}

type Outcome = readonly [status: number, body: object]

async function outcome(request: IncomingMessage, parts: ConsoleParts): Promise<Outcome> {
  const command = request.method === "POST" ? commands[request.url ?? ""] : undefined
  if (command === undefined) return [404, { sentence: "This server knows no such command." }]
  return command(await bodyOf(request), parts)
}

type Command = (body: unknown, parts: ConsoleParts) => Promise<Outcome>
const commands: Readonly<Record<string, Command>> = { "/keys": createKey, "/recoveries": recoverByConsole }

async function createKey(body: unknown, parts: ConsoleParts): Promise<Outcome> {
  const wanted = newKey.safeParse(body)
  if (!wanted.success)
    return [422, { sentence: wanted.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") }]
  const { team: named, name, scopes: wantedScopes, days } = wanted.data
  const team = await teamNamed(named, parts)
  if (team === undefined) return [409, { sentence: `There are several teams of the name ${named}: rename one first.` }]
  const now = parts.now()
  const times = { createdAt: now, createdBy: undefined, expiresAt: now + days * day }
  const { kept, text } = await makeKey(parts.api.keys, { team: team.id, name, scopes: wantedScopes, ...times })
  parts.log("key-made", { reason: kept.id })
  return [201, { key: text, id: kept.id, team: team.id, scopes: kept.scopes, expiresAt: new Date(kept.expiresAt).toISOString() }]
}

/** Made if there is none: who can open the socket may do anything here anyway. Undefined: the name says several. */
async function teamNamed(name: string, { organisation: { teams }, now }: ConsoleParts): Promise<Team | undefined> {
  const [team, ...others] = await teams.byName(name)
  if (others.length > 0) return undefined
  if (team !== undefined) return team
  const made = { id: freshId<Team["id"]>(), name, madeAt: now() }
  await teams.add(made)
  return made
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ""
  for await (const chunk of request.setEncoding("utf8")) {
    text += String(chunk)
    if (text.length > mostBody) return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
