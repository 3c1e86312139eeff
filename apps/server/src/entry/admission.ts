/** Whom the server lets into a room of the API, and as whom (D39.2 to D39.6). */

import { ApiProblem } from "@conclave/api"
import type { Context } from "../api/handler.ts"
import type { ApiStore, RoomRecord, RoomRole, RoomToken } from "../api/ports.ts"
import { findRoom } from "../api/handlers/rooms.ts"
import { authorise } from "../organisation/authorise.ts"
import type { OrganisationStore } from "../organisation/ports.ts"
import { hashOf } from "../tokens.ts"

export interface AdmissionParts {
  readonly api: ApiStore
  readonly organisation: OrganisationStore
}

/** Somebody at the address of a room. */
export interface Asking {
  readonly room: string
  readonly token: string | undefined
}

export interface Admitted {
  readonly record: RoomRecord
  readonly as: AdmittedAs
  /** What they would be in the call; a request, like every role (D31). */
  readonly role: RoomRole
  /** Whether they may furnish the room. */
  readonly isModerator: boolean
}

/** What the server says of somebody, for as long as it says so. Undefined: nothing. */
export type AdmittedAs = { readonly subject: string; readonly name: string | undefined; readonly until: number | undefined } | undefined

/** Throws ApiProblem when somebody is not let in; a room that is not theirs to see is answered as one that is not there (A4.01). */
export async function admit(parts: AdmissionParts, asking: Asking, context: Context): Promise<Admitted> {
  const record = (await findRoom(parts.api.rooms, asking.room))?.thing
  const admitted =
    asking.token === undefined ? await bySession(parts, record, context) : await byToken(parts, record, { ...asking, at: context.now })
  const { expiresAt } = admitted.record
  if (expiresAt !== null && expiresAt <= context.now) throw new ApiProblem("room-expired")
  return admitted
}

async function byToken(
  parts: AdmissionParts,
  record: RoomRecord | undefined,
  { token = "", at }: Asking & { at: number },
): Promise<Admitted> {
  const kept = await parts.api.tokens.byHash(hashOf(token))
  if (record === undefined || kept?.room !== record.id || !(await mayMakerStill(parts, { kept, record, at })))
    throw new ApiProblem("token-void")
  if (kept.expiresAt <= at) throw new ApiProblem("token-expired")
  const { id, role, name, expiresAt } = kept
  return { record, role, isModerator: role === "moderator", as: { subject: `token:${id}`, name: name ?? undefined, until: expiresAt } }
}

/** D39.5: a token is worth what its maker may. */
async function mayMakerStill(
  { api, organisation }: AdmissionParts,
  { kept: { by }, record: { team }, at }: { kept: RoomToken; record: RoomRecord; at: number },
): Promise<boolean> {
  if ("key" in by) {
    const key = await api.keys.get(by.key)
    return key !== undefined && key.expiresAt > at && authorise({ kind: "key", ...key }, "rooms.write", { team }) === "allowed"
  }
  const roles = await organisation.accounts.roles(by.account)
  return authorise({ kind: "account", account: by.account, roles }, "rooms.write", { team }) === "allowed"
}

/** By the account that is signed in, or as nobody. A developer key is nobody who could enter. */
async function bySession({ organisation }: AdmissionParts, record: RoomRecord | undefined, { by }: Context): Promise<Admitted> {
  const { subject } = by
  if (record !== undefined && subject.kind === "account") {
    const { team } = record
    const isModerator = authorise(subject, "rooms.write", { team }) === "allowed"
    if (isModerator || authorise(subject, "rooms.read", { team }) === "allowed") {
      const role = isModerator && record.roles.includes("moderator") ? "moderator" : record.defaultRole
      const name = (await organisation.accounts.get(subject.account))?.name
      return { record, role, isModerator, as: { subject: `account:${subject.account}`, name, until: undefined } }
    }
  }
  if (record?.privacy === "public") return { record, role: record.defaultRole, isModerator: false, as: undefined }
  // A4.10: whoever shows nothing hears the same of a private room as of none.
  throw new ApiProblem(subject.kind === "account" ? "no-such-room" : "sign-in-needed")
}
