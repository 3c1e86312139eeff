/** The security and people panels: the MLS roster and what this device's keys say. Pure. */

import type { InView, MemberView, Person } from "@conclave/call"
import { fromBase64url } from "@conclave/wire"
import type { Counts } from "../frame-worker/messages.ts"
import type { KeyChange, PersonAct, RefusedFrames, RosterEntry, SealKind, SecurityView } from "../view/security.ts"
import { isMuted } from "./call-view.ts"
import { actsFor, hostOf, wishFor } from "./room-rules.ts"
import { whoOf, type WhoParts } from "./who.ts"

export interface SecurityParts {
  /** Of our own server. */
  readonly origin: string
  readonly now: number
  readonly counts: Counts
  readonly keysChanged: { readonly at: number; readonly why: KeyChange }
  readonly comparison: SecurityView["comparison"]
  readonly who: WhoParts
  readonly pairDigits: (person: Person) => string | undefined
  readonly devices: SecurityView["devices"]
}

export function securityViewOf(view: InView, parts: SecurityParts): SecurityView {
  const { now, counts, keysChanged, comparison, devices } = parts
  return {
    room: sealKindOf(view.policy, parts.origin),
    roster: view.members.map((member) => entryOf(view, member, parts)),
    words: view.words,
    digits: view.digits,
    comparison,
    blocked: view.blocked.map(({ device, name }) => ({ id: device, ...(name === undefined ? {} : { name }) })),
    canTakeOver: view.canTakeOver,
    devices,
    keysChanged: { minutesAgo: Math.floor((now - keysChanged.at) / 60_000), why: keysChanged.why },
    details: {
      epoch: view.epoch,
      group: groupText(view.call),
      refused: refusedOf(view, counts),
      outsideWindow: counts.outsideWindow,
      heartbeatWindow: Math.round(view.silenceWindow / 1000),
    },
  }
}

/** D39.37: a policy that names our own server names no provider. */
export function sealKindOf({ kind, issuers }: Pick<InView["policy"], "kind" | "issuers">, origin: string): SealKind {
  if (kind !== "identity") return { kind }
  return { kind, providers: issuers.filter(({ issuer }) => issuer !== origin).map(({ issuer }) => hostOf(issuer)) }
}

function entryOf(view: InView, member: MemberView, { who, pairDigits }: SecurityParts): RosterEntry {
  const { person, isSelf, isQuiet, role } = member
  const digits = person === undefined || isSelf ? undefined : pairDigits(person)
  const acts = actsOn(view, member)
  const wish = wishFor(person?.wish, role, acts)
  return {
    id: member.member,
    who: person === undefined ? { known: false } : whoOf(person, who),
    isSelf,
    isMuted: isMuted(member),
    isSilent: isQuiet,
    // Who has no verified name has no role to show.
    role: role ?? "member",
    isSuccessor: isSuccessor(view, member),
    acts,
    ...(wish === undefined ? {} : { wish }),
    ...(digits === undefined ? {} : { pairDigits: digits }),
  }
}

export const isSuccessor = ({ policy }: InView, { person }: MemberView): boolean =>
  person !== undefined && policy.successors.includes(person.device)

function actsOn(view: InView, member: MemberView): PersonAct[] {
  const { canSign, hosts, joinAs } = view.policy
  const pair = { me: view.role, canSign, hostCount: hosts.length, joinAs }
  const acts = actsFor({ ...pair, them: member.role ?? "member", isSelf: member.isSelf, isSuccessor: isSuccessor(view, member) })
  // Who has no proved device has no role to be given (D4.13).
  return member.person === undefined ? acts.filter((act) => act === "remove") : acts
}

function refusedOf(view: InView, counts: Counts): RefusedFrames[] {
  return Object.entries(counts.refused).map(([leaf, refusals]) => ({
    name: view.members.find((member) => member.leaf === Number(leaf))?.person?.name,
    ...refusals,
  }))
}

/** The call id as people compare hexadecimal: groups of four. */
function groupText(call: string): string {
  const hex = [...(fromBase64url(call) ?? [])].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.match(/.{1,4}/g)?.join(" ") ?? ""
}
