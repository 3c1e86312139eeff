/**
 * What a committer says of its commit, to members only: whose the newcomers are, and why each leaf goes (D8.10). It is the
 * commit's authenticated data, so the committer's leaf has signed it (RFC 9420 section 6.1) and the transcript holds it.
 *
 *   AES-256-GCM box under MLS-Exporter("Conclave 1 note", "", 32) of the epoch the commit is made in,
 *   bound to "Conclave 1 note\0" ‖ group id (16) ‖ epoch (uint64); plaintext: canonical JSON
 *   {adds: [bundle…] in the order of the Adds, removes: [{leaf, why}…], secret?: 16 bytes base64url,
 *   password?: 32 bytes base64url}
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { isSame, joined, owned, uint64, utf8 } from "../bytes.ts"
import { canonicalBytes, fieldsOf, isWhole, readCanonical } from "../json.ts"
import { subtle, type Bytes } from "../platform.ts"
import { bundleJson, parseBundle, type Bundle } from "../room/bundle.ts"
import { idBytes } from "../room/link-keys.ts"
import { open, seal } from "../room/seal.ts"
import { maxAdds, maxMembers } from "./commit-rules.ts"
import type { RemoveReason } from "./engine-port.ts"
import type { RawMember, StagedCommit } from "./raw-engine.ts"

export const noteLabel = "Conclave 1 note"

/** A leaf that goes, and why. */
export interface RemoveNote {
  readonly leaf: number
  readonly why: RemoveReason
}

export interface Note {
  readonly adds: readonly Bundle[]
  readonly removes: readonly RemoveNote[]
  /** The new link secret, 16 bytes, beside the policy that names its hash (D4.15). */
  readonly secret?: Bytes
  /** The new password, stretched, 32 bytes, beside the policy that has its salt (D18.9). */
  readonly password?: Bytes
}

/** Which commit a note belongs to. */
interface Place {
  readonly call: string
  readonly epoch: number
}

/** Fifty bundles with the longest tokens, and every other leaf gone. */
const maxBytes = 384 * 1024
const reasons: readonly RemoveReason[] = ["left", "silent", "removed", "returned", "ended", "organisation"]

/** Seals a note under the epoch that `raw` is in. */
export async function sealNote(raw: RawMember, place: Place, note: Note): Promise<Bytes> {
  return seal(await noteKey(raw), printNote(note), bound(place))
}

/** Opens a note. Undefined when it is missing, another's, or not in its one form. */
export async function openNote(raw: RawMember, place: Place, box: Uint8Array): Promise<Note | undefined> {
  const plaintext = await open(await noteKey(raw), box, bound(place))
  return plaintext === undefined ? undefined : parseNote(plaintext)
}

async function noteKey(raw: RawMember): Promise<CryptoKey> {
  const exported = raw.export(noteLabel, new Uint8Array(), 32)
  const bytes = owned(exported)
  try {
    return await subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"])
  } finally {
    exported.fill(0)
    bytes.fill(0)
  }
}

const bound = ({ call, epoch }: Place): Bytes => joined(utf8("Conclave 1 note\0"), idBytes(call), uint64(epoch))

/** A note as canonical JSON. */
export const printNote = ({ adds, removes, secret, password }: Note): Bytes =>
  canonicalBytes({
    adds: adds.map(bundleJson),
    removes: removes.map(({ leaf, why }) => ({ leaf, why })),
    secret: secret === undefined ? undefined : toBase64url(secret),
    password: password === undefined ? undefined : toBase64url(password),
  })

/** Reads a note. Nothing of it is true before it was held against its commit. */
export function parseNote(bytes: Uint8Array): Note | undefined {
  const read = fieldsOf(readCanonical(bytes, maxBytes), ["adds", "removes"], ["secret", "password"])
  const adds = listOf(read?.["adds"], maxAdds, parseBundle)
  const removes = listOf(read?.["removes"], maxMembers, parseRemove)
  const secret = bytesIn(read?.["secret"], 16)
  const password = bytesIn(read?.["password"], 32)
  if (adds === undefined || removes === undefined || secret === "bad" || password === "bad") return undefined
  return { adds, removes, ...(secret && { secret }), ...(password && { password }) }
}

function bytesIn(value: unknown, length: number): Bytes | "bad" | undefined {
  if (value === undefined) return undefined
  return (typeof value === "string" ? fromBase64url(value, length) : undefined) ?? "bad"
}

function listOf<T>(value: unknown, most: number, parse: (one: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined
  const read = value.flatMap((one: unknown) => parse(one) ?? [])
  return read.length === value.length ? read : undefined
}

function parseRemove(value: unknown): RemoveNote | undefined {
  const read = fieldsOf(value, ["leaf", "why"])
  const leaf = read?.["leaf"]
  const why = reasons.find((one) => one === read?.["why"])
  // Leaf numbers fit the ten sender bits of a key id (D22).
  return why === undefined || !isWhole(leaf, 0, 1023) ? undefined : { leaf, why }
}

/** D8.10: the note names exactly the commit's Adds, in their order, and its Removes; a secret or password goes with a policy only. */
export function fitsCommit({ adds, removes, secret, password }: Note, commit: StagedCommit): boolean {
  const isEachAdd = adds.every(({ member, leafKey }, i) => {
    const joiner = commit.adds[i]
    return joiner !== undefined && isSame(joiner.identity, idBytes(member)) && isSame(joiner.signatureKey, leafKey)
  })
  const named = new Set(removes.map(({ leaf }) => leaf))
  const isEachRemove = named.size === removes.length && commit.removes.every((leaf) => named.has(leaf))
  const isComplete = adds.length === commit.adds.length && removes.length === commit.removes.length
  return isEachAdd && isEachRemove && isComplete && ((secret ?? password) === undefined || commit.policy !== undefined)
}
