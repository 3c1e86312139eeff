/** Giving a record the room that a browser has made, and making such a room one that nobody can enter any more (D1, D37.17). */

import { ApiProblem, type roomSecret, type z } from "@conclave/api"
import { fromBase64url, parseNewRoom, toBase64url } from "@conclave/wire"
import type { RoomRecord } from "../ports.ts"
import type { HandlerParts } from "./parts.ts"

/**
 * Keeps what a browser made, with the checks of POST /api/rooms, then does `first`, which makes it the record's. The room's link before,
 * if it had one, opens nothing any more.
 */
export async function keepSecret(
  parts: HandlerParts,
  { before, body, first }: { before: RoomRecord; body: z.output<typeof roomSecret>; first: () => Promise<void> },
): Promise<void> {
  const made = parseNewRoom({ room: body.room, accessHash: body.access_hash, shelf: body.shelf, key: body.key })
  if (made === undefined) throw new ApiProblem("invalid", { errors: errorsIn(body) })
  const { store, rooms } = parts
  await store.makeRoom({ id: made.room, accessHash: toBase64url(made.accessHash), shelf: made.shelf }, toBase64url(made.key))
  try {
    await retireLink(parts, before, first)
  } catch (error) {
    // It became no record's: its link must open nothing.
    await rooms.retire(made.room, () => Promise.resolve())
    throw error
  }
}

/** What the schema cannot see: base64url whose last character is not the one way to write these bytes, or too many bytes. */
function errorsIn(body: Readonly<Record<string, string>>): Record<string, string[]> {
  const bad = Object.entries(body).filter(([, text]) => fromBase64url(text) === undefined)
  const names = bad.length === 0 ? ["shelf"] : bad.map(([name]) => name)
  return Object.fromEntries(names.map((name) => [name, ["It must be canonical base64url of the right length"]]))
}

/** D1: does `first` and retires the link that the record had, never while people are in the room. */
export async function retireLink({ rooms }: Pick<HandlerParts, "rooms">, { link }: RoomRecord, first: () => Promise<void>): Promise<void> {
  if (link === undefined) return first()
  if ((await rooms.retire(link, first)) === "people-are-inside") throw new ApiProblem("people-are-inside")
}
