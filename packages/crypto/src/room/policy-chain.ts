/**
 * The signed policy: a chain of signatures from the room key to the rules in force (D4.10 to D4.12, D5.1).
 *
 *   chain       form = 2 (1) | count (1) | count × link; at most 12 kB
 *   link        length of the JSON (uint16) | signer's public key (32) | signature (64) | canonical JSON; at most 6 kB
 *   signature   Ed25519 by the signer over
 *               "Conclave 1 policy\0" ‖ SHA-256(all bytes of the link before; 32 zeros for the first) ‖ canonical JSON
 *
 * The first link is signed by the room key, whose hash stands in the link people share; every later one by a host of the
 * link before it, or by a successor, which can only take over. The last link is the policy in force.
 */

import { isSame, joined, owned, uint16, utf8 } from "../bytes.ts"
import { sha256, type Bytes } from "../platform.ts"
import { refusal, type Refusal } from "../refusal.ts"
import type { RoomKind } from "./kind.ts"
import { hostName, isPolicy, maxPolicyBytes, parsePolicy, policyBody, type Policy } from "./policy.ts"
import { takenOver } from "./policy-edit.ts"
import { isRoomKey } from "./room-key.ts"
import { isSignedBy, type SigningKey } from "./signing-key.ts"

/** One link, read; true only in a `SignedPolicy`. */
export interface PolicyLink {
  readonly signer: Bytes
  readonly signature: Bytes
  readonly policy: Policy
  /** The whole link. */
  readonly bytes: Bytes
  readonly body: Bytes
}

/** A policy whose signatures were all checked, with the bytes that carry it. Made only here. */
export interface SignedPolicy {
  /** The policy in force. */
  readonly policy: Policy
  readonly bytes: Bytes
  readonly links: readonly PolicyLink[]
}

/** Whose policy we accept. */
export interface PolicyAnchor {
  /** By the path that led here (D1): the policy of a room of another kind is not looked at. */
  readonly kind: RoomKind
  readonly room: string
  /** KEYHASH of the link. */
  readonly keyHash: Uint8Array
}

/** `policy-malformed`: not one of ours. `policy-forged`: signed by nobody who may, for another room, or for another kind of room. */
export type PolicyRefusal = Refusal<"policy-malformed" | "policy-forged">

const form = 2
const maxLinks = 8
const maxChainBytes = 12 * 1024
const headLength = 2 + 32 + 64

/** Signs the first link: only the room key can, and whoever has it needs no chain (D4.11). */
export const signFirst = async (roomKey: SigningKey, policy: Policy): Promise<SignedPolicy> => chained([], await sign(roomKey, [], policy))

/** Reads a chain and checks every link of it, from the room key on. */
export async function openPolicy(bytes: Uint8Array, anchor: PolicyAnchor): Promise<SignedPolicy | PolicyRefusal> {
  const links = parseChain(bytes)
  if (links === undefined) return refusal("policy-malformed")
  for (const [i, link] of links.entries()) if (!(await isGoodLink(link, links[i - 1], anchor))) return refusal("policy-forged")
  const last = links.at(-1)
  return last === undefined ? refusal("policy-malformed") : { policy: last.policy, bytes: owned(bytes), links }
}

async function isGoodLink(link: PolicyLink, before: PolicyLink | undefined, { kind, room, keyHash }: PolicyAnchor): Promise<boolean> {
  // D39.31: every link of the chain, so that no later one turns a sealed room into an open one.
  if (link.policy.kind !== kind || link.policy.room !== room) return false
  const isAllowed = before === undefined ? await isRoomKey(link.signer, keyHash) : mayFollow(link, before.policy)
  return isAllowed && isSignedBy(link.signer, link.signature, await toBeSigned(before, link.body))
}

/** D4.10, D5.1: a host may say anything of a higher version; a successor only that it is host now. */
function mayFollow({ signer, policy }: PolicyLink, before: Policy): boolean {
  if (policy.version <= before.version) return false
  return before.hosts.includes(hostName(signer)) || isTakeOver(before, policy, signer)
}

/** D5.1: the same policy but for its version and that this successor is a host. */
export function isTakeOver(before: Policy, after: Policy, signer: Uint8Array): boolean {
  const expected = takenOver(before, hostName(signer))
  return expected !== undefined && isSame(policyBody(expected), policyBody(after))
}

