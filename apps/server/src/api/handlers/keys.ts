/** Developer keys (D37.6 to D37.9). */

import { operations, type developerKey, type z } from "@conclave/api"
import { hashOf } from "../../tokens.ts"
import { handler, type Found } from "../handler.ts"
import { freshKeyText, makeKey } from "../new-key.ts"
import type { DeveloperKey, KeyStore } from "../ports.ts"
import type { HandlerParts } from "./parts.ts"
import { teamAsked, teamsAsked } from "./teams-asked.ts"

const day = 24 * 3600 * 1000

export function keyHandlers({ api: { keys }, organisation: { teams }, log }: HandlerParts) {
  return {
    listKeys: handler(operations.listKeys, {
      find: ({ query }, context) => teamsAsked(context, { named: query.team_id, needs: "keys.read", teams }),
      act: async ({ query: { limit, offset, order, after } }, wanted) => {
        const { found, total } = await keys.list({ teams: wanted, limit, offset, order, after })
        return { data: found.map(shownOf), total_count: total }
      },
    }),
    createKey: handler(operations.createKey, {
      find: ({ body }, context) => teamAsked(context, { named: body.team_id, needs: "keys.write", teams }),
      act: async ({ body: { name, scopes, expires_in_days } }, team, { by, now }) => {
        const createdBy = by.subject.kind === "account" ? by.subject.account : undefined
        const times = { createdAt: now, expiresAt: now + expires_in_days * day }
        const { kept, text } = await makeKey(keys, { team, name, scopes: [...new Set(scopes)], createdBy, ...times })
        log("key-made", { reason: kept.id })
        return { ...shownOf(kept), key: text }
      },
    }),
    rotateKey: handler(operations.rotateKey, {
      find: ({ params }) => findKey(keys, params.key),
      act: async ({ body: { overlap_hours } }, kept, { now }) => {
        const text = freshKeyText()
        await keys.rotate(kept.id, hashOf(text), { oldUntil: now + overlap_hours * 3600 * 1000, at: now })
        log("key-rotated", { reason: kept.id })
        return { ...shownOf(kept), key: text }
      },
    }),
    revokeKey: handler(operations.revokeKey, {
      find: ({ params }) => findKey(keys, params.key),
      act: async (_, { id }, { now }) => {
        await keys.remove(id, now)
        log("key-revoked", { reason: id })
        return undefined
      },
    }),
  }
}

async function findKey(keys: KeyStore, id: DeveloperKey["id"]): Promise<Found<DeveloperKey> | undefined> {
  const thing = await keys.get(id)
  return thing && { object: { team: thing.team }, thing }
}

/** A key as lists show it: nothing that opens anything. */
const shownOf = ({ id, team, name, scopes, createdAt, expiresAt, lastUsedAt }: DeveloperKey): z.input<typeof developerKey> => ({
  id,
  team_id: team,
  name,
  scopes: [...scopes],
  created_at: new Date(createdAt).toISOString(),
  expires_at: new Date(expiresAt).toISOString(),
  last_used_at: lastUsedAt === undefined ? null : new Date(lastUsedAt).toISOString(),
})
