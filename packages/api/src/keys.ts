/** Developer keys: how a customer's system says who it is. */

import { keyId, moment, teamId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import { scopes } from "./permissions.ts"
import { z } from "./schema.ts"
import { words } from "./words.ts"

const name = words(100)

const scopeList = z.array(z.enum(scopes)).min(1).max(scopes.length)

const facts = {
  id: keyId,
  team_id: teamId,
  name,
  scopes: scopeList,
  created_at: moment,
  expires_at: moment.nullable(),
  last_used_at: moment.nullable().meta({ description: "To a quarter of an hour." }),
}

export const developerKey = z.strictObject(facts).meta({ id: "DeveloperKey" })

export const shownKey = z
  .strictObject({ ...facts, key: z.string().meta({ description: "Shown this once; the server keeps its SHA-256 only." }) })
  .meta({ id: "ShownDeveloperKey" })

const newKey = z
  .strictObject({
    team_id: teamId.optional(),
    name,
    scopes: scopeList,
    expires_in_days: z.int().min(1).max(730).default(365),
  })
  .meta({ id: "NewDeveloperKey" })

const rotation = z
  .strictObject({ overlap_hours: z.int().min(0).max(72).default(0).meta({ description: "How long the key before still works." }) })
  .meta({ id: "KeyRotation" })

const oneKey = z.strictObject({ key: keyId })
const tag = "keys"

export const keyOperations = {
  listKeys: operation({
    id: "listKeys",
    method: "GET",
    path: "/keys",
    tag,
    needs: "keys.read",
    summary: "Developer keys of a team, without the keys themselves",
    query: z.strictObject({ ...paging, after: keyId.optional(), team_id: teamId.optional() }),
    answer: { status: 200, body: pageOf(developerKey) },
  }),
  createKey: operation({
    id: "createKey",
    method: "POST",
    path: "/keys",
    tag,
    needs: "keys.write",
    summary: "Make a developer key; it is shown once",
    body: newKey,
    answer: { status: 201, body: shownKey },
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  rotateKey: operation({
    id: "rotateKey",
    method: "POST",
    path: "/keys/{key}/rotate",
    tag,
    needs: "keys.write",
    summary: "Replace a developer key by a new one with the same rights",
    params: oneKey,
    body: rotation,
    answer: { status: 200, body: shownKey },
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  revokeKey: operation({
    id: "revokeKey",
    method: "DELETE",
    path: "/keys/{key}",
    tag,
    needs: "keys.write",
    summary: "End a developer key at once",
    params: oneKey,
    answer: { status: 204 },
    needsFreshLogin: true,
  }),
} as const
