/**
 * What page and key worker say to each other. No key crosses here; epoch keys go to the frame worker on a port of their own. The
 * link's secret crosses twice: on starting, from the address bar, and back into it when a host has made a new one (D4.15). A password
 * crosses once, from where it was typed (D18).
 */

import type { GroupFact, GroupOrder } from "@conclave/crypto/mls"
import type { HandedKind, HandedOpening } from "@conclave/crypto/room"

/** Why the key worker cannot do its work at all. */
export type KeyFailure = "unsupported-browser" | "wrong-module" | "cut-link" | "internal"

/** Why what the server keeps for the room was refused: altered, another room's, or not signed by the room's key (D4). */
export type ShelfRefusal = "shelf-unreadable" | "policy-malformed" | "policy-forged"

/** Of the policy on the shelf: what explains a closed door. */
export interface RulesAtDoor {
  readonly isLocked: boolean
  readonly minimumLevel: "guest" | "organisation"
  readonly issuers: readonly string[]
  /** Milliseconds since 1970. */
  readonly expiry?: number
  readonly topic?: string
}

/**
 * What opens the room, tagged with its kind. The kind is the path's by which the page was opened, never something that a server said
 * (D1): of a room sealed by link, what stands behind `#`; of the others, what the server handed out.
 */
export type Opening = { readonly kind: "link"; readonly fragment: string } | ({ readonly kind: HandedKind } & HandedOpening)

export type PageToKeys =
  /** Once, first. `frames` leads to the frame worker. */
  | {
      readonly type: "start"
      readonly room: string
      readonly opening: Opening
      readonly name: string
      /** The ID token of this person's sign-in, or what the server says of its account (D19, D39.37). */
      readonly token?: string
      /** Devices of the same person that this one strikes out, signed (D19.11); shown with the token. */
      readonly revocations?: readonly string[]
      readonly frames: MessagePort
    }
  /** What the server keeps for the room, as `room` envelopes bring it; before the order that founds a call. */
  | { readonly type: "shelf"; readonly shelf: Uint8Array }
  /** What somebody typed at the door, or a host chose for the room. Answered by `password-taken`, unless it can be none. */
  | { readonly type: "password"; readonly text: string; readonly of: "door" | "room" }
  /** Answered by exactly one fact, in the order of asking. */
  | { readonly type: "order"; readonly order: GroupOrder }

export type KeysToPage =
  | { readonly type: "ready" }
  /** For good: another worker would fail as well. Orders are answered `broken` from here on. */
  | { readonly type: "failed"; readonly code: KeyFailure }
  | { readonly type: "shelf-refused"; readonly code: ShelfRefusal }
  /** What the room's signed policy says to somebody who is not in the call. The server may have shown an old one (D4). */
  | { readonly type: "rules-read"; readonly rules: RulesAtDoor }
  | { readonly type: "password-taken"; readonly of: "door" | "room" }
  | { readonly type: "fact"; readonly fact: GroupFact }
  /** The engine is lost: end this worker, start another and join anew. */
  | { readonly type: "broken" }

const orders: readonly GroupOrder["do"][] = [
  "found-group",
  "make-knock",
  "read-knock",
  "build-commit",
  "merge-commit",
  "clear-commit",
  "process-commit",
  "answer-door",
  "hear-door",
  "check-door",
  "join-group",
  "seal-message",
  "open-message",
  "set-standing",
  "wipe-group",
]

/** Reads what came from the page. It is our own code there, so the shape is enough; anything else is dropped. */
export function parsePageMessage(data: unknown): PageToKeys | undefined {
  if (typeof data !== "object" || data === null) return undefined
  const { type, room, name, token, revocations, frames, shelf, order, text, of } = data as Record<string, unknown>
  switch (type) {
    case "start": {
      const opening = openingIn((data as { opening?: unknown }).opening)
      if (typeof room !== "string" || opening === undefined || typeof name !== "string") return undefined
      if (!(frames instanceof MessagePort)) return undefined
      if (typeof token !== "string") return { type, room, opening, name, frames }
      return { type, room, opening, name, token, revocations: textsIn(revocations), frames }
    }
    case "shelf":
      return shelf instanceof Uint8Array ? { type, shelf } : undefined
    case "password":
      return typeof text === "string" && (of === "door" || of === "room") ? { type, text, of } : undefined
    case "order":
      return isOrder(order) ? { type, order } : undefined
    default:
      return undefined
  }
}

function openingIn(value: unknown): Opening | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const { kind, fragment, opening, keyHash } = value as Record<string, unknown>
  if (kind === "link") return typeof fragment === "string" ? { kind, fragment } : undefined
  if (kind !== "identity" && kind !== "transport") return undefined
  return typeof opening === "string" && typeof keyHash === "string" ? { kind, opening, keyHash } : undefined
}

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((text): text is string => typeof text === "string") : []

const isOrder = (value: unknown): value is GroupOrder =>
  typeof value === "object" && value !== null && orders.some((name) => name === (value as { do?: unknown }).do)
