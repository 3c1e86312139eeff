import { afterEach, beforeEach, expect, test } from "vitest"
import { allOperations } from "@conclave/api"
import { House } from "../house.fixture.ts"
import { goodPassword, joinedBy, newTeamBy, Person, setUpOwner } from "./people.fixture.ts"

const clock = { now: Date.parse("2026-11-21T12:00:00Z") }
const now = () => clock.now
const hours = (n: number) => void (clock.now += n * 3_600_000)
let house: House
let owner: Person

beforeEach(async () => {
  house = await House.open({ now })
  owner = await setUpOwner(house)
})
afterEach(() => house[Symbol.asyncDispose]())

const selfOf = ({ email, name }: Person) => ({ email, name, password: goodPassword })

test("D36.2: an invitation says what it is for, makes one account, and lasts a week", async () => {
  const red = await newTeamBy(owner, "Red")
  const invited = (await owner.ask("POST /invitations", { team_id: red, team_role: "team-manager" })).body
  const token = String(invited["token"])
  expect(invited["url"]).toBe(`${house.origin}/invitation#${token}`)
  const ben = new Person(house, "Ben")
  expect((await ben.ask("POST /invitations/look", { token })).body).toEqual({
    organisation: "Rosen",
    kind: "new-account",
    role: "member",
    team: { name: "Red", role: "team-manager" },
  })
  expect((await ben.ask("POST /invitations/accept", { token, ...selfOf(ben) })).status).toBe(201)
  expect((await ben.ask("GET /account")).body).toMatchObject({ role: "member", teams: [{ team_id: red, role: "team-manager" }] })
  const eve = new Person(house, "Eve")
  expect((await eve.ask("POST /invitations/accept", { token, ...selfOf(eve) })).code).toBe("link-used")
  const late = (await owner.ask("POST /invitations", {})).body["token"]
  hours(7 * 24)
  expect((await eve.ask("POST /invitations/look", { token: late })).code).toBe("link-used")
  expect((await eve.ask("POST /invitations/accept", { token: late, ...selfOf(eve) })).code).toBe("link-used")
})

test("D36.2: a withdrawn invitation opens nothing, and a list of them shows no token", async () => {
  const { id, token } = (await owner.ask("POST /invitations", {})).body
  const listed = (await owner.ask("GET /invitations")).body
  expect(listed).toMatchObject({ data: [{ id, role: "member", kind: "new-account" }], total_count: 1 })
  expect(JSON.stringify(listed)).not.toContain(token)
  expect((await owner.ask(`DELETE /invitations/${String(id)}`)).status).toBe(204)
  const eve = new Person(house, "Eve")
  expect((await eve.ask("POST /invitations/accept", { token, ...selfOf(eve) })).code).toBe("link-used")
})

test("D36.17, A4.02: nobody invites to more than they are", async () => {
  const [red, blue] = [await newTeamBy(owner, "Red"), await newTeamBy(owner, "Blue")]
  const admin = await joinedBy(house, owner, { name: "Adam", role: "admin" })
  const manager = await joinedBy(house, owner, { name: "Mia", team: red, teamRole: "team-manager" })
  const member = await joinedBy(house, owner, { name: "Ben", team: red })
  const auditor = await joinedBy(house, owner, { name: "Audrey", role: "auditor" })
  const code = async (by: Person, body: object) => (await by.ask("POST /invitations", body)).code
  expect(await code(admin, { role: "owner" })).toBe("role-not-yours")
  expect(await code(admin, { role: "admin" })).toBeUndefined()
  expect(await code(manager, { team_id: red, team_role: "team-manager" })).toBeUndefined()
  expect(await code(manager, { team_id: red, role: "auditor" })).toBe("role-not-yours")
  expect(await code(manager, { team_id: red, role: "admin" })).toBe("role-not-yours")
  expect(await code(manager, { team_id: blue })).toBe("not-found")
  expect(await code(manager, {})).toBe("denied")
  expect([await code(member, { team_id: red }), await code(auditor, {})]).toEqual(["denied", "denied"])
})

