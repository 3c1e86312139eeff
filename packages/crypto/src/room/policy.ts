/**
 * The room's policy: who is host, under which rules (D4). Signed by the room key, so no server can write one.
 *
 *   signed policy    form = 1 (1) | room public key (32) | signature (64) | canonical JSON
 *   signature        Ed25519 over "Conclave 1 policy\0" ‖ canonical JSON
 *   shelf            AES-256-GCM box of the signed policy under `shelf`, bound to "Conclave 1 shelf\0" ‖ room id (16)
 *
 * The signed policy is also the group context extension 0xF0C1 of every call's MLS group.
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { joined, owned, utf8 } from "../bytes.ts"
import { canonicalBytes, fieldsOf, isWhole, readCanonical } from "../json.ts"
import type { Bytes } from "../platform.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { idBytes } from "./link-keys.ts"
import { isName } from "./name.ts"
import { isRoomKey } from "./room-key.ts"
import { open, seal } from "./seal.ts"
import { isSignedBy, type SigningKey } from "./signing-key.ts"

/** The MLS group context extension that carries the signed policy (RFC 9420 section 17.3, private use). */
export const policyExtension = 0xf0c1

/** What the policy says. */
export interface Policy {
  /** 22 base64url characters. */
  readonly room: string
  /** Rises by each change; a group never goes back (D4). */
  readonly version: number
  /** Device public keys of the hosts, base64url. */
  readonly hosts: readonly string[]
  /** A subject to show; the same rules as a name. */
  readonly topic?: string
}

/** A policy whose signature was checked, with the bytes that carry it. Made only here. */
export interface SignedPolicy {
  readonly policy: Policy
  readonly bytes: Bytes
}

/** `policy-malformed`: not one of ours. `policy-forged`: not signed by the room key of this link, or for another room. */
export type PolicyRefusal = Refusal<"policy-malformed" | "policy-forged" | "shelf-unreadable">

const maxBytes = 8 * 1024
const maxHosts = 50
const headLength = 1 + 32 + 64

/** Signs a policy. */
export async function signPolicy(key: SigningKey, policy: Policy): Promise<SignedPolicy> {
  const body = canonicalBytes({ v: 1, protocol: 1, kind: "link", joinBeforeHost: true, ...policy })
  return { policy, bytes: joined(Uint8Array.of(1), key.publicKey, await key.sign(toBeSigned(body)), body) }
}

/** Reads a signed policy and checks it against one link: key hash, room and signature. */
export async function openPolicy(
  bytes: Uint8Array,
  link: { readonly room: string; readonly keyHash: Uint8Array },
): Promise<SignedPolicy | PolicyRefusal> {
  const policy = parsePolicy(bytes)
  if (policy === undefined) return refusal("policy-malformed")
  const publicKey = bytes.subarray(1, 33)
  if (policy.room !== link.room || !(await isRoomKey(publicKey, link.keyHash))) return refusal("policy-forged")
  const isSigned = await isSignedBy(publicKey, bytes.subarray(33, headLength), toBeSigned(bytes.subarray(headLength)))
  return isSigned ? { policy, bytes: owned(bytes) } : refusal("policy-forged")
}

/** Seals a signed policy for the server to keep. */
export const sealShelf = (key: CryptoKey, signed: SignedPolicy): Promise<Bytes> => seal(key, signed.bytes, shelfBinding(signed.policy.room))

/** Opens what the server kept, and checks the policy in it. */
export async function openShelf(
  key: CryptoKey,
  shelf: Uint8Array,
  link: { readonly room: string; readonly keyHash: Uint8Array },
): Promise<SignedPolicy | PolicyRefusal> {
  const bytes = await open(key, shelf, shelfBinding(link.room))
  return bytes === undefined ? refusal("shelf-unreadable") : openPolicy(bytes, link)
}

const toBeSigned = (body: Uint8Array): Bytes => joined(utf8("Conclave 1 policy\0"), body)
const shelfBinding = (room: string): Bytes => joined(utf8("Conclave 1 shelf\0"), idBytes(room))

/** Reads the form only. Nothing in it is true before `openPolicy` has checked the signature. */
export function parsePolicy(bytes: Uint8Array): Policy | undefined {
  if (bytes.length <= headLength || bytes[0] !== 1) return undefined
  const value = fieldsOf(
    readCanonical(bytes.subarray(headLength), maxBytes),
    ["v", "protocol", "room", "kind", "version", "hosts", "joinBeforeHost"],
    ["topic"],
  )
  if (value === undefined) return undefined
  const { room, version, hosts, topic } = value
  if (value["v"] !== 1 || value["protocol"] !== 1 || value["kind"] !== "link" || value["joinBeforeHost"] !== true) return undefined
  if (typeof room !== "string" || fromBase64url(room, 16) === undefined || !isWhole(version, 1, 2 ** 31)) return undefined
  if (!isHostList(hosts) || (topic !== undefined && !isName(topic))) return undefined
  return { room, version, hosts, ...(topic === undefined ? {} : { topic }) }
}

function isHostList(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxHosts) return false
  return (
    value.every((host: unknown) => typeof host === "string" && fromBase64url(host, 32) !== undefined) &&
    new Set(value).size === value.length
  )
}

/** A device public key as the policy names it. */
export const hostName = (devicePublicKey: Uint8Array): string => toBase64url(devicePublicKey)