/** Reads the form only. Nothing in it is true before `openPolicy` has checked the signatures. */
export function parseChain(bytes: Uint8Array): readonly PolicyLink[] | undefined {
  const count = bytes[1] ?? 0
  if (bytes.length > maxChainBytes || bytes[0] !== form || count < 1 || count > maxLinks) return undefined
  const links: PolicyLink[] = []
  let at = 2
  for (let i = 0; i < count; i++) {
    const link = parseLinkAt(bytes, at)
    if (link === undefined) return undefined
    links.push(link)
    at += link.bytes.length
  }
  return at === bytes.length ? links : undefined
}

function parseLinkAt(bytes: Uint8Array, at: number): PolicyLink | undefined {
  const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  const end = at + headLength + length
  if (end > bytes.length || headLength + length > maxPolicyBytes) return undefined
  const link = owned(bytes.subarray(at, end))
  const body = link.slice(headLength)
  const policy = parsePolicy(body)
  return policy === undefined ? undefined : { signer: link.slice(2, 34), signature: link.slice(34, headLength), policy, bytes: link, body }
}

/** What signs for this device: the room key where it made the room, and its device key. */
export interface Signers {
  readonly roomKey?: SigningKey | undefined
  readonly device: SigningKey
}

/** Whether this device can sign the next policy: it has the room key, or is a host's (D4.11). */
export const canSign = ({ policy }: SignedPolicy, { roomKey, device }: Signers): boolean =>
  roomKey !== undefined || policy.hosts.includes(hostName(device.publicKey))

/**
 * Signs the next policy: by the room key alone where it is here, else by the device on the shortest part of the chain that
 * makes it host (D4.11). A take-over goes on the whole chain, so that everyone can see that it changes nothing else (D5.1).
 */
export async function signNext(
  inForce: SignedPolicy,
  next: Policy,
  { roomKey, device }: Signers,
): Promise<SignedPolicy | Refusal<"policy-not-ours" | "policy-too-large">> {
  if (!isPolicy(next)) return refusal("policy-too-large")
  const name = hostName(device.publicKey)
  const isOver = isTakeOver(inForce.policy, next, device.publicKey)
  if (roomKey !== undefined && !isOver) return withinBounds(chained([], await sign(roomKey, [], next)))
  const isHost = inForce.policy.hosts.includes(name)
  if (!isHost && !isOver) return refusal("policy-not-ours")
  const end = isHost ? inForce.links.findIndex((link) => link.policy.hosts.includes(name)) + 1 : inForce.links.length
  const before = inForce.links.slice(0, end)
  return withinBounds(chained(before, await sign(device, before, next)))
}

const withinBounds = (signed: SignedPolicy): SignedPolicy | Refusal<"policy-too-large"> =>
  parseChain(signed.bytes) === undefined ? refusal("policy-too-large") : signed

/**
 * D4.12: whether `next` may follow in a running group: the next version, signed by the room key or by a host of the policy
 * in force, or a take-over. Both chains hold by themselves.
 */
export function isNextPolicy(inForce: SignedPolicy, next: SignedPolicy): boolean {
  const signed = next.links.at(-1)
  if (signed === undefined || next.policy.version !== inForce.policy.version + 1 || next.policy.kind !== inForce.policy.kind) return false
  if (next.links.length === 1) return true
  return inForce.policy.hosts.includes(hostName(signed.signer)) || isTakeOver(inForce.policy, next.policy, signed.signer)
}

/** The device that signed the policy in force; undefined where the room key did. */
export function signerOf({ links }: SignedPolicy): Bytes | undefined {
  return links.length > 1 ? links.at(-1)?.signer : undefined
}

function chained(before: readonly PolicyLink[], link: PolicyLink): SignedPolicy {
  const links = [...before, link]
  return { policy: link.policy, links, bytes: joined(Uint8Array.of(form, links.length), ...links.map((one) => one.bytes)) }
}

async function sign(key: SigningKey, before: readonly PolicyLink[], policy: Policy): Promise<PolicyLink> {
  const body = policyBody(policy)
  const signature = await key.sign(await toBeSigned(before.at(-1), body))
  return { signer: key.publicKey, signature, policy, body, bytes: joined(uint16(body.length), key.publicKey, signature, body) }
}

async function toBeSigned(before: PolicyLink | undefined, body: Uint8Array): Promise<Bytes> {
  const hash = before === undefined ? new Uint8Array(32) : await sha256(before.bytes)
  return joined(utf8("Conclave 1 policy\0"), hash, body)
}
