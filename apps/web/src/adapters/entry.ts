/** Asking the server to be let into a room by its address, and giving it what a furnished room is made of (D39). Strict: what is not of the stated shape is no answer. */

import type { FurnishingMade, HandedKind } from "@conclave/crypto/room"
import { parseRoomId, toBase64url } from "@conclave/wire"

/** Who asks, and where. */
export interface Asking {
  readonly kind: HandedKind
  /** Id or address of its own. */
  readonly name: string
  /** A joining token. */
  readonly token: string | undefined
}

/** What the server says to whom it lets in. */
export interface Entered {
  /** Undefined: nobody has opened the room yet. All three are 22 base64url characters. */
  readonly furnished: { readonly room: string; readonly opening: string; readonly keyHash: string } | undefined
  readonly isInhabited: boolean
  readonly mayFurnish: boolean
  readonly wishes: { readonly defaultRole: string; readonly isLocked: boolean }
  readonly topic: string | undefined
  readonly statement: string | undefined
  readonly name: string | undefined
}

/** `away`: not reached, or its answer is none. Others by the code of the API; `other`: any that a page has no words for. */
export type EntryRefusal = (typeof refusals)[number] | "away" | "other"

const refusals = [
  "no-such-room",
  "sign-in-needed",
  "token-expired",
  "token-void",
  "room-expired",
  "people-are-inside",
  "room-exists",
  "stale-version",
  "too-many",
] as const

const apiKinds = { identity: "sealed-by-identity", transport: "transport-only" } as const
const maxAnswer = 64 * 1024

/** Asks to be let in. `nonce`: for the server's statement about this device, where it knows the person. */
export async function askEntry({ kind, name, token }: Asking, nonce?: string): Promise<Entered | EntryRefusal> {
  const answer = await ask("POST", `${name}/entry`, {
    kind: apiKinds[kind],
    ...(nonce === undefined ? {} : { nonce }),
    ...(token === undefined ? {} : { token }),
  })
  if (typeof answer === "string") return answer
  // The kind is the path's: a server that says another one does not let anybody in by this page (D1).
  return answer["kind"] === apiKinds[kind] ? (enteredIn(answer) ?? "away") : "away"
}

/**
 * Gives the server what this device made, in the place of what it had said was there (null: nothing): of two devices that do it at once one
 * hears `stale-version`. Undefined when it is done.
 */
export async function furnish({ name, token }: Asking, made: FurnishingMade, replaces: string | null): Promise<EntryRefusal | undefined> {
  const { room, opening, accessHash, shelf, key } = made
  const body = { replaces, room, opening, access_hash: toBase64url(accessHash), shelf: toBase64url(shelf), key: toBase64url(key) }
  const answer = await ask("PUT", `${name}/furnishing`, { ...body, ...(token === undefined ? {} : { token }) })
  return typeof answer === "string" ? answer : undefined
}

async function ask(method: string, path: string, body: object): Promise<Readonly<Record<string, unknown>> | EntryRefusal> {
  try {
    const response = await fetch(`/api/v1/rooms/${path}`, {
      ...{ method, body: JSON.stringify(body), headers: { "content-type": "application/json" } },
      ...{ credentials: "same-origin", redirect: "error", cache: "no-store", referrerPolicy: "no-referrer" },
      signal: AbortSignal.timeout(15_000),
    })
    const text = await response.text()
    const answer: unknown = text.length > maxAnswer ? undefined : JSON.parse(text)
    if (!isObject(answer)) return "away"
    return response.ok ? answer : (refusals.find((code) => code === answer["code"]) ?? "other")
  } catch {
    // Not reached, too slow, or no JSON.
    return "away"
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function enteredIn(answer: Readonly<Record<string, unknown>>): Entered | undefined {
  const { furnished, is_inhabited: isInhabited, may_furnish: mayFurnish, wishes, topic, statement, name } = answer
  if (typeof isInhabited !== "boolean" || typeof mayFurnish !== "boolean" || !isObject(wishes)) return undefined
  const { default_role: defaultRole, is_locked: isLocked } = wishes
  if (typeof defaultRole !== "string" || typeof isLocked !== "boolean") return undefined
  const rest = {
    isInhabited,
    mayFurnish,
    wishes: { defaultRole, isLocked },
    topic: textIn(topic),
    statement: textIn(statement),
    name: textIn(name),
  }
  if (furnished === null) return { ...rest, furnished: undefined }
  if (!isObject(furnished)) return undefined
  const { room, opening, key_hash: keyHash } = furnished
  if (parseRoomId(room) === undefined || typeof room !== "string" || typeof opening !== "string" || typeof keyHash !== "string")
    return undefined
  return { ...rest, furnished: { room, opening, keyHash } }
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)