test("D36.17, A4.02: nobody raises themselves, and an admin changes no owner", async () => {
  const admin = await joinedBy(house, owner, { name: "Adam", role: "admin" })
  const [adminId, ownerId] = [await admin.id(), await owner.id()]
  expect((await admin.ask(`PATCH /people/${adminId}`, { role: "owner" })).code).toBe("role-not-yours")
  for (const request of [`DELETE /people/${ownerId}`, `DELETE /people/${ownerId}/sessions`, `POST /people/${ownerId}/recovery`] as const)
    expect((await admin.ask(request)).code).toBe("role-not-yours")
  expect((await admin.ask(`PATCH /people/${ownerId}`, { role: "member" })).code).toBe("role-not-yours")
  expect((await admin.ask("PATCH /account", { name: "Adam", role: "owner" })).code).toBe("invalid")
  expect((await admin.ask("GET /account")).body).toMatchObject({ role: "admin" })
})

test("D36.17: there is always an owner", async () => {
  const id = await owner.id()
  expect((await owner.ask(`PATCH /people/${id}`, { role: "admin" })).code).toBe("last-owner")
  expect((await owner.ask(`DELETE /people/${id}`)).code).toBe("last-owner")
  const second = await joinedBy(house, owner, { name: "Ada", role: "owner" })
  expect((await second.ask(`PATCH /people/${id}`, { role: "member" })).status).toBe(200)
  await owner.logIn()
  expect((await owner.ask(`DELETE /people/${await second.id()}`)).code).toBe("denied")
})

test("A4.01: a team's people see that team's people, with nothing of other teams, and nobody else", async () => {
  const [red, blue] = [await newTeamBy(owner, "Red"), await newTeamBy(owner, "Blue")]
  const both = await joinedBy(house, owner, { name: "Both", team: red })
  const ben = await joinedBy(house, owner, { name: "Ben", team: red })
  const eve = await joinedBy(house, owner, { name: "Eve", team: blue })
  const bothId = await both.id()
  await owner.ask(`PUT /teams/${blue}/members/${bothId}`, { role: "team-manager" })
  expect((await ben.ask(`GET /people/${bothId}`)).body).toMatchObject({ teams: [{ team_id: red, role: "member" }] })
  const seen = (await ben.ask("GET /people")).body as { data: { name: string }[]; total_count: number }
  expect([seen.data.map(({ name }) => name).sort(), seen.total_count]).toEqual([["Ben", "Both"], 2])
  for (const request of [
    `GET /people/${await eve.id()}`,
    `GET /people/${await owner.id()}`,
    `GET /teams/${blue}`,
    `GET /teams/${blue}/members`,
    `GET /people?team_id=${blue}`,
  ] as const)
    expect([request, (await ben.ask(request)).code]).toEqual([request, "not-found"])
  expect((await ben.ask("GET /teams")).body).toMatchObject({ data: [{ id: red }], total_count: 1 })
})

test("A4.02: no write takes a field that is not its own", async () => {
  const extras = { role_id: 1, is_admin: true, org_id: "x", roles: ["owner"], owner: true, account: "x" }
  for (const { id, body } of allOperations) {
    if (body === undefined) continue
    for (const [name, value] of Object.entries(extras)) {
      if (name in body.shape) continue
      const { error } = body.safeParse({ [name]: value })
      expect([id, name, error?.issues.some((issue) => issue.code === "unrecognized_keys" && issue.keys.includes(name))]).toEqual([
        id,
        name,
        true,
      ])
    }
  }
  const { code, body } = await owner.ask("POST /teams", { name: "Red", is_admin: true })
  expect([code, body["errors"]]).toEqual(["invalid", { is_admin: ["There is no such field"] }])
})

