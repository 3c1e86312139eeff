/**
 * Coming into a room that its server opens (D39): what the server hands out, or the state to show instead. A moderator's device furnishes
 * the room where that is needed (D39.38): keys and policy are made here, and its host is this device.
 */

import { identityKey, nonceOf } from "@conclave/crypto/identity"
import { furnishRoom, isRefusal, parseName, roomKeyHere, type KeyShelf } from "@conclave/crypto/room"
import { askEntry, furnish, type Asking, type Entered, type EntryRefusal } from "../adapters/entry.ts"
import { offeredIssuers } from "../adapters/identity.ts"
import { keyStore } from "../key-worker/key-store.ts"
import type { HandedAddress, HandedRoom } from "../view/room.ts"
import type { StateView } from "../view/state.ts"
import { isJoiningToken, keepToken, keptToken } from "./joining-token.ts"
import { isReplaced } from "./replaced.ts"
import { missingFeature } from "./support.ts"

/** What entering needs of the outside. */
export interface EntryParts {
  readonly shelf: KeyShelf
  /** Of our own page. */
  readonly origin: string
  readonly ask: typeof askEntry
  readonly furnish: typeof furnish
  readonly offered: typeof offeredIssuers
}

const pageParts = (): EntryParts => ({ shelf: keyStore(), origin: location.origin, ask: askEntry, furnish, offered: offeredIssuers })

/** Goes in by an address. A token that a reload brought along and that does no longer is left aside: there may be a session. */
export async function enter(address: HandedAddress): Promise<HandedRoom | StateView> {
  const missing = await missingFeature()
  if (missing !== undefined) return { kind: "unsupported", missing }
  const { kind, name } = address
  if (address.token !== "" && !isJoiningToken(address.token)) return { kind: "token-void" }
  const shown = address.token === "" ? undefined : address.token
  const kept = shown === undefined ? keptToken(address) : undefined
  const entered = await enterWith(pageParts(), { kind, name, token: shown ?? kept })
  if (kept !== undefined && "state" in entered && (entered.state.kind === "token-expired" || entered.state.kind === "token-void")) {
    keepToken(address, undefined)
    return enter(address)
  }
  if ("state" in entered) return entered.state
  if (shown !== undefined) keepToken(address, shown)
  return entered
}

/** The same with everything given. Asked twice at most: once more after the room was furnished, here or by somebody quicker. */
export async function enterWith(parts: EntryParts, asking: Asking): Promise<HandedRoom | { readonly state: StateView }> {
  const key = await identityKey(parts.shelf, parts.origin)
  if (isRefusal(key)) return { state: { kind: "unsupported", missing: "x25519-or-ed25519" } }
  const nonce = await nonceOf(key.publicKey)
  const first = await parts.ask(asking, nonce)
  if (typeof first === "string") return { state: stateOf(first) }
  if (!(await isToFurnish(parts, first))) return handed(asking, first)
  const refused = await furnishHere(parts, asking, first)
  if (refused !== undefined && !isOvertaken(refused)) return { state: stateOf(refused) }
  const second = await parts.ask(asking, nonce)
  return typeof second === "string" ? { state: stateOf(second) } : handed(asking, second)
}

/** D39.38: nobody has opened the room; or nobody is inside, and this device cannot sign for whoever did. */
async function isToFurnish({ shelf }: EntryParts, { mayFurnish, furnished, isInhabited }: Entered): Promise<boolean> {
  if (!mayFurnish || isInhabited) return false
  return furnished === undefined || (await roomKeyHere(shelf, furnished.room)) === undefined
}

async function furnishHere(parts: EntryParts, asking: Asking, { wishes, topic, furnished }: Entered): Promise<EntryRefusal | undefined> {
  const { isLocked, defaultRole } = wishes
  const named = topic === undefined ? undefined : parseName(topic)
  const made = await furnishRoom(parts.shelf, asking.kind, {
    // D19.10: the organisation of this server vouches for names here until a host says otherwise.
    issuers: await parts.offered(),
    isLocked,
    joinAs: defaultRole === "attendee" ? "listener" : "member",
    ...(typeof named === "string" ? { topic: named } : {}),
  })
  return isRefusal(made) ? "other" : parts.furnish(asking, made, furnished?.room ?? null)
}

/** Somebody else was quicker: what they made is as good. */
const isOvertaken = (code: EntryRefusal): boolean => code === "people-are-inside" || code === "stale-version"

function handed(
  { kind, name }: Asking,
  { furnished, topic, statement, name: person }: Entered,
): HandedRoom | { readonly state: StateView } {
  // What was found replaced a moment ago opens nothing: whoever replaces it has not told the server yet.
  if (furnished === undefined || isReplaced(furnished.room))
    return { state: { kind: "not-opened", ...(topic === undefined ? {} : { topic }) } }
  const said = { ...(statement === undefined ? {} : { statement }), ...(person === undefined ? {} : { person }) }
  return { kind, name, ...furnished, ...said }
}

function stateOf(code: EntryRefusal): StateView {
  switch (code) {
    case "no-such-room":
      return { kind: "unknown-room" }
    case "sign-in-needed":
    case "token-expired":
    case "token-void":
    case "room-expired":
      return { kind: code }
    case "too-many":
      return { kind: "problem", code: "too-many" }
    default:
      return { kind: "problem", code: "internal" }
  }
}
