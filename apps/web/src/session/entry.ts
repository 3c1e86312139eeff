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

/**
 * The same with everything given. Asked once more by whom the server knows, for its statement, or after the room was furnished, here or by
 * somebody quicker. D39.43: nobody else says anything of this device's identity key, which is the same in every room.
 */
export async function enterWith(parts: EntryParts, asking: Asking): Promise<HandedRoom | { readonly state: StateView }> {
  const first = await parts.ask(asking)
  if (typeof first === "string") return { state: stateOf(first) }
  const isToDo = await isToFurnish(parts, first)
  if (!isToDo && asking.token === undefined && first.name === undefined) return handed(asking, first)
  const refused = isToDo ? await furnishHere(parts, asking, first) : undefined
  if (refused !== undefined && !isOvertaken(refused)) return { state: stateOf(refused) }
  const key = await identityKey(parts.shelf, parts.origin)
  if (isRefusal(key)) return { state: { kind: "unsupported", missing: "x25519-or-ed25519" } }
  const second = await parts.ask(asking, await nonceOf(key.publicKey))
  return typeof second === "string" ? { state: stateOf(second) } : handed(asking, second)
}

/** D39.38: nobody has opened the room; or nobody is inside, and this device cannot sign for whoever did. */
async function isToFurnish({ shelf }: EntryParts, { mayFurnish, furnished, isInhabited }: Entered): Promise<boolean> {
  if (!mayFurnish || isInhabited) return false
  return furnished === undefined || (await roomKeyHere(shelf, furnished.room)) === undefined
}

async function furnishHere(parts: EntryParts, asking: Asking, { wishes, topic, furnished }: Entered): Promise<EntryRefusal | undefined> {
  const { isLocked, defaultRole } = wishes
  const named = nameIn(topic)
  const made = await furnishRoom(parts.shelf, asking.kind, {
    // D19.10: the organisation of this server vouches for names here until a host says otherwise.
    issuers: await parts.offered(),
    isLocked,
    joinAs: defaultRole === "attendee" ? "listener" : "member",
    ...(named === undefined ? {} : { topic: named }),
  })
  return isRefusal(made) ? "other" : parts.furnish(asking, made, furnished?.room ?? null)
}

/** Somebody else was quicker: what they made is as good. */
const isOvertaken = (code: EntryRefusal): boolean => code === "people-are-inside" || code === "stale-version"

/** A text of the server's by the rules of names; undefined where it keeps none of them. */
function nameIn(text: string | undefined): string | undefined {
  const name = text === undefined ? undefined : parseName(text)
  return typeof name === "string" ? name : undefined
}

function handed({ kind, name }: Asking, { furnished, statement, ...said }: Entered): HandedRoom | { readonly state: StateView } {
  const [topic, person] = [nameIn(said.topic), nameIn(said.name)]
  // What was found replaced a moment ago opens nothing: whoever replaces it has not told the server yet.
  if (furnished === undefined || isReplaced(furnished.room))
    return { state: { kind: "not-opened", ...(topic === undefined ? {} : { topic }) } }
  return { kind, name, ...furnished, ...(statement === undefined ? {} : { statement }), ...(person === undefined ? {} : { person }) }
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