test("A4.07, D36.15: an admin's link gives somebody a new password and voids all they logged in with; it is logged with both names", async () => {
  const admin = await joinedBy(house, owner, { name: "Adam", role: "admin" })
  const ben = await joinedBy(house, owner, { name: "Ben" })
  await ben.addApp(now)
  const [benId, adminId] = [await ben.id(), await admin.id()]
  const { token, kind, account_id } = (await admin.ask(`POST /people/${benId}/recovery`)).body
  expect([kind, account_id]).toEqual(["recovery", benId])
  expect((await ben.ask("GET /account")).status).toBe(200)
  const anew = new Person(house, "Ben")
  expect((await anew.ask("POST /invitations/recover", { token, password: "password12" })).code).toBe("password-refused")
  const password = "another fine sentence"
  expect((await anew.ask("POST /invitations/recover", { token, password })).status).toBe(200)
  expect((await anew.ask("GET /account")).body).toMatchObject({ has_authenticator_app: false, recovery_codes_left: 0, passkeys: 0 })
  expect((await ben.ask("GET /account")).status).toBe(401)
  expect((await new Person(house, "Ben").logIn()).code).toBe("login-refused")
  expect((await anew.ask("POST /invitations/recover", { token, password })).code).toBe("link-used")
  const line = house.log.find((one) => one.includes(" recovered "))
  expect([line?.includes(`account=${benId}`), line?.includes(`by=${adminId}`)]).toEqual([true, true])
})

test("A4.07, D36.15: that link lasts a day, is replaced by the next, and makes no second account", async () => {
  const ben = await joinedBy(house, owner, { name: "Ben" })
  const recovery = async () => (await owner.ask(`POST /people/${await ben.id()}/recovery`)).body["token"]
  const [first, second] = [await recovery(), await recovery()]
  const anew = new Person(house, "Anew")
  const password = "another fine sentence"
  expect((await anew.ask("POST /invitations/recover", { token: first, password })).code).toBe("link-used")
  expect((await anew.ask("POST /invitations/accept", { token: second, ...selfOf(anew) })).code).toBe("link-used")
  hours(24)
  expect((await anew.ask("POST /invitations/recover", { token: second, password })).code).toBe("link-used")
  const invitation = (await new Person(house, "Olga").ask("POST /login", { email: owner.email, password: goodPassword })).status
  expect(invitation).toBe(200)
})

test("D36.17: who loses a role loses the invitations given with it", async () => {
  const admin = await joinedBy(house, owner, { name: "Adam", role: "admin" })
  const { token } = (await admin.ask("POST /invitations", { role: "admin" })).body
  await owner.ask(`PATCH /people/${await admin.id()}`, { role: "member" })
  const eve = new Person(house, "Eve")
  expect((await eve.ask("POST /invitations/accept", { token, ...selfOf(eve) })).code).toBe("link-used")
})

test("D36.2: an address belongs to one account", async () => {
  const { token } = (await owner.ask("POST /invitations", {})).body
  const eve = new Person(house, "Eve")
  expect((await eve.ask("POST /invitations/accept", { token, ...selfOf(eve), email: "OLGA@example.org" })).code).toBe("email-taken")
  expect((await eve.ask("POST /invitations/accept", { token, ...selfOf(eve) })).status).toBe(201)
})

test("D36.16: a team with rooms or keys is not deleted, an empty one is", async () => {
  const red = await newTeamBy(owner, "Red")
  expect((await owner.ask("POST /keys", { team_id: red, name: "k", scopes: ["rooms.read"] })).status).toBe(201)
  expect((await owner.ask(`DELETE /teams/${red}`)).code).toBe("team-in-use")
  const blue = await newTeamBy(owner, "Blue")
  expect((await owner.ask(`PATCH /teams/${blue}`, { name: "Navy" })).body).toMatchObject({ name: "Navy" })
  expect((await owner.ask(`DELETE /teams/${blue}`)).status).toBe(204)
  expect((await owner.ask(`GET /teams/${blue}`)).code).toBe("not-found")
})
