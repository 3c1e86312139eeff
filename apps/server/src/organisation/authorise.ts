/** Who may do what (D36.16). One function, deny by default; the matrix test and `npm run prove:roles` print all of it. */

import { byOrganisationRole, byTeamRole, type AccountId, type Permission, type Scope, type TeamId } from "@conclave/api"
import type { HeldRole } from "./held-role.ts"

export type Subject =
  | { readonly kind: "anonymous" }
  | { readonly kind: "account"; readonly account: AccountId; readonly roles: readonly HeldRole[] }
  | { readonly kind: "key"; readonly team: TeamId; readonly scopes: readonly Scope[] }

/** What something is done to. No team: the organisation as a whole, so a role of one team does not reach it. */
export interface Target {
  readonly team?: TeamId | undefined
  readonly account?: AccountId | undefined
}

export type Verdict = "allowed" | "denied"

/** Whether a subject may do a thing to a target. Deny by default: what no line of the two tables allows is denied. */
export function authorise(subject: Subject, permission: Permission, target: Target): Verdict {
  if (permission === "nobody-signed-in") return "allowed"
  switch (subject.kind) {
    case "anonymous":
      return "denied"
    case "key":
      return verdict(target.team === subject.team && subject.scopes.some((scope) => scope === permission))
    case "account":
      if (permission === "own") return verdict(target.account === undefined || target.account === subject.account)
      return verdict(subject.roles.some((held) => permits(held, permission, target)))
  }
}

function permits(held: HeldRole, permission: Permission, { team }: Target): boolean {
  if (!("team" in held)) return byOrganisationRole[held.role].includes(permission)
  return held.team === team && byTeamRole[held.role].includes(permission)
}

/** The teams that a subject may do a thing in; "all": any, and what belongs to none. For lists without a named team. */
export function teamsWith(subject: Subject, permission: Permission): "all" | readonly TeamId[] {
  if (subject.kind === "anonymous") return []
  const named = subject.kind === "key" ? [subject.team] : subject.roles.flatMap((held) => ("team" in held ? held.team : []))
  if (authorise(subject, permission, {}) === "allowed") return "all"
  return named.filter((team) => authorise(subject, permission, { team }) === "allowed")
}

const verdict = (isAllowed: boolean): Verdict => (isAllowed ? "allowed" : "denied")
