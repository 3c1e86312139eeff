/** The signed rules of a room, as the model has them: a chain of policies, each with who signed it (D4.10-D4.13, D5.1). */

import type { PolicyEdit, PolicyView, Role } from "@conclave/call"
import type { RoomId } from "@conclave/wire"

/** The rules themselves; people stand in it as devices. */
export type ModelPolicy = Omit<PolicyView, "room" | "canSign" | "hasPassword">

/** One link: nobody but its signer could have made it. `room` is whoever has the room's key. */
export interface SignedPolicy {
  readonly policy: ModelPolicy
  readonly signer: string
}

/** The last link is in force. */
export type PolicyChain = readonly SignedPolicy[]

export const roomSigner = "room"

/** The rules a room begins with. */
export const firstPolicy = (hosts: readonly string[], change: Partial<ModelPolicy> = {}): PolicyChain => [
  {
    signer: roomSigner,
    policy: {
      ...{ kind: "link", version: 1, hosts, coHosts: [], listeners: [], successors: [], joinAs: "member" },
      ...{ waitingRoom: false, isLocked: false, joinBeforeHost: true, share: "everyone", record: "nobody", minimumLevel: "guest" },
      ...{ issuers: [], secretVersion: 1, isSingleUse: false },
      ...change,
    },
  },
]

export function inForce(chain: PolicyChain): ModelPolicy {
  const last = chain.at(-1)
  if (last === undefined) throw new Error("bug: a room without rules")
  return last.policy
}

/** D4.13, by our own reading of it. */
export function roleUnder(policy: ModelPolicy, device: string): Role {
  for (const [list, role] of [
    [policy.hosts, "host"],
    [policy.coHosts, "co-host"],
    [policy.listeners, "listener"],
  ] as const)
    if (list.includes(device)) return role
  return policy.joinAs
}

/** D4.10: what a joiner checks of a chain it knows nothing of. */
export function isSoundChain(chain: PolicyChain): boolean {
  const [first, ...later] = chain
  if (first?.signer !== roomSigner || chain.length > 8) return false
  return later.every(({ policy, signer }, i) => {
    const before = chain[i]?.policy
    return before !== undefined && policy.version > before.version && [...before.hosts, ...before.successors].includes(signer)
  })
}

/** D4.12: why the members of a running group refuse this policy; undefined when they take it. `present`: devices at leaves. */
export function judgePolicy(chain: PolicyChain, next: PolicyChain, present: readonly string[]): string | undefined {
  const [now, last] = [inForce(chain), next.at(-1)]
  if (last === undefined || !isSoundChain(next)) return "policy-forged"
  if (last.policy.version !== now.version + 1) return "policy-version"
  if (next.some(({ policy }) => policy.kind !== now.kind)) return "policy-kind"
  if (last.signer === roomSigner || now.hosts.includes(last.signer)) return undefined
  const isFree = now.successors.includes(last.signer) && !present.some((device) => now.hosts.includes(device))
  return isFree && isSame(last.policy, takenOver(now, last.signer)) ? undefined : "policy-not-host"
}

const isSame = (a: ModelPolicy, b: ModelPolicy): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (policy: ModelPolicy): unknown => Object.entries(policy).sort(([a], [b]) => (a < b ? -1 : 1))

const takenOver = (policy: ModelPolicy, device: string): ModelPolicy => ({
  ...policy,
  version: policy.version + 1,
  hosts: [...policy.hosts, device],
  successors: policy.successors.filter((each) => each !== device),
})

/** The policy after an edit. Undefined where it cannot be: the last host does not step down. */
export function edited(
  policy: ModelPolicy,
  edit: PolicyEdit,
  who: { readonly own: string; readonly at: string | undefined },
): ModelPolicy | undefined {
  const next = { ...policy, version: policy.version + 1 }
  if ("set" in edit && edit.set === "password") {
    const { passwordVersion: _gone, ...without } = next
    return edit.to ? { ...without, passwordVersion: next.version } : without
  }
  if ("set" in edit) return { ...next, [edit.set]: edit.to }
  if ("takeOver" in edit) return policy.successors.includes(who.own) ? takenOver(policy, who.own) : undefined
  if ("newSecret" in edit) return { ...next, secretVersion: policy.secretVersion + 1 }
  const device = who.at
  if (device === undefined) return undefined
  const without = (list: readonly string[]): string[] => list.filter((each) => each !== device)
  if ("successor" in edit) return { ...next, successors: [...without(policy.successors), ...(edit.successor ? [device] : [])] }
  const lists = { hosts: without(policy.hosts), coHosts: without(policy.coHosts), listeners: without(policy.listeners) }
  const list = ({ host: "hosts", "co-host": "coHosts", listener: "listeners", member: undefined } as const)[edit.role]
  const placed = list === undefined ? lists : { ...lists, [list]: [...lists[list], device] }
  return placed.hosts.length === 0 ? undefined : { ...next, ...placed }
}

/** D4.11: the new link on the shortest part of the chain that makes its signer a host. */
export function signed(
  chain: PolicyChain,
  policy: ModelPolicy,
  by: { readonly device: string; readonly hasRoomKey: boolean },
): PolicyChain {
  if (by.hasRoomKey) return [{ policy, signer: roomSigner }]
  const end = chain.findIndex((link) => [...link.policy.hosts, ...link.policy.successors].includes(by.device))
  return [...chain.slice(0, end < 0 ? chain.length : end + 1), { policy, signer: by.device }]
}

/** What the machine may see of it. */
export const policyViewOf = (
  room: RoomId,
  policy: ModelPolicy,
  by: { readonly device: string; readonly hasRoomKey: boolean },
): PolicyView => ({
  ...policy,
  room,
  hasPassword: policy.passwordVersion !== undefined,
  canSign: by.hasRoomKey || policy.hosts.includes(by.device),
})
