/**
 * Who may be let in, and who may be sent away, under the policy in force (D8.11 to D8.14). Every member asks this of every
 * commit, its own among them. Pure; knows devices, never a key.
 *
 * What a reader cannot know yet is not held against the committer (D8.16): a newcomer hears who was here, and who the
 * others are, a moment after it came in.
 */

import { refusal, type Refusal } from "../refusal.ts"
import { roleOf, type Role } from "../room/policy-edit.ts"
import type { IdentityLevel, PolicyView } from "./engine-port.ts"
import type { RemoveNote } from "./note.ts"

/** Why a commit is refused. One code per rule, so that a test can name it and a notice can say it. */
export type RuleRefusal = Refusal<
  | "device-twice"
  | "blocked"
  | "locked"
  | "waiting-room"
  | "below-level"
  | "link-expired"
  | "link-used"
  | "no-return"
  | "not-gone"
  | "not-asked"
  | "may-not-remove"
  | "may-not-end"
  | "not-all-ended"
>

/** What this call's past says of devices (D17.24). */
export interface Standing {
  /** Devices that were in this call and were not removed by a person. */
  readonly former: ReadonlySet<string>
  readonly blocked: ReadonlySet<string>
  /** Whether the link secret in force has let somebody in. */
  readonly isUsed: boolean
}

/** The call before a commit, as its reader knows it. */
export interface CallBefore {
  readonly policy: PolicyView
  /** The device at each leaf; undefined where nobody was introduced yet. */
  readonly devices: ReadonlyMap<number, string | undefined>
  /** Undefined until a newcomer was told. */
  readonly standing: Standing | undefined
  /** Leaves that the reader itself sees as gone (D8.13). */
  readonly gone: ReadonlySet<number>
  /** Leaves that the organisation wants out, as the reader has heard itself (D14.8). */
  readonly asked: ReadonlySet<number>
  /** Milliseconds since 1970, less whatever the reader allows for clocks that differ. */
  readonly now: number
}

/** Somebody a commit adds. */
export interface Comer {
  readonly device: string
  readonly level: IdentityLevel
}

/** What a commit does, by its note. */
export interface CommitSaid {
  readonly by: number
  readonly adds: readonly Comer[]
  readonly removes: readonly RemoveNote[]
}

/** How far another's clock may be behind ours before what it let in counts as too late. */
export const clockToleranceMs = 5 * 60 * 1000

/** Judges a commit. Its bundles hold and its note fits it (D8.10). */
export function judgeCall(call: CallBefore, commit: CommitSaid): RuleRefusal | undefined {
  if (isEnd(commit)) return judgeEnd(call, commit)
  const role = roleAt(call, commit.by)
  for (const remove of commit.removes) {
    const refused = judgeRemove(call, commit, { ...remove, role })
    if (refused !== undefined) return refused
  }
  for (const comer of commit.adds) {
    const refused = judgeDevice(call, commit, comer) ?? (isReturn(call, commit, comer) ? undefined : judgeNewcomer(call, comer, role))
    if (refused !== undefined) return refused
  }
  const newcomers = newcomersOf(call, commit)
  return call.policy.isSingleUse && newcomers.length > 1 ? refusal("link-used") : undefined
}

/** Those who come for the first time (D8.11), but for those whom the policy itself lets in (D8.15). */
export const newcomersOf = (call: CallBefore, commit: CommitSaid): readonly Comer[] =>
  commit.adds.filter((comer) => !isReturn(call, commit, comer) && !isNamed(call.policy, comer.device))

/** Whether a commit says of anybody that the call ends. */
export const isEnd = ({ removes }: Pick<CommitSaid, "removes">): boolean => removes.some(({ why }) => why === "ended")

/** D8.31: a call is a host's to end, for all the others at once and with nothing else. So whoever stays refuses it. */
export function judgeEnd(
  call: CallBefore,
  { by, adds, removes }: Pick<CommitSaid, "by" | "removes"> & { readonly adds: readonly unknown[] },
): RuleRefusal | undefined {
  const role = roleAt(call, by)
  if (role !== undefined && role !== "host") return refusal("may-not-end")
  const ended = new Set(removes.flatMap(({ leaf, why }) => (why === "ended" ? [leaf] : [])))
  const isAll = [...call.devices.keys()].every((leaf) => leaf === by || ended.has(leaf))
  return isAll && adds.length === 0 ? undefined : refusal("not-all-ended")
}

