/** How a policy changes: one edit, one version (D4.13, D4.15, D5.1). Pure; who may sign the result is in policy-chain.ts. */

import { isPolicy, type Policy } from "./policy.ts"

/** What a device may do (D4.13). */
export type Role = "host" | "co-host" | "listener" | "member"

type Settable = "waitingRoom" | "isLocked" | "joinBeforeHost" | "isSingleUse" | "share" | "record" | "joinAs" | "minimumLevel" | "issuers"

/** One change. Devices are named as in the policy. */
export type KeyEdit =
  | { [Name in Settable]: { readonly set: Name; readonly to: Policy[Name] } }[Settable]
  | { readonly set: "expiry"; readonly to: number | undefined }
  | { readonly set: "topic"; readonly to: string | undefined }
  | { readonly role: Role; readonly of: string }
  | { readonly successor: boolean; readonly of: string }
  | { readonly takeOver: true; readonly of: string }
  | { readonly secretHash: string }
  /** A new password, by its salt, or none (D18.9). */
  | { readonly password: { readonly salt: string } | undefined }

/** The policy after an edit; undefined when it would be none: no host left, a list too long, nothing changed. */
export function edited(policy: Policy, edit: KeyEdit): Policy | undefined {
  const next = changed(policy, edit)
  return next !== undefined && isPolicy(next) ? next : undefined
}

function changed(policy: Policy, edit: KeyEdit): Policy | undefined {
  const version = policy.version + 1
  if ("takeOver" in edit) return takenOver(policy, edit.of)
  if ("secretHash" in edit) return { ...policy, version, secretHash: edit.secretHash, secretVersion: policy.secretVersion + 1 }
  if ("password" in edit) return withPassword(policy, edit.password?.salt)
  if ("role" in edit) return { ...withRole(policy, edit.of, edit.role), version }
  if ("successor" in edit) {
    const others = policy.successors.filter((one) => one !== edit.of)
    return { ...policy, version, successors: edit.successor ? [...others, edit.of] : others }
  }
  if (edit.to !== undefined) return { ...policy, version, [edit.set]: edit.to }
  const { [edit.set]: _gone, ...rest } = policy
  return { ...rest, version }
}

/** The password's version is the policy's that sets it: one that is set, taken away and set again has another (D18.9). */
function withPassword(policy: Policy, salt: string | undefined): Policy | undefined {
  const version = policy.version + 1
  if (salt !== undefined) return { ...policy, version, password: { version, salt } }
  const { password, ...rest } = policy
  return password === undefined ? undefined : { ...rest, version }
}

function withRole(policy: Policy, device: string, role: Role): Policy {
  const without = (list: readonly string[]): readonly string[] => list.filter((one) => one !== device)
  const list = (name: Role, of: readonly string[]): readonly string[] => (name === role ? [...without(of), device] : without(of))
  return {
    ...policy,
    hosts: list("host", policy.hosts),
    coHosts: list("co-host", policy.coHosts),
    listeners: list("listener", policy.listeners),
    // Who is host or may only listen waits for nothing.
    successors: role === "host" || role === "listener" ? without(policy.successors) : policy.successors,
  }
}

/** D5.1: the policy once this successor has taken over; undefined when it is none. */
export function takenOver(policy: Policy, device: string): Policy | undefined {
  if (!policy.successors.includes(device)) return undefined
  return { ...withRole(policy, device, "host"), version: policy.version + 1 }
}

/** D4.13: what a device may do under this policy. Takes key names or hashes, as the policy does. */
export function roleOf(policy: Pick<Policy, "hosts" | "coHosts" | "listeners" | "joinAs">, device: string): Role {
  if (policy.hosts.includes(device)) return "host"
  if (policy.coHosts.includes(device)) return "co-host"
  return policy.listeners.includes(device) ? "listener" : policy.joinAs
}
