import { expect, test } from "vitest"
import type { Fact, InView, Leaf, Person } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import { hostingActs } from "./hosting.ts"
import { policyOf } from "./policy.fixture.ts"

const person = (name: string): Person => ({ member: name as MemberId, name, device: `${name}'s device`, since: 0, level: "guest" })
const waiting = (name: string) => ({ member: name as MemberId, person: person(name), since: 0 })

/** Acts in a call with Ben at leaf 1 and these at the door, and the facts they became. */
function hosting(atDoor: string[] = []) {
  const said: Fact[] = []
  const view = { members: [{ member: "ben", leaf: 1 as Leaf }], atDoor: atDoor.map(waiting), policy: policyOf() } as unknown as InView
  let wishes = 0
  const chosen: string[] = []
  const acts = hostingActs({
    view: () => view,
    say: (fact) => said.push(fact),
    offered: () => [],
    linkWished: () => wishes++,
    choosePassword: (text) => chosen.push(text),
  })
  return { acts, said, chosen, wishes: () => wishes }
}

test("L20: all who are shown are let in by name, so that whoever comes during the press waits", () => {
  const { acts, said } = hosting(["mira", "ola"])
  acts.door.admitAll()
  expect(said).toEqual([{ type: "admit-asked", members: ["mira", "ola"] }])
})

test("D17.31: refusing and blocking are told apart", () => {
  const { acts, said } = hosting(["mira"])
  acts.door.refuse("mira")
  acts.door.block("mira")
  expect(said).toEqual([
    { type: "refuse-asked", member: "mira", isBlocked: false },
    { type: "refuse-asked", member: "mira", isBlocked: true },
  ])
})

test("D4.13: acts on somebody who has gone meanwhile ask for nothing", () => {
  const { acts, said } = hosting()
  acts.people.act("nobody", "remove")
  acts.people.act("ben", "remove")
  acts.people.act("ben", "make-co-host")
  expect(said).toEqual([
    { type: "remove-asked", leaf: 1 },
    { type: "policy-asked", edit: { role: "co-host", of: 1 } },
  ])
})

test("D4.15: asking for a new link is remembered, so that it can be copied when it comes", () => {
  const { acts, said, wishes } = hosting()
  acts.rules.replaceLink()
  expect(said).toEqual([{ type: "policy-asked", edit: { newSecret: true } }])
  expect(wishes()).toBe(1)
})

test("D18.9: a password goes to the key worker, and no fact for the machine holds it", () => {
  const { acts, said, chosen } = hosting()
  acts.rules.setPassword("open sesame")
  expect(chosen).toEqual(["open sesame"])
  expect(said).toEqual([])
  acts.rules.setPassword(undefined)
  expect(said).toEqual([{ type: "policy-asked", edit: { set: "password", to: false } }])
})
