/** What changed between two policies, for the line of news: each with its new value. Pure. */

import type { PolicyView, Role } from "@conclave/call"
import type { RuleChange } from "../view/news.ts"

type NameOf = (device: string) => string | undefined

/** In the order of weight; what people notice first comes first. Empty when nothing they can see has changed. */
export function ruleChanges(before: PolicyView, after: PolicyView, nameOf: NameOf): RuleChange[] {
  if (before.version === after.version) return []
  const changes = [...takenOver(before, after), ...roleChanges(before, after, nameOf), ...fieldChanges(before, after)]
  return changes.length === 0 ? [{ rule: "other" }] : changes
}

/** D5.1: somebody who was to follow stands among the hosts now, and nothing else of the roles has changed. */
function takenOver(before: PolicyView, after: PolicyView): RuleChange[] {
  const [host, ...more] = after.hosts.filter((device) => !before.hosts.includes(device))
  const isTakeOver = host !== undefined && more.length === 0 && before.successors.includes(host)
  return isTakeOver && !after.successors.includes(host) && after.hosts.length === before.hosts.length + 1 ? [{ rule: "take-over" }] : []
}

function roleChanges(before: PolicyView, after: PolicyView, nameOf: NameOf): RuleChange[] {
  if (takenOver(before, after).length > 0) return []
  const devices = new Set([before, after].flatMap(({ hosts, coHosts, listeners }) => [...hosts, ...coHosts, ...listeners]))
  const roles = [...devices]
    .filter((device) => listedAs(before, device) !== listedAs(after, device))
    .map((device): RuleChange => ({ rule: "role", name: nameOf(device), to: listedAs(after, device) ?? after.joinAs }))
  const named = after.successors.filter((device) => !before.successors.includes(device))
  const unnamed = before.successors.filter((device) => !after.successors.includes(device) && listedAs(after, device) !== "host")
  const successor = (device: string, to: boolean): RuleChange => ({ rule: "successor", name: nameOf(device), to })
  return [...roles, ...named.map((device) => successor(device, true)), ...unnamed.map((device) => successor(device, false))]
}

function listedAs({ hosts, coHosts, listeners }: PolicyView, device: string): Role | undefined {
  if (hosts.includes(device)) return "host"
  if (coHosts.includes(device)) return "co-host"
  return listeners.includes(device) ? "listener" : undefined
}

function fieldChanges(before: PolicyView, after: PolicyView): RuleChange[] {
  const changes: RuleChange[] = []
  if (before.secretVersion !== after.secretVersion) changes.push({ rule: "link" })
  for (const rule of ["isLocked", "waitingRoom", "joinBeforeHost", "isSingleUse"] as const)
    if (before[rule] !== after[rule]) changes.push({ rule, to: after[rule] })
  if (before.share !== after.share) changes.push({ rule: "share", to: after.share })
  if (before.joinAs !== after.joinAs) changes.push({ rule: "joinAs", to: after.joinAs })
  if (before.minimumLevel !== after.minimumLevel) changes.push({ rule: "minimumLevel", to: after.minimumLevel })
  if (JSON.stringify(before.issuers) !== JSON.stringify(after.issuers)) changes.push({ rule: "issuers" })
  if (before.expiry !== after.expiry) changes.push({ rule: "expiry", to: after.expiry !== undefined })
  if (before.passwordVersion !== after.passwordVersion) changes.push({ rule: "password", to: passwordChange(before, after) })
  if (before.topic !== after.topic) changes.push({ rule: "topic", to: after.topic })
  return changes
}

function passwordChange(before: PolicyView, after: PolicyView): "set" | "changed" | "removed" {
  if (!after.hasPassword) return "removed"
  return before.hasPassword ? "changed" : "set"
}
