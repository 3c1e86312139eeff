/** Who may do what (D4.13). Roles belong to devices; whose device a leaf is, is known once its bundle was proved. */

import type { Leaf, Person, PolicyView, Role } from "./engine-port.ts"
import type { Peer, Seated } from "./session.ts"

/** The role of a device under a policy. */
export function roleOf(policy: PolicyView, device: string): Role {
  if (policy.hosts.includes(device)) return "host"
  if (policy.coHosts.includes(device)) return "co-host"
  return policy.listeners.includes(device) ? "listener" : policy.joinAs
}

export const isSteward = (role: Role | undefined): boolean => role === "host" || role === "co-host"

const personOf = ({ stage }: Seated, leaf: Leaf): Person | undefined => {
  const found = stage.group.members.find((member) => member.leaf === leaf)
  return found && stage.people.find(({ member }) => member === found.member)
}

/** Undefined while nothing is proved about this leaf: whoever may do something is somebody. */
export function roleAt(session: Seated, leaf: Leaf): Role | undefined {
  const person = personOf(session, leaf)
  return person && roleOf(session.stage.group.policy, person.device)
}

export const ownRole = ({ stage }: Seated): Role => roleOf(stage.group.policy, stage.self.device)

/** D8.13: a host removes anybody, a co-host whom it knows to be no host. */
export function mayRemove(session: Seated, peer: Peer): boolean {
  const own = ownRole(session)
  if (own === "host") return true
  const theirs = roleAt(session, peer.leaf)
  return own === "co-host" && theirs !== undefined && theirs !== "host"
}

/** D8.13: whether this leaf may remove us, as far as we know it. */
export function mayHaveRemoved(session: Seated, by: Leaf): boolean {
  const theirs = roleAt(session, by)
  return theirs === undefined || theirs === "host" || (theirs === "co-host" && ownRole(session) !== "host")
}

/** D5.1: named as successor, and every leaf is known to be no host's. */
export function canTakeOver(session: Seated): boolean {
  const { stage } = session
  const { successors, hosts } = stage.group.policy
  const isNoHost = (peer: Peer): boolean => {
    const role = roleAt(session, peer.leaf)
    return role !== undefined && role !== "host"
  }
  return successors.includes(stage.self.device) && !hosts.includes(stage.self.device) && stage.peers.every(isNoHost)
}
