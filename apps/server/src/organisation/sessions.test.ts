import { afterEach, beforeEach, expect, test } from "vitest"
import { allOperations, basePath } from "@conclave/api"
import { House } from "../house.fixture.ts"
import { goodPassword, joinedBy, newTeamBy, Person, setUpOwner } from "./people.fixture.ts"

const clock = { now: Date.parse("2026-11-21T12:00:00Z") }
const now = () => clock.now
const minutes = (n: number) => void (clock.now += n * 60_000)
let house: House
let owner: Person

beforeEach(async () => {
  house = await House.open({ now })
  owner = await setUpOwner(house)
})
afterEach(() => house[Symbol.asyncDispose]())

const isIn = async (person: Person) => (await person.ask("GET /account")).status === 200

/** The same person with the cookie of this moment: what a thief has. */
function stolen(person: Person): Person {
  const thief = new Person(house, person.name)
  thief.cookie = person.cookie
  return thief
}

test("D36.7: the cookie is for this host's requests alone, and no script reads it", async () => {
  const [cookie = ""] = (await new Person(house, "Olga").logIn()).headers.getSetCookie()
  expect(cookie).toMatch(/^conclave=[\w-]{43}; Path=\/; HttpOnly; SameSite=(Strict|Lax); Max-Age=\d+$/)
})

test("A4.15: logging in gives another token each time and adopts none that was planted", async () => {
  const person = new Person(house, "Olga")
  person.cookie = `conclave=${"A".repeat(43)}`
  const planted = stolen(person)
  expect((await person.logIn()).status).toBe(200)
  expect(person.cookie).not.toBe(planted.cookie)
  expect(await isIn(planted)).toBe(false)
  const before = stolen(person)
  await person.logIn()
  expect(await isIn(person)).toBe(true)
  expect(await isIn(before)).toBe(false)
})

test("A4.15, D36.10: a session is over after logging out, here, elsewhere and everywhere", async () => {
  const [phone, laptop, tablet] = [new Person(house, "Olga"), new Person(house, "Olga"), new Person(house, "Olga")]
  for (const each of [phone, laptop, tablet]) await each.logIn()
  const before = stolen(phone)
  expect((await phone.ask("POST /logout")).status).toBe(204)
  expect([phone.cookie, await isIn(before)]).toEqual([undefined, false])
  const { data } = (await laptop.ask("GET /sessions")).body as { data: { id: string; is_this: boolean }[] }
  expect(data.map(({ is_this }) => is_this).filter(Boolean)).toHaveLength(1)
  expect(data).toHaveLength(3)
  for (const { id, is_this } of data) if (!is_this) expect((await laptop.ask(`DELETE /sessions/${id}`)).status).toBe(204)
  expect([await isIn(laptop), await isIn(tablet), await isIn(owner)]).toEqual([true, false, false])
  await tablet.logIn()
  expect((await tablet.ask("DELETE /sessions")).status).toBe(204)
  expect([await isIn(laptop), await isIn(tablet)]).toEqual([false, false])
})

test("A4.15: nobody ends another's session, or learns that it is there", async () => {
  const ben = await joinedBy(house, owner, { name: "Ben" })
  const { data } = (await owner.ask("GET /sessions")).body as { data: { id: string }[] }
  expect((await ben.ask(`DELETE /sessions/${data[0]?.id ?? ""}`)).code).toBe("not-found")
  expect(await isIn(owner)).toBe(true)
})

test("A4.15, D36.8: whoever changes what they log in with keeps this session, under another token, and no other", async () => {
  const changes: ((person: Person) => Promise<unknown>)[] = [
    (person) => person.ask("PUT /account/password", { password: goodPassword }),
    (person) => person.addApp(now),
    (person) => person.ask("DELETE /account/authenticator-app"),
    (person) => person.ask("POST /sessions/end-others"),
  ]
  for (const change of changes) {
    const other = new Person(house, "Olga")
    const half = await other.logIn()
    const before = stolen(owner)
    await change(owner)
    expect(await isIn(owner)).toBe(true)
    expect([await isIn(before), half.body["next"] === "signed-in" && (await isIn(other))]).toEqual([false, false])
  }
})

test("A4.15, D36.8: another role ends somebody's sessions, and the same role again does not", async () => {
  const red = await newTeamBy(owner, "Red")
  const ben = await joinedBy(house, owner, { name: "Ben" })
  const id = await ben.id()
  await owner.ask(`PATCH /people/${id}`, { role: "member" })
  expect(await isIn(ben)).toBe(true)
  await owner.ask(`PATCH /people/${id}`, { role: "auditor" })
  expect(await isIn(ben)).toBe(false)
  await ben.logIn()
  await owner.ask(`PUT /teams/${red}/members/${id}`, { role: "member" })
  expect(await isIn(ben)).toBe(false)
})

