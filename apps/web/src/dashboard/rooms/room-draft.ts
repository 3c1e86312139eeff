/** What a person has typed about a room, and what of it the server is told. */

import { limits } from "@conclave/wire"
import type { Room } from "../shapes.ts"
import type { RoomBody, RoomChange } from "./bodies.ts"

export const roomRoles = ["moderator", "speaker", "attendee"] as const
export type RoomRole = (typeof roomRoles)[number]

export interface RoomDraft {
  readonly topic: string
  /** Empty: one that nobody guesses. */
  readonly friendly: string
  readonly privacy: Room["privacy"]
  readonly roles: readonly RoomRole[]
  readonly defaultRole: RoomRole
  /** Separated by commas. */
  readonly tags: string
  /** Of people; empty: as many as the server carries. */
  readonly most: string
  /** As the browser's own field for a day and a time writes it, in the time of this place; empty: no end. */
  readonly expiry: string
  readonly isLocked: boolean
}

export const emptyDraft: RoomDraft = {
  topic: "",
  friendly: "",
  privacy: "private",
  roles: roomRoles,
  defaultRole: "speaker",
  tags: "",
  most: "",
  expiry: "",
  isLocked: false,
}

export const draftOf = (room: Room): RoomDraft => ({
  topic: room.topic ?? "",
  friendly: room.friendly_url,
  privacy: room.privacy,
  roles: room.roles,
  defaultRole: room.default_role,
  tags: room.tags.join(", "),
  most: room.max_participants === null ? "" : String(room.max_participants),
  expiry: room.expires_at === null ? "" : localOf(room.expires_at),
  isLocked: room.is_locked,
})

type DraftField = "friendly" | "roles" | "tags" | "most"

/** What cannot be as it is written. The server judges the same; here it is said beside the field. */
export function troublesIn(draft: RoomDraft): readonly DraftField[] {
  const most = Number(draft.most)
  const tags = tagsOf(draft)
  const wrong: Record<DraftField, boolean> = {
    friendly: draft.friendly !== "" && !/^(?!live$)[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$/.test(draft.friendly),
    roles: draft.roles.length === 0,
    tags: tags.length > 20 || tags.some((tag) => tag.length > 64),
    most: draft.most.trim() !== "" && !(Number.isInteger(most) && most >= 2 && most <= limits.members),
  }
  return (Object.keys(wrong) as DraftField[]).filter((field) => wrong[field])
}

/** A role that is not among the others cannot be that of newcomers: then the first that is there is. */
export function withRoles(draft: RoomDraft, roles: readonly RoomRole[]): RoomDraft {
  const kept = roomRoles.filter((role) => roles.includes(role))
  const defaultRole = kept.includes(draft.defaultRole) ? draft.defaultRole : (kept[0] ?? draft.defaultRole)
  return { ...draft, roles: kept, defaultRole }
}

/** For making a room. `team`: where there are several to choose from. */
export const bodyOf = (draft: RoomDraft, { team, isSealed }: { team: string | undefined; isSealed: boolean }): RoomBody => {
  const { friendly_url, ...fields } = fieldsOf(draft)
  return {
    ...fields,
    ...(draft.friendly === "" ? {} : { friendly_url }),
    ...(team === undefined ? {} : { team_id: team }),
    e2ee_enabled: isSealed,
  }
}

/** For changing one: only what is another than before, so that nobody's change is undone by the way. */
export function changeOf(draft: RoomDraft, room: Room): RoomChange {
  const [before, after] = [fieldsOf(draftOf(room)), fieldsOf({ ...draft, friendly: draft.friendly || room.friendly_url })]
  const fields = Object.entries(after).filter(([name, value]) => !isSame(value, before[name as keyof typeof before]))
  return Object.fromEntries(fields)
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const fieldsOf = (draft: RoomDraft) => ({
  topic: draft.topic.trim() === "" ? null : draft.topic.trim(),
  friendly_url: draft.friendly,
  privacy: draft.privacy,
  roles: [...draft.roles],
  default_role: draft.defaultRole,
  tags: tagsOf(draft),
  max_participants: draft.most.trim() === "" ? null : Number(draft.most),
  expires_at: draft.expiry === "" ? null : new Date(draft.expiry).toISOString(),
  is_locked: draft.isLocked,
})

const tagsOf = ({ tags }: RoomDraft): string[] => [
  ...new Set(
    tags
      .split(/[,،]/u)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  ),
]

/** A moment as the browser's field writes it: without a zone, to the minute. */
function localOf(moment: string): string {
  const at = new Date(moment)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
