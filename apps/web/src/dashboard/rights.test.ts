import { expect, test } from "vitest"
import { teamFixtures, visitFixtures } from "./dashboard.fixtures.ts"
import { partsOffered } from "./parts-offered.ts"
import { may, mayActOn, rolesToGive, teamsWith, type Holder } from "./rights.ts"

const { press, council } = teamFixtures
const teams = [press, council]
const holder = (role: Holder["role"], inTeams: Holder["teams"] = []): Holder => ({ role, teams: inTeams })
const manager = holder("member", [{ team_id: press.id, role: "team-manager" }])
const { account: member } = visitFixtures.member

test("D41.30: every part is offered to those who may see it, and to nobody else", () => {
  const all = ["rooms", "live", "people", "teams", "keys", "webhooks", "usage", "health"]
  expect(partsOffered(holder("owner"))).toEqual(all)
  expect(partsOffered(holder("auditor"))).toEqual(all)
  expect(partsOffered(manager)).toEqual(all.slice(0, -1))
  expect(partsOffered(member)).toEqual(["rooms", "live", "people", "teams"])
  expect(partsOffered(holder("member"))).toEqual([])
})

test("D41.30, D6: a role in one team offers nothing in another, and opening a room to the server is for who manages it", () => {
  expect(may(manager, "rooms.make-transport-only", press.id)).toBe(true)
  expect(may(manager, "rooms.make-transport-only", council.id)).toBe(false)
  expect(may(member, "rooms.write", press.id)).toBe(true)
  expect(may(member, "rooms.make-transport-only", press.id)).toBe(false)
  expect(teamsWith(manager, "keys.write", teams)).toEqual([press])
  expect(teamsWith(holder("admin"), "keys.write", teams)).toEqual(teams)
  expect(teamsWith(holder("auditor"), "keys.write", teams)).toEqual([])
})

test("D41.30, D36.17: nobody is offered a role above their own, or an act on somebody above them", () => {
  expect(rolesToGive(holder("admin"))).not.toContain("owner")
  expect(mayActOn(holder("admin"), "owner")).toBe(false)
  expect(mayActOn(holder("owner"), "owner")).toBe(true)
  expect(mayActOn(manager, "member")).toBe(false)
  expect(rolesToGive(manager)).toEqual(["member"])
})