test("D36.7: a session ends when nobody comes for 12 hours, and after 30 days whatever happens", async () => {
  minutes(12 * 60 - 1)
  expect(await isIn(owner)).toBe(true)
  minutes(12 * 60 - 1)
  expect(await isIn(owner)).toBe(true)
  minutes(12 * 60)
  expect(await isIn(owner)).toBe(false)
  await owner.logIn()
  for (let half = 0; half < 59; half++) {
    minutes(11 * 60 + 59)
    expect(await isIn(owner)).toBe(true)
  }
  minutes(11 * 60 + 59)
  minutes(60)
  expect(await isIn(owner)).toBe(false)
})

test("D36.9: what decides who may get in needs a proof not older than 15 minutes; showing the password gives one", async () => {
  minutes(15)
  const guarded = allOperations.filter(({ needsFreshLogin }) => needsFreshLogin === true)
  expect(guarded.length).toBeGreaterThan(15)
  const id = await owner.id()
  for (const { method, path } of guarded) {
    const filled = path.replaceAll(/\{\w+\}/g, id) as `/${string}`
    expect([method, path, (await owner.ask(`${method} ${filled}`, method === "GET" ? undefined : {})).code]).toEqual([
      method,
      path,
      "fresh-login-needed",
    ])
  }
  expect((await owner.ask("GET /account")).status).toBe(200)
  const before = stolen(owner)
  expect((await owner.ask("POST /sessions/prove", { password: "wrong password" })).code).toBe("login-refused")
  expect((await owner.ask("POST /account/authenticator-app")).code).toBe("fresh-login-needed")
  await owner.prove()
  expect((await owner.ask("POST /account/authenticator-app")).status).toBe(200)
  expect(await isIn(before)).toBe(false)
})

test("D36.9: every change of password, factors, passkeys, keys, roles and people demands that proof", () => {
  const must =
    /^(change|set|remove|delete|renew|begin|confirm|add|askNew|create|rotate|revoke|invite)(Password|AuthenticatorApp|RecoveryCodes|Passkey|Key|Person|PersonAnew|TeamMember)$/
  const unguarded = allOperations.filter(({ id, needsFreshLogin }) => must.test(id) && needsFreshLogin !== true)
  expect(unguarded.map(({ id }) => id)).toEqual([])
})

test("D36.9: where logging in needs a code, so does the proof", async () => {
  const { app } = await owner.addApp(now)
  minutes(15)
  expect((await owner.ask("POST /sessions/prove", { password: goodPassword })).code).toBe("code-refused")
  expect((await owner.ask("POST /sessions/prove", { password: goodPassword, code: "000000" })).code).toBe("code-refused")
  expect((await owner.ask("POST /sessions/prove", { password: goodPassword, code: app() })).status).toBe(204)
})

test("A4.08: who stole a session guesses the password no oftener than anybody", async () => {
  const codes = []
  for (let n = 0; n < 11; n++) codes.push((await owner.ask("POST /sessions/prove", { password: "wrong password" })).code)
  expect(codes).toEqual([...Array<string>(10).fill("login-refused"), "too-many"])
  expect((await new Person(house, "Olga").logIn()).code).toBe("too-many")
})

test("A4.03: nothing is changed for a page of another site, whoever's cookie the browser adds", async () => {
  const unsafe = allOperations.filter(({ method }) => method !== "GET")
  expect(unsafe.length).toBeGreaterThan(40)
  for (const { method, path } of unsafe) {
    for (const origin of ["https://evil.example", "null", `${house.origin}.evil.example`, "http://localhost"]) {
      const headers = { origin, cookie: owner.cookie ?? "", "content-type": "application/json" }
      const { status } = await fetch(house.origin + basePath + path, { method, headers, body: "{}" })
      expect([method, path, origin, status]).toEqual([method, path, origin, 403])
    }
  }
  expect(await isIn(owner)).toBe(true)
})

test("D36.4, D36.11: what a thief of the database or the log finds opens nothing", async () => {
  const begun = (await owner.ask("POST /account/authenticator-app")).body
  const { codes } = await owner.addApp(now)
  const invited = (await owner.ask("POST /invitations", {})).body
  const secrets = [
    goodPassword,
    owner.cookie?.split("=")[1],
    begun["secret"],
    begun["ticket"],
    invited["token"],
    house.setupToken,
    ...codes,
    codes[0]?.replaceAll("-", ""),
  ]
  expect(secrets.every((secret) => typeof secret === "string" && secret.length > 8)).toBe(true)
  const kept = await house.everythingKept()
  for (const secret of secrets) expect(kept.includes(String(secret))).toBe(false)
  for (const secret of secrets) expect(house.log.join("")).not.toContain(secret)
})
