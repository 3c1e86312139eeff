import fc from "fast-check"
import { expect, test } from "vitest"
import type { AccountId, TeamId } from "@conclave/api"
import { organisationRoles, teamRoles, type OrganisationRole } from "./held-role.ts"
import { mayActOn, mayGiveRole, mayGiveTeamRole } from "./roles.ts"

const [ada, ben] = ["ada" as AccountId, "ben" as AccountId]
const [red, blue] = ["red" as TeamId, "blue" as TeamId]
const person = (role: OrganisationRole, account = ada) => ({ account, roles: [{ role }] })
const manager = { account: ada, roles: [{ role: "member" as const }, { role: "team-manager" as const, team: red }] }

const role = fc.constantFrom(...organisationRoles)
const rank = (of: OrganisationRole) => organisationRoles.indexOf(of)

test("D36.17, A4.02: nobody raises themselves, whoever they are", () => {
  fc.assert(
    fc.property(role, role, (own, after) => {
      expect(mayGiveRole(person(own), { of: ada, before: own, after })).toBe(rank(after) >= rank(own))
    }),
  )
})

test("D36.17, A4.02: nobody gives a role above their own, or changes somebody above them", () => {
  fc.assert(
    fc.property(role, fc.option(role, { nil: undefined }), role, (own, before, after) => {
      const isAllowed = mayGiveRole(person(own), { of: ben, after, ...(before === undefined ? {} : { before }) })
      const isOrganiser = own === "owner" || own === "admin"
      expect(isAllowed).toBe(isOrganiser && rank(after) >= rank(own) && (before === undefined || rank(before) >= rank(own)))
    }),
  )
})

test("D36.17: an admin invites anew whom it may have made, so never an owner", () => {
  expect(organisationRoles.filter((of) => mayActOn(person("owner"), of))).toEqual(organisationRoles)
  expect(organisationRoles.filter((of) => mayActOn(person("admin"), of))).toEqual(["admin", "auditor", "member"])
  for (const own of ["auditor", "member"] as const) expect(organisationRoles.filter((of) => mayActOn(person(own), of))).toEqual([])
})

test("D36.17: a team's manager has a say in that team only, and a member in none", () => {
  for (const after of [...teamRoles, undefined]) {
    expect(mayGiveTeamRole(manager, { team: red, of: ben, after })).toBe(true)
    expect(mayGiveTeamRole(manager, { team: blue, of: ben, after })).toBe(false)
    const member = { account: ada, roles: [{ role: "member" as const }, { role: "member" as const, team: red }] }
    expect(mayGiveTeamRole(member, { team: red, of: ben, after })).toBe(false)
    expect(mayGiveTeamRole(person("auditor"), { team: red, of: ben, after })).toBe(false)
    expect(mayGiveTeamRole(person("admin"), { team: red, of: ben, after })).toBe(true)
  }
})

test("D36.17, A4.02: a member of a team does not make itself its manager, and a stranger does not join by itself", () => {
  const member = { account: ada, roles: [{ role: "member" as const }, { role: "member" as const, team: red }] }
  expect(mayGiveTeamRole(member, { team: red, of: ada, after: "team-manager" })).toBe(false)
  expect(mayGiveTeamRole(member, { team: blue, of: ada, after: "member" })).toBe(false)
  expect(mayGiveTeamRole(member, { team: red, of: ada, after: undefined })).toBe(true)
})
