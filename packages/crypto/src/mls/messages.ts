/** What members say to each other inside the group, as bytes: canonical JSON, bounded, one spelling only, filled up (D34.17). */

import { canonicalBytes, fieldsOf, isWhole, readCanonical, type Json } from "../json.ts"
import type { Bytes } from "../platform.ts"
import { fromBase64url } from "../base64url.ts"
import { bundleJson, parseBundle, type Bundle } from "../room/bundle.ts"
import type { CallMessage, MediaState } from "./engine-port.ts"
import { filled, unfilled } from "./filling.ts"

/** A message as it travels: bundles that nobody has checked yet in place of people. */
export type ClaimedMessage =
  Exclude<CallMessage, { kind: "introduce" }> | { readonly kind: "introduce"; readonly bundles: readonly Bundle[] }

/** Longest plaintext. With MLS around it, below the 256 kB the wire allows. */
const maxBytes = 240 * 1024
/** Leaf numbers fit the ten sender bits of a key id (D22). */
const maxLeaf = 1023
const maxLeaves = 1000

/** People in one `introduce`, and the bytes they may take: tokens are long (D19). Whoever is left out is asked for again (D17.22). */
export const maxIntroduced = 200
const maxIntroducedBytes = 200 * 1024

/** UTF-16 units of a state (D34.10) and of a word (D34.11): texts for others to read. */
const maxState = 1_000
const maxWord = 16_000

/** Devices in a `standing`: with their quotes, below the bound of a message. */
const maxFormer = 3000
const maxBlocked = 1000
const maxGuesses = 200

/** As many of these bundles as one introduction may have. */
export function fitting(bundles: readonly Bundle[]): readonly Bundle[] {
  let left = maxIntroducedBytes
  return bundles.slice(0, maxIntroduced).filter((bundle) => {
    left -= canonicalBytes(bundleJson(bundle)).length
    return left >= 0
  })
}

/** Prints a message. */
export const printMessage = (message: ClaimedMessage): Bytes => filled(canonicalBytes(jsonOf(message)))

const jsonOf = (message: ClaimedMessage): Json =>
  message.kind === "introduce" ? { kind: "introduce", bundles: message.bundles.map(bundleJson) } : (message as unknown as Json)

/** Reads a message. Undefined unless every field is known and in its bounds. */
export function parseMessage(bytes: Uint8Array): ClaimedMessage | undefined {
  const text = unfilled(bytes)
  const value = text === undefined ? undefined : readCanonical(text, maxBytes)
  switch (kindOf(value)) {
    case "heartbeat":
      return heartbeat(value)
    case "word":
      return word(value)
    case "leave":
      return fieldsOf(value, ["kind"]) === undefined ? undefined : { kind: "leave" }
    case "ask":
      return ask(value)
    case "introduce":
      return introduce(value)
    case "standing":
      return standing(value)
    case "block":
      return block(value)
    case "guess":
      return guess(value)
    default:
      return undefined
  }
}

const kindOf = (value: unknown): unknown => (typeof value === "object" && value !== null ? (value as { kind?: unknown }).kind : undefined)

function heartbeat(value: unknown): ClaimedMessage | undefined {
  const read = fieldsOf(value, ["kind", "epoch", "transcript", "media", "state"])
  const media = mediaState(read?.["media"])
  const epoch = read?.["epoch"]
  const transcript = read?.["transcript"]
  if (media === undefined || !isWhole(epoch, 0, Number.MAX_SAFE_INTEGER)) return undefined
  // SHA-384 of the suite: 48 bytes.
  if (typeof transcript !== "string" || fromBase64url(transcript, 48) === undefined) return undefined
  const state = read?.["state"]
  if (typeof state !== "string" || state.length > maxState) return undefined
  return { kind: "heartbeat", epoch, transcript, media, state }
}

function word(value: unknown): ClaimedMessage | undefined {
  const body = fieldsOf(value, ["kind", "body"])?.["body"]
  return typeof body === "string" && body.length <= maxWord ? { kind: "word", body } : undefined
}

function mediaState(value: unknown): MediaState | undefined {
  const read = fieldsOf(value, ["microphone", "camera", "screen"])
  if (read === undefined) return undefined
  const { microphone, camera, screen } = read
  if (typeof microphone !== "boolean" || typeof camera !== "boolean" || typeof screen !== "boolean") return undefined
  return { microphone, camera, screen }
}

function ask(value: unknown): ClaimedMessage | undefined {
  const leaves = fieldsOf(value, ["kind", "leaves"])?.["leaves"]
  if (!Array.isArray(leaves) || leaves.length > maxLeaves) return undefined
  return leaves.every((leaf) => isWhole(leaf, 0, maxLeaf)) ? { kind: "ask", leaves } : undefined
}

function introduce(value: unknown): ClaimedMessage | undefined {
  const claimed = fieldsOf(value, ["kind", "bundles"])?.["bundles"]
  if (!Array.isArray(claimed) || claimed.length > maxIntroduced) return undefined
  const bundles = claimed.flatMap((one: unknown) => parseBundle(one) ?? [])
  return bundles.length === claimed.length ? { kind: "introduce", bundles } : undefined
}

function standing(value: unknown): ClaimedMessage | undefined {
  const read = fieldsOf(value, ["kind", "former", "blocked", "isUsed"], ["guesses"])
  const guesses = devices(read?.["guesses"] ?? [], maxGuesses)
  const isUsed = read?.["isUsed"]
  const former = devices(read?.["former"], maxFormer)
  const blocked = devices(read?.["blocked"], maxBlocked)
  if (typeof isUsed !== "boolean" || former === undefined || blocked === undefined || guesses === undefined) return undefined
  const said = { kind: "standing", former, blocked, isUsed } as const
  return read?.["guesses"] === undefined ? said : { ...said, guesses }
}

function block(value: unknown): ClaimedMessage | undefined {
  const read = fieldsOf(value, ["kind", "devices", "isBlocked"])
  const isBlocked = read?.["isBlocked"]
  const named = devices(read?.["devices"], maxBlocked)
  return typeof isBlocked !== "boolean" || named === undefined ? undefined : { kind: "block", devices: named, isBlocked }
}

function guess(value: unknown): ClaimedMessage | undefined {
  const [device] = devices([fieldsOf(value, ["kind", "device"])?.["device"]], 1) ?? []
  return device === undefined ? undefined : { kind: "guess", device }
}

/** SHA-256 of device keys, base64url. */
function devices(value: unknown, most: number): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined
  const named = value.filter((one): one is string => typeof one === "string" && fromBase64url(one, 32) !== undefined)
  return named.length === value.length ? named : undefined
}
