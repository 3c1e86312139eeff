/** Who may do what, as a table made from the list of operations and from `authorise` (D36.16). Printed by `npm run prove:roles`. */

import { allOperations, scopes, type AccountId, type Operation, type Permission, type TeamId } from "@conclave/api"
import { authorise, type Subject } from "./authorise.ts"

const own = "own team" as TeamId
const other = "other team" as TeamId
const self = "self" as AccountId

const account = (roles: Extract<Subject, { kind: "account" }>["roles"]): Subject => ({ kind: "account", account: self, roles })

/** Everybody there is. Whoever is in a team is a member of the organisation. */
export const subjects = {
  nobody: { kind: "anonymous" },
  member: account([{ role: "member" }]),
  "team member": account([{ role: "member" }, { role: "member", team: own }]),
  "team-manager": account([{ role: "member" }, { role: "team-manager", team: own }]),
  auditor: account([{ role: "auditor" }]),
  admin: account([{ role: "admin" }]),
  owner: account([{ role: "owner" }]),
  key: { kind: "key", team: own, scopes },
} as const satisfies Record<string, Subject>

export type SubjectName = keyof typeof subjects
export const subjectNames = Object.keys(subjects) as SubjectName[]

/** How far a permission reaches: everything, the subject's own team, its own account, nothing. */
export type Reach = "all" | "team" | "self" | "-"

export function reachOf(name: SubjectName, permission: Permission): Reach {
  const subject = subjects[name]
  const may = (target: { team?: TeamId; account?: AccountId }) => authorise(subject, permission, target) === "allowed"
  if (permission === "own") return may({ account: self }) ? "self" : "-"
  if (may({}) && may({ team: other })) return "all"
  return may({ team: own }) ? "team" : "-"
}

/** Whether an operation is about one team's things. Else it is about oneself, or about the organisation as a whole. */
export const isOfTeam = ({ path, query, body, needs }: Operation): boolean =>
  /\{(team|room|key|invitation|webhook)\}/.test(path) ||
  // Somebody is seen by way of a team that one is in; changing them takes a role of the organisation.
  (needs === "people.read" && path.includes("{account}")) ||
  [query, body].some((fields) => fields !== undefined && "team_id" in fields.shape)

/** Whether it shows as much as the asker may see, whichever team that is of. */
export const isList = ({ path, query }: Operation): boolean => query !== undefined && !path.includes("{")

/** How far one operation reaches: a right within a team is none where no team is concerned. */
export function operationReach(name: SubjectName, operation: Operation): Reach {
  const reach = reachOf(name, operation.needs)
  return reach === "team" && !isOfTeam(operation) && !isList(operation) ? "-" : reach
}

export type MatrixRow = { readonly operation: Operation } & Readonly<Record<SubjectName, Reach>>

export const roleMatrix = (): MatrixRow[] =>
  allOperations.map((operation) => {
    const cells = subjectNames.map((name) => [name, operationReach(name, operation)] as const)
    return { operation, ...(Object.fromEntries(cells) as Record<SubjectName, Reach>) }
  })