function roleAt({ policy, devices }: CallBefore, leaf: number): Role | undefined {
  const device = devices.get(leaf)
  return device === undefined ? undefined : roleOf(policy, device)
}

/** D8.13: a person's removal is a host's to make; anything else only says what the reader sees itself. */
function judgeRemove(
  call: CallBefore,
  commit: CommitSaid,
  { leaf, why, role }: RemoveNote & { readonly role: Role | undefined },
): RuleRefusal | undefined {
  const device = call.devices.get(leaf)
  switch (why) {
    case "left":
    case "silent":
      return call.gone.has(leaf) ? undefined : refusal("not-gone")
    case "returned":
      return device === undefined || commit.adds.some((comer) => comer.device === device) ? undefined : refusal("no-return")
    case "removed":
      return role === undefined || role === "host" || (role === "co-host" && roleAt(call, leaf) !== "host")
        ? undefined
        : refusal("may-not-remove")
    case "organisation":
      return call.asked.has(leaf) ? undefined : refusal("not-asked")
    case "ended":
      return judgeEnd(call, commit)
  }
}

/** A1.02, D8.14: no device is there twice, and none that is blocked. */
function judgeDevice({ devices, standing }: CallBefore, { adds, removes }: CommitSaid, { device }: Comer): RuleRefusal | undefined {
  if (adds.filter((other) => other.device === device).length > 1) return refusal("device-twice")
  const isStaying = [...devices].some(([leaf, other]) => other === device && !removes.some((remove) => remove.leaf === leaf))
  if (isStaying) return refusal("device-twice")
  return standing?.blocked.has(device) === true ? refusal("blocked") : undefined
}

/** D8.12: its old leaf goes in the same commit, or it was in this call before and nobody sent it away. */
function isReturn({ devices, standing }: CallBefore, { removes }: CommitSaid, { device }: Comer): boolean {
  const isReplaced = removes.some(({ leaf, why }) => why === "returned" && (devices.get(leaf) ?? device) === device)
  return isReplaced || standing === undefined || standing.former.has(device)
}

const isNamed = (policy: PolicyView, device: string): boolean => policy.hosts.includes(device) || policy.coHosts.includes(device)

/** D39.36: in a room sealed by identity, who is vouched for comes in without a decision; by the server only while no provider is named. */
const isVouchedFor = ({ kind, issuers }: PolicyView, { level }: Comer): boolean =>
  kind === "identity" && (level === "organisation" || (level === "account" && issuers.length === 0))

/** D8.11. */
function judgeNewcomer({ policy, standing, now }: CallBefore, comer: Comer, role: Role | undefined): RuleRefusal | undefined {
  // D8.15: whoever signed the policy has let in whom it names; a host is not locked out of its own room.
  if (isNamed(policy, comer.device)) return undefined
  if (policy.isLocked) return refusal("locked")
  const isDecided = role === undefined || role === "host" || role === "co-host" || isVouchedFor(policy, comer)
  if (policy.waitingRoom && !isDecided) return refusal("waiting-room")
  if (policy.minimumLevel === "organisation" && comer.level !== "organisation") return refusal("below-level")
  if (policy.expiry !== undefined && now >= policy.expiry) return refusal("link-expired")
  return policy.isSingleUse && standing?.isUsed === true ? refusal("link-used") : undefined
}

/** The standing after a commit (D8.14, D17.24): who left may come back, who was removed may not. */
export function standingAfter(call: CallBefore, commit: CommitSaid): Standing | undefined {
  if (call.standing === undefined) return undefined
  const [former, blocked] = [new Set(call.standing.former), new Set(call.standing.blocked)]
  for (const { leaf, why } of commit.removes) {
    const device = call.devices.get(leaf)
    if (device === undefined) continue
    if (why === "removed" || why === "organisation") {
      former.delete(device)
      blocked.add(device)
    } else former.add(device)
  }
  return { former, blocked, isUsed: call.standing.isUsed || newcomersOf(call, commit).length > 0 }
}
