/** The policy that follows: ours, from an edit; another's, held against the one in force (D4.11, D4.12, D4.15, D5.1). */

import { isSame, owned } from "../bytes.ts"
import type { PasswordKey } from "../password/passwords.ts"
import { stretchedKey } from "../password/stretch.ts"
import { randomBytes, type Bytes } from "../platform.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { deriveLinkKeys, hashOfSecret } from "../room/link-keys.ts"
import { printFragment } from "../room/link.ts"
import { hostName } from "../room/policy.ts"
import { isNextPolicy, isTakeOver, openPolicy, signerOf, signNext, type SignedPolicy } from "../room/policy-chain.ts"
import { edited, type KeyEdit } from "../room/policy-edit.ts"
import { Secret } from "../secret.ts"
import type { PolicyEdit } from "./engine-port.ts"
import { anchorOf, type Group, type Membership, type NextPolicy } from "./membership.ts"

/** Why another's policy is refused. */
export type NextPolicyRefusal = Refusal<
  "policy-malformed" | "policy-forged" | "policy-not-next" | "host-present" | "secret-mismatch" | "password-mismatch"
>

/** What the note of a commit says beside a new policy. */
interface GoesWith {
  readonly secret?: Bytes | undefined
  readonly password?: Bytes | undefined
}

/** Signs the policy after an edit. Undefined when it may not be: not ours to make, out of bounds, or no host left. */
export async function editPolicy(
  membership: Membership,
  { policy }: Group,
  edit: PolicyEdit,
): Promise<(NextPolicy & { readonly secret?: Bytes; readonly stretched?: Bytes }) | undefined> {
  const { parts } = membership
  const secret = "newSecret" in edit ? randomBytes(16) : undefined
  const named = await keyEditOf(membership, edit, secret)
  if (named === undefined || ("takeOver" in named && isHostHere(membership, policy))) return undefined
  const next = edited(policy.policy, named)
  if (next === undefined) return undefined
  const signed = await signNext(policy, next, { roomKey: parts.roomKey, device: parts.device })
  if (isRefusal(signed)) return undefined
  if (secret !== undefined) return { policy: signed, secret, link: await linkOf(membership, secret) }
  const chosen = parts.passwords?.chosen
  const { password } = next
  if (!("password" in named) || password === undefined || chosen === undefined) return { policy: signed }
  const stretched = owned(chosen.stretched.expose())
  return { policy: signed, stretched, password: { ...password, key: await stretchedKey(chosen.stretched) } }
}

async function keyEditOf({ people, parts }: Membership, edit: PolicyEdit, secret: Bytes | undefined): Promise<KeyEdit | undefined> {
  if ("takeOver" in edit) return { takeOver: true, of: hostName(parts.device.publicKey) }
  if ("newSecret" in edit) return secret === undefined ? undefined : { secretHash: await hashOf(secret, parts.room) }
  if ("set" in edit && edit.set === "password") return passwordEdit(edit.to, parts.passwords?.chosen?.salt)
  if ("set" in edit) return edit
  // Whoever has no proved device has no role to be given.
  const proved = people.at(edit.of)
  return proved === undefined ? undefined : { ...edit, of: hostName(proved.bundle.devicePublicKey) }
}

/** The password itself stays where it was typed: the edit says that there is one, the worker has what was chosen (D18.9). */
function passwordEdit(isToBe: boolean, salt: string | undefined): KeyEdit | undefined {
  if (!isToBe) return { password: undefined }
  return salt === undefined ? undefined : { password: { salt } }
}

/** D5.1: whether a device of a host is at any leaf, as far as we know. */
function isHostHere({ people, inside }: Membership, { policy }: SignedPolicy): boolean {
  const leaves = inside?.group.roster ?? []
  return leaves.some(({ leaf }) => {
    const key = people.at(leaf)?.bundle.devicePublicKey
    return key !== undefined && policy.hosts.includes(hostName(key))
  })
}

/** Judges the policy of another's commit, with the secret of its note (D4.12, D4.15, D5.1). */
export async function judgePolicy(
  membership: Membership,
  { policy: inForce }: Group,
  commit: { readonly by: number; readonly policy: Uint8Array } & GoesWith,
): Promise<NextPolicy | NextPolicyRefusal> {
  const { parts, people } = membership
  const next = await openPolicy(commit.policy, anchorOf(parts))
  if (isRefusal(next)) return next
  const signer = signerOf(next)
  const committer = people.at(commit.by)?.bundle.devicePublicKey
  // A policy that a host signed and never saw through is not another member's to bring.
  const isOwn = signer === undefined || committer === undefined || isSame(signer, committer)
  if (!isNextPolicy(inForce, next) || !isOwn) return refusal("policy-not-next")
  const isHosts = signer === undefined || inForce.policy.hosts.includes(hostName(signer))
  if (!isHosts && isTakeOver(inForce.policy, next.policy, signer) && isHostHere(membership, inForce)) return refusal("host-present")
  const linked = await withSecret(membership, { inForce, next, secret: commit.secret })
  if (isRefusal(linked)) return linked
  const password = await newPassword({ inForce, next, password: commit.password })
  if (isRefusal(password)) return password
  return password === undefined ? linked : { ...linked, password }
}

/** D18.9: the stretched password comes with the policy that first names its version, and with no other. */
async function newPassword({
  inForce,
  next,
  password,
}: {
  readonly inForce: SignedPolicy
  readonly next: SignedPolicy
  readonly password: Bytes | undefined
}): Promise<PasswordKey | Refusal<"password-mismatch"> | undefined> {
  const [before, after] = [inForce.policy.password, next.policy.password]
  const isNew = after !== undefined && (after.version !== before?.version || after.salt !== before.salt)
  if (isNew !== (password !== undefined) || (isNew && after.version !== next.policy.version)) return refusal("password-mismatch")
  if (!isNew || password === undefined) return undefined
  const stretched = new Secret(password)
  const key = await stretchedKey(stretched)
  stretched.wipe()
  return { ...after, key }
}

/** D4.15: the secret comes with the version it makes, is the one that the policy names, and comes with no other policy. */
async function withSecret(
  membership: Membership,
  { inForce, next, secret }: { readonly inForce: SignedPolicy; readonly next: SignedPolicy; readonly secret: Bytes | undefined },
): Promise<NextPolicy | NextPolicyRefusal> {
  const isSameSecret = next.policy.secretVersion === inForce.policy.secretVersion
  if (isSameSecret && secret === undefined)
    return next.policy.secretHash === inForce.policy.secretHash ? { policy: next } : refusal("secret-mismatch")
  const isNextVersion = next.policy.secretVersion === inForce.policy.secretVersion + 1
  if (secret === undefined || !isNextVersion || (await hashOf(secret, membership.parts.room)) !== next.policy.secretHash)
    return refusal("secret-mismatch")
  return { policy: next, link: await linkOf(membership, secret) }
}

const hashOf = (secret: Bytes, room: string): Promise<string> => hashOfSecret(new Secret(secret), room)

async function linkOf({ parts }: Membership, secret: Bytes): Promise<NonNullable<NextPolicy["link"]>> {
  const held = new Secret(secret)
  return { keys: await deriveLinkKeys(held, parts.room), fragment: printFragment({ secret: held, keyHash: parts.keyHash }) }
}
