/** Rooms (D37.12 to D37.19). The server makes no secret: what it makes here has none. */

import {
  ApiProblem,
  operations,
  type Asked,
  type newRoom,
  type Operations,
  type RoomKind,
  type RoomRecordId,
  type TeamId,
  type z,
} from "@conclave/api"
import { randomBytes } from "node:crypto"
import type { RoomId } from "@conclave/wire"
import { authorise } from "../../organisation/authorise.ts"
import { handler, type Context, type Found } from "../handler.ts"
import { freshId } from "../new-key.ts"
import type { RoomRecord, RoomRecordStore } from "../ports.ts"
import type { HandlerParts } from "./parts.ts"
import { roomAnswer } from "./room-answer.ts"
import { keepSecret, retireLink } from "./room-secret.ts"
import { teamAsked, teamsAsked } from "./teams-asked.ts"

export function roomHandlers(parts: HandlerParts) {
  const { api, organisation, log } = parts
  const { teams } = organisation
  const find = ({ params }: { params: { room: string } }) => findRoom(api.rooms, params.room)
  return {
    listRooms: handler(operations.listRooms, {
      find: ({ query }, context) => teamsAsked(context, { named: query.team_id, needs: "rooms.read", teams }),
      act: async ({ query: { limit, offset, order, after, tag, external_id, search } }, wanted, { origin }) => {
        const page = await api.rooms.list({ teams: wanted, limit, offset, order, after, tag, externalId: external_id, search })
        return { data: page.found.map((one) => roomAnswer(one, origin)), total_count: page.total }
      },
    }),
    createRoom: handler(operations.createRoom, {
      find: ({ body }, context) => teamAsked(context, { named: body.team_id, needs: "rooms.write", teams }),
      act: async ({ body }, team, context) => {
        if (!body.e2ee_enabled) mayLetListen(context, team)
        const record = recordOf(body, team, context.now)
        if (!(await api.rooms.add(record))) throw new ApiProblem("friendly-url-taken")
        log("room-recorded", { room: record.id, reason: record.kind })
        return roomAnswer(record, context.origin)
      },
    }),
    getRoom: handler(operations.getRoom, { find, act: async (_, record, { origin }) => roomAnswer(record, origin) }),
    changeRoom: handler(operations.changeRoom, {
      find,
      act: async ({ body }, before, context) => {
        const after = changed(before, body, context.now)
        const keep = () => replaceRecord(api.rooms, before, after)
        if (after.kind === before.kind) await keep()
        else {
          if (after.kind === "transport-only") mayLetListen(context, before.team)
          await retireLink(parts, before, keep)
          log("room-kind-changed", { room: before.id, reason: after.kind })
        }
        return roomAnswer(after, context.origin)
      },
    }),
    deleteRoom: handler(operations.deleteRoom, {
      find,
      act: async (_, record, { now }) => {
        await retireLink(parts, record, () => api.rooms.remove(record.id, now))
        log("room-record-deleted", { room: record.id })
        return undefined
      },
    }),
    uploadRoomSecret: handler(operations.uploadRoomSecret, {
      find,
      act: async ({ body }, before, { now, origin }) => {
        if (before.kind === "transport-only") throw new ApiProblem("room-is-transport-only")
        const after: RoomRecord = {
          ...before,
          kind: "sealed-by-link",
          link: body.room as RoomId,
          furnishing: undefined,
          updatedAt: now,
          version: before.version + 1,
        }
        await keepSecret(parts, { before, body, first: () => replaceRecord(api.rooms, before, after) })
        log("room-kind-changed", { room: before.id, reason: after.kind })
        return roomAnswer(after, origin)
      },
    }),
  }
}

/** By id, or by friendly_url: the two cannot be mistaken for each other but by a one in 10^15 chance, and then the id counts. */
export async function findRoom(rooms: RoomRecordStore, name: string): Promise<Found<RoomRecord> | undefined> {
  const thing = (name.length === 22 ? await rooms.get(name as RoomRecordId) : undefined) ?? (await rooms.byFriendlyUrl(name))
  return thing && { object: { team: thing.team }, thing }
}

/** D6, D37.15: a room that the server can listen to needs a right of its own. */
function mayLetListen({ by }: Context, team: TeamId): void {
  if (authorise(by.subject, "rooms.make-transport-only", { team }) === "denied")
    throw new ApiProblem("denied", { detail: "A room without end-to-end encryption needs the permission rooms.make-transport-only." })
}

export async function replaceRecord(rooms: RoomRecordStore, before: RoomRecord, after: RoomRecord): Promise<void> {
  const outcome = await rooms.replace(before, after)
  if (outcome === "stale") throw new ApiProblem("stale-version")
  if (outcome === "taken") throw new ApiProblem("friendly-url-taken")
}

const kindFor = (isSealed: boolean): RoomKind => (isSealed ? "sealed-by-identity" : "transport-only")
const timeOf = (moment: string | null): number | null => (moment === null ? null : Date.parse(moment))
/** D37.18: nobody guesses it. */
const freshFriendlyUrl = (): string => randomBytes(16).toString("hex")

function recordOf(body: z.output<typeof newRoom>, team: TeamId, now: number): RoomRecord {
  return checked({
    id: freshId<RoomRecordId>(),
    team,
    kind: kindFor(body.e2ee_enabled),
    link: undefined,
    furnishing: undefined,
    topic: body.topic,
    friendlyUrl: body.friendly_url ?? freshFriendlyUrl(),
    privacy: body.privacy,
    externalId: body.external_id,
    roles: body.roles,
    defaultRole: body.default_role ?? (body.roles.includes("speaker") ? "speaker" : (body.roles[0] ?? "speaker")),
    tags: body.tags,
    isLocked: body.is_locked,
    maxParticipants: body.max_participants,
    expiresAt: timeOf(body.expires_at),
    createdAt: now,
    updatedAt: now,
    version: 1,
  })
}

function changed(before: RoomRecord, body: Asked<Operations["changeRoom"]>["body"], now: number): RoomRecord {
  const isSealed = before.kind !== "transport-only"
  const switchesKind = body.e2ee_enabled !== undefined && body.e2ee_enabled !== isSealed
  return checked({
    ...before,
    ...(switchesKind ? { kind: kindFor(!isSealed), link: undefined, furnishing: undefined } : {}),
    topic: body.topic === undefined ? before.topic : body.topic,
    friendlyUrl: body.friendly_url ?? before.friendlyUrl,
    privacy: body.privacy ?? before.privacy,
    externalId: body.external_id === undefined ? before.externalId : body.external_id,
    roles: body.roles ?? before.roles,
    defaultRole: body.default_role ?? before.defaultRole,
    tags: body.tags ?? before.tags,
    isLocked: body.is_locked ?? before.isLocked,
    maxParticipants: body.max_participants === undefined ? before.maxParticipants : body.max_participants,
    expiresAt: body.expires_at === undefined ? before.expiresAt : timeOf(body.expires_at),
    updatedAt: now,
    version: before.version + 1,
  })
}

function checked(record: RoomRecord): RoomRecord {
  if (!record.roles.includes(record.defaultRole)) throw new ApiProblem("invalid", { errors: { default_role: ["It must be one of roles"] } })
  return { ...record, roles: [...new Set(record.roles)], tags: [...new Set(record.tags)] }
}
