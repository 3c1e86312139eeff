/** `key create --team NAME`: a developer key, shown once. */

import { parseArgs } from "node:util"
import { askServer } from "./ask-server.ts"

export const keyUsage = "key create --team NAME [--name WORDS] [--scope SCOPE …] [--days 1-730]"

interface MadeKey {
  readonly key: string
  readonly team: string
  readonly scopes: readonly string[]
  readonly expiresAt: string
}

/** Gives the exit code. */
export async function createKey(args: readonly string[]): Promise<number> {
  const wanted = wantedIn(args)
  if (wanted === undefined) {
    console.error(`Usage: npm run conclave -- ${keyUsage}`)
    return 2
  }
  const answer = await askServer<MadeKey>("/keys", wanted)
  if ("sentence" in answer) {
    console.error(answer.sentence)
    return 1
  }
  const { key, team, scopes, expiresAt } = answer
  // The key alone on standard output, so that a script can take it; the rest is for a person.
  console.error(`A key of the team ${team}, good until ${expiresAt}, for ${scopes.join(", ")}. It is shown this once.`)
  console.error(`Authorization: Bearer ${Buffer.from(`${team}:${key}`).toString("base64")}`)
  console.log(key)
  return 0
}

function wantedIn(args: readonly string[]): object | undefined {
  try {
    const options = {
      team: { type: "string" },
      name: { type: "string" },
      scope: { type: "string", multiple: true },
      days: { type: "string" },
    } as const
    const { team, name, scope, days } = parseArgs({ args: [...args], options }).values
    if (team === undefined) return undefined
    return {
      team,
      ...(name === undefined ? {} : { name }),
      ...(scope === undefined ? {} : { scopes: scope }),
      ...(days === undefined ? {} : { days: Number(days) }),
    }
  } catch {
    return undefined
  }
}
