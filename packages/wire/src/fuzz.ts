/** Fuzz targets: every reader of this package. None may throw or hang, whatever the bytes. */

import { fromBase64url } from "./base64url.ts"
import { parseMemberEnvelope, parseServerEnvelope, printEnvelope } from "./envelopes.ts"
import { parseMediaRequest, parseNewRoom, parseRoomChange } from "./http-api.ts"
import { parseCallId, parseMemberId, parseRoomId } from "./ids.ts"
import { readPrivateMessage } from "./mls-envelope.ts"

/** One reader to throw bytes at, with inputs that it accepts for the fuzzer to bend. */
export interface FuzzTarget {
  readonly name: string
  readonly samples?: readonly Uint8Array[]
  run(bytes: Uint8Array): void
}

/** One character a byte, so that every byte reaches the reader. */
const encode = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const decode = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")
const id = "A".repeat(22)
const key = "A".repeat(43)

const envelopes = [
  { type: "hello", version: 1, room: id, access: key },
  { type: "found", call: id, member: id },
  { type: "knock", call: id, member: id, keyPackage: "AAAA", sealed: "AAAA" },
  { type: "resume", call: id, member: id, session: key, after: 3 },
  { type: "commit", request: 1, epoch: 0, commit: "AAAA", welcomes: [{ member: id, welcome: "AAAA" }], tree: "AAAA", removes: [id] },
  { type: "verdict", seq: 2, applied: true },
  { type: "message", request: 2, epoch: 1, keep: false, message: "AAAA" },
  { type: "message", request: 3, epoch: 1, keep: false, message: "AAAA", to: [id] },
  { type: "defer", members: [id] },
  { type: "turn-away", members: [id], isBlocked: true },
  { type: "door", member: id, box: "AAAA" },
  { type: "bye" },
]
  .map((envelope) => JSON.stringify(envelope))
  .map(encode)

const serverEnvelopes = [
  { type: "room", shelf: "AAAA", call: id },
  { type: "founded", call: id, session: key, seq: 0 },
  { type: "knocking", call: id, session: key },
  { type: "waiting", call: id },
  { type: "welcome", call: id, seq: 1, epoch: 1, welcome: "AAAA", tree: "AAAA" },
  { type: "entries", entries: [{ type: "commit", seq: 1, epoch: 0, attempt: 0, from: id, adds: [id], removes: [], commit: "AAAA" }] },
  { type: "entries", entries: [{ type: "void", seq: 2, of: 1, epoch: 0 }] },
  { type: "nominated", knocks: [{ member: id, keyPackage: "AAAA", sealed: "AAAA" }] },
  { type: "door", box: "AAAA" },
  { type: "refused", request: 1, code: "stale-epoch" },
  { type: "ended", call: id, reason: "split" },
]
  .map((envelope) => JSON.stringify(envelope))
  .map(encode)

const privateMessage = Uint8Array.of(0, 1, 0, 2, 2, 9, 9, 0, 0, 0, 0, 0, 0, 0, 5, 3, 1, 7, 2, 8, 8, 3, 6, 6, 6)

const asJson =
  (read: (value: unknown) => unknown) =>
  (bytes: Uint8Array): void => {
    let value: unknown
    try {
      value = JSON.parse(decode(bytes))
    } catch {
      // Not JSON: the shell refuses it before any reader of ours sees it.
      return
    }
    read(value)
  }

export const wireFuzzTargets: readonly FuzzTarget[] = [
  {
    name: "wire/member-envelope",
    samples: envelopes,
    run: (bytes) => {
      const read = parseMemberEnvelope(decode(bytes))
      // What was read prints and reads again: nothing half-understood goes on.
      if (typeof read !== "string" && typeof parseMemberEnvelope(printEnvelope(read)) === "string")
        throw new Error("bug: printed what cannot be read")
    },
  },
  { name: "wire/server-envelope", samples: serverEnvelopes, run: (bytes) => void parseServerEnvelope(decode(bytes)) },
  { name: "wire/private-message", samples: [privateMessage], run: (bytes) => void readPrivateMessage(bytes) },
  { name: "wire/base64url", run: (bytes) => void fromBase64url(decode(bytes)) },
  {
    name: "wire/ids",
    samples: [encode(id)],
    run: (bytes) => void [parseRoomId, parseCallId, parseMemberId].map((parse) => parse(decode(bytes))),
  },
  {
    name: "wire/new-room",
    samples: [encode(JSON.stringify({ room: id, accessHash: key, shelf: "AAAA", key }))],
    run: asJson(parseNewRoom),
  },
  {
    name: "wire/room-change",
    samples: [encode(JSON.stringify({ version: 2, accessHash: key, shelf: "AAAA", keys: [key, key], by: key, signature: "A".repeat(86) }))],
    run: asJson(parseRoomChange),
  },
  { name: "wire/media-request", samples: [encode(JSON.stringify({ call: id, member: id, session: key }))], run: asJson(parseMediaRequest) },
]
