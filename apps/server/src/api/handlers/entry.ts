/** Coming into rooms by their address (D39.1 to D39.9). */

import { createHash } from "node:crypto"
import { ApiProblem, operations } from "@conclave/api"
import { fromBase64url, type RoomId } from "@conclave/wire"
import { admit, type Admitted, type Asking } from "../../entry/admission.ts"
import { statementOf } from "../../entry/statement.ts"
import { addressGroup } from "../../organisation/guess-limits.ts"
import { tokenBuckets } from "../../socket/token-bucket.ts"
import { handler, type Context } from "../handler.ts"
import type { RoomRecord } from "../ports.ts"
import type { HandlerParts } from "./parts.ts"
import { keepSecret } from "./room-secret.ts"
import { replaceRecord } from "./rooms.ts"
import { findNothing } from "./self.ts"

/** Refusals of one address (A4.10): a household may mistype, nobody tries names or tokens. */
const refusalRate = { burst: 60, perSecond: 0.5 }

export function entryHandlers(parts: HandlerParts) {
  const { api, rooms, entryKey, log, now } = parts
  const refusals = tokenBuckets(refusalRate, now)
  const isInhabited = async ({ link }: RoomRecord) => link !== undefined && (await rooms.attendance(link)) !== undefined

  const admitted = async (asking: Asking, context: Context): Promise<Admitted> => {
    const left = refusals.at(addressGroup(context.address))
    if (!left.hasToken()) throw new ApiProblem("too-many", { retryAfter: 2 })
    return admit(parts, asking, context).catch((error: unknown) => {
      left.take()
      throw error
    })
  }

  return {
    enterRoom: handler(operations.enterRoom, {
      find: findNothing,
      act: async ({ params, body: { kind, token, nonce } }, _, context) => {
        const who = await admitted({ room: params.room, token }, context)
        const { record, role, isModerator, as } = who
        if (record.kind !== kind) throw new ApiProblem("no-such-room")
        const { link, furnishing, defaultRole, isLocked, topic } = record
        const furnished = link && furnishing ? { room: link, opening: furnishing.opening, key_hash: furnishing.keyHash } : null
        const is_inhabited = await isInhabited(record)
        const { origin } = context
        const mayState = furnished !== null && nonce !== undefined
        return {
          kind,
          furnished,
          is_inhabited,
          may_furnish: isModerator && !is_inhabited,
          wishes: { role, default_role: defaultRole, is_locked: isLocked },
          topic,
          statement: mayState ? statementOf(entryKey, who, { origin, room: furnished.room, nonce, now: context.now }) : null,
          name: as?.name ?? null,
        }
      },
    }),
    furnishRoom: handler(operations.furnishRoom, {
      find: findNothing,
      act: async ({ params, body: { token, replaces, opening, room, access_hash, shelf, key } }, _, context) => {
        const { record: before, isModerator } = await admitted({ room: params.room, token }, context)
        if (!isModerator) throw new ApiProblem("denied")
        if (before.kind === "sealed-by-link") throw new ApiProblem("room-has-a-secret")
        // Of two moderators who come first at once one is the host, and the other learns it.
        if (replaces !== undefined && replaces !== (before.link ?? null)) throw new ApiProblem("stale-version")
        const key_hash = keyHashOf(key)
        const furnishing = { opening, keyHash: key_hash }
        const after = { ...before, link: room as RoomId, furnishing, updatedAt: context.now, version: before.version + 1 }
        const body = { room, access_hash, shelf, key }
        await keepSecret(parts, { before, body, first: () => replaceRecord(api.rooms, before, after) })
        log("room-furnished", { room: before.id })
        return { key_hash }
      },
    }),
    listEntryKeys: handler(operations.listEntryKeys, {
      find: findNothing,
      act: () => Promise.resolve({ keys: [entryKey.jwk] }),
    }),
  }
}

/** How a page knows whether its device has the room key of what is furnished. */
function keyHashOf(key: string): string {
  const bytes = fromBase64url(key) ?? new Uint8Array()
  return createHash("sha256").update(bytes).digest().subarray(0, 16).toString("base64url")
}
