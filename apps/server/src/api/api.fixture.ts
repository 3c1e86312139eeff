/** Asking REST v1 of a test's server. */

import { scopes as allScopes, type Scope, type TeamId } from "@conclave/api"
import type { House } from "../house.fixture.ts"
import type { DeveloperKey } from "./ports.ts"
import { freshId, makeKey } from "./new-key.ts"

export interface TestKey {
  readonly team: TeamId
  readonly text: string
  readonly id: DeveloperKey["id"]
}

export async function newTeam(house: House, name = "Team"): Promise<TeamId> {
  const id = freshId<TeamId>()
  await house.stores.organisation.teams.add({ id, name, madeAt: Date.now() })
  return id
}

/** A key of a team, of a fresh one unless said. */
export async function newKey(house: House, by: { team?: TeamId; scopes?: readonly Scope[]; expiresAt?: number } = {}): Promise<TestKey> {
  const { scopes = allScopes, expiresAt = Date.now() + 3_600_000 } = by
  const team = by.team ?? (await newTeam(house))
  const { kept, text } = await makeKey(house.stores.api.keys, {
    team,
    name: "test",
    scopes,
    createdAt: Date.now(),
    createdBy: undefined,
    expiresAt,
  })
  return { team, text, id: kept.id }
}

export const bearer = ({ text }: TestKey): string => `Bearer ${text}`
export const base64 = (text: string): string => Buffer.from(text).toString("base64")

export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
}

export interface Question {
  readonly key?: TestKey | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One request below `/api/v1`. */
export async function ask(house: House, request: `${string} /${string}`, { key, body, headers }: Question = {}): Promise<Reply> {
  const [method = "", path = ""] = request.split(" ")
  const response = await fetch(`${house.origin}/api/v1${path}`, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: bearer(key) }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Reply["body"], headers: response.headers }
}
