/** The signed policy as people read and change it: who may do what about whom, and what a press asks the group for. Pure. */

import type { Issuer, Leaf, Person, PolicyEdit, PolicyView, Role } from "@conclave/call"
import type { RuleEdit, Rules, RulesView } from "../view/rules.ts"
import type { PersonAct, RoleWish } from "../view/security.ts"

/** Whose menu it is, and what is known of this person. */
export interface Pair {
  readonly me: Role
  /** This device can sign the next policy (D4.11). */
  readonly canSign: boolean
  readonly them: Role
  readonly isSelf: boolean
  readonly isSuccessor: boolean
  readonly hostCount: number
  /** Where this is listener, no list can make somebody a member: who is in no list listens. */
  readonly joinAs: PolicyView["joinAs"]
}

/** D4.13: what this device may do about a member. What it may not, nobody would accept, so nothing offers it. */
export function actsFor({ me, canSign, them, isSelf, isSuccessor, hostCount, joinAs }: Pair): PersonAct[] {
  if (isSelf) return me === "host" && canSign && hostCount > 1 ? ["step-down"] : []
  const roles: readonly PersonAct[] = canSign ? rolesToGive(joinAs).filter((act) => act !== `make-${them}`) : []
  const successor: readonly PersonAct[] = !canSign || them === "host" ? [] : [isSuccessor ? "unname-successor" : "name-successor"]
  const canRemove = me === "host" || (me === "co-host" && them !== "host")
  return [...roles, ...successor, ...(canRemove ? (["remove"] as const) : [])]
}

function rolesToGive(joinAs: PolicyView["joinAs"]): PersonAct[] {
  return ["make-host", "make-co-host", ...(joinAs === "member" ? (["make-member"] as const) : []), "make-listener"]
}

const actOfWish = { moderator: "make-co-host", speaker: "make-member", attendee: "make-listener" } as const

/** D39.44: the press that would do what the organisation wishes, if this device may and it is not so. Nobody is asked to unmake a host. */
export function wishFor(wish: Person["wish"], role: Role | undefined, acts: readonly PersonAct[]): RoleWish | undefined {
  if (wish === undefined || role === "host") return undefined
  // Whoever was made more than was wished for was made so by a person.
  if (role === "co-host" || (wish === "speaker" && role !== "listener")) return undefined
  return acts.find((act) => act === actOfWish[wish]) as RoleWish | undefined
}

/** What an act asks of the group. Removing is no change of policy. */
export function editOfAct(act: Exclude<PersonAct, "remove">, of: Leaf): PolicyEdit {
  switch (act) {
    case "make-host":
      return { role: "host", of }
    case "make-co-host":
      return { role: "co-host", of }
    case "make-member":
    case "step-down":
      return { role: "member", of }
    case "make-listener":
      return { role: "listener", of }
    case "name-successor":
      return { successor: true, of }
    case "unname-successor":
      return { successor: false, of }
  }
}

/** `now` in milliseconds since 1970: people choose a span, the policy holds a time. */
export function editOfRule(edit: RuleEdit, { now, policy, offered }: EditParts): PolicyEdit {
  if (edit.set === "expiry") return { set: "expiry", to: edit.to === undefined ? undefined : now + edit.to }
  if (edit.set !== "organisation") return edit
  const others = policy.issuers.filter(({ issuer }) => issuer !== edit.id)
  const added = edit.to ? offered.filter(({ issuer }) => issuer === edit.id) : []
  return { set: "issuers", to: [...others, ...added] }
}

interface EditParts {
  readonly now: number
  readonly policy: PolicyView
  /** What this server is set up with. It counts for nothing until a host says so. */
  readonly offered: readonly Issuer[]
}

/** What everyone may read. `hosts`: names of those who are here. */
export function rulesViewOf(policy: PolicyView, { hosts, offered }: { hosts: readonly string[]; offered: readonly Issuer[] }): RulesView {
  const counting = policy.issuers.map(({ issuer }) => issuer)
  const ids = new Set([...counting, ...(policy.canSign ? offered.map(({ issuer }) => issuer) : [])])
  const organisations = [...ids].map((id) => ({ id, name: hostOf(id), doesCount: counting.includes(id) }))
  return { hasLink: policy.kind === "link", rules: rulesOf(policy), canEdit: policy.canSign, hosts, organisations }
}

function rulesOf(policy: PolicyView): Rules {
  const { waitingRoom, isLocked, joinBeforeHost, share, joinAs, minimumLevel, isSingleUse, expiry, topic, hasPassword } = policy
  return {
    waitingRoom,
    isLocked,
    joinBeforeHost,
    share,
    joinAs,
    minimumLevel,
    isSingleUse,
    hasPassword,
    ...(expiry === undefined ? {} : { expiry }),
    ...(topic === undefined ? {} : { topic }),
  }
}

/** An issuer as people know it. The policy holds only web addresses; what is none stands as it is. */
export function hostOf(issuer: string): string {
  return URL.parse(issuer)?.host ?? issuer
}
