import { afterEach, beforeEach, expect, test } from "vitest"
import { House } from "../house.fixture.ts"
import { Authenticator } from "./authenticator.fixture.ts"
import { goodPassword, joinedBy, Person, setUpOwner } from "./people.fixture.ts"
import { passwordHasher } from "./password-hash.ts"

const clock = { now: Date.parse("2026-11-21T12:00:00Z") }
const now = () => clock.now
const minutes = (n: number) => void (clock.now += n * 60_000)
let evaluated = 0
let house: House

beforeEach(async () => {
  evaluated = 0
  const quick = passwordHasher({ memory: 64, passes: 1 })
  const hasher = {
    hash: (password: string) => quick.hash(password),
    verify: (...shown: Parameters<typeof quick.verify>) => (evaluated++, quick.verify(...shown)),
  }
  house = await House.open({ now, hasher })
})
afterEach(() => house[Symbol.asyncDispose]())

test("D36.1: the setup link makes one owner, and no link is made where there is one", async () => {
  const token = house.setupToken
  expect(token).toMatch(/^[\w-]{43}$/)
  const eve = new Person(house, "Eve")
  const self = { organisation: "Evil", email: eve.email, name: "Eve", password: goodPassword }
  expect((await eve.ask("POST /setup", { ...self, token: token.replace(/^./, (sign) => (sign === "x" ? "y" : "x")) })).code).toBe(
    "link-used",
  )
  const owner = await setUpOwner(house)
  expect((await owner.ask("GET /account")).body).toMatchObject({ email: "olga@example.org", role: "owner" })
  expect((await owner.ask("GET /organisation")).body).toMatchObject({ name: "Rosen" })
  expect((await eve.ask("POST /setup", { ...self, token })).code).toBe("link-used")
  await house.stop()
  await house.start()
  expect(house.setupToken).toBe("")
  expect((await eve.ask("POST /setup", { ...self, token })).code).toBe("link-used")
})

test("D36.1: without an owner each start makes another link, and the one before is void", async () => {
  const first = house.setupToken
  await house.stop()
  await house.start()
  expect(house.setupToken).not.toBe(first)
  const self = { organisation: "Rosen", email: "a@b.c", name: "A", password: goodPassword }
  expect((await new Person(house, "Eve").ask("POST /setup", { ...self, token: first })).code).toBe("link-used")
  await setUpOwner(house)
})

test("D36.3: a poor password is refused with the reason and without the password", async () => {
  const person = new Person(house, "Olga")
  const self = { token: house.setupToken, organisation: "Rosen", email: person.email, name: person.name }
  for (const password of ["short", "password123", "Olga2026!!", "olga@example.org"]) {
    const { status, code, body } = await person.ask("POST /setup", { ...self, password })
    expect([status, code]).toEqual([422, "password-refused"])
    expect(body["errors"]).toHaveProperty("password")
    expect(JSON.stringify(body)).not.toContain(password)
  }
})

test("A4.08: a wrong password and an unknown address get the same answer after the same work", async () => {
  const owner = await setUpOwner(house)
  const [wrong, unknown] = [
    await new Person(house, "Olga").logIn("not the password"),
    await new Person(house, "Nobody").logIn("not the password"),
  ]
  const told = ({ status, body: { request_id: _, ...body } }: typeof wrong) => ({ status, body })
  expect(told(wrong)).toEqual({ status: 401, body: expect.objectContaining({ code: "login-refused" }) as object })
  expect(told(unknown)).toEqual(told(wrong))
  expect(evaluated).toBe(2)
  expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()])
  expect((await owner.logIn()).status).toBe(200)
})

test("A4.08: ten wrong passwords in 15 minutes are evaluated, for an account that is there and for one that is not", async () => {
  await setUpOwner(house)
  for (const name of ["Olga", "Nobody"]) {
    evaluated = 0
    const answers = []
    for (let n = 0; n < 15; n++) answers.push(await new Person(house, name).logIn(`wrong password ${String(n)}`))
    expect(answers.map(({ code }) => code)).toEqual([...Array<string>(10).fill("login-refused"), ...Array<string>(5).fill("too-many")])
    expect(evaluated).toBe(10)
    expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBe(900)
  }
  expect((await new Person(house, "Olga").logIn()).code).toBe("too-many")
  minutes(15)
  expect((await new Person(house, "Olga").logIn()).status).toBe(200)
})

test("A4.08: whoever is logged in stays so while another guesses, and logs in by passkey", async () => {
  const owner = await setUpOwner(house)
  const key = await addPasskey(owner)
  for (let n = 0; n < 11; n++) await new Person(house, "Olga").logIn("wrong password")
  expect((await owner.ask("GET /account")).status).toBe(200)
  expect((await byPasskey(new Person(house, "Olga"), key)).status).toBe(200)
})

test("D36.5: upper and lower case of an address are the same, for logging in and for guessing", async () => {
  await setUpOwner(house)
  const person = new Person(house, "Olga")
  expect((await person.ask("POST /login", { email: "OLGA@Example.ORG", password: goodPassword })).status).toBe(200)
  for (let n = 0; n < 10; n++)
    await person.ask("POST /login", { email: n % 2 ? "Olga@example.org" : "olga@Example.org", password: "wrong one" })
  expect((await person.logIn()).code).toBe("too-many")
})

test("D36.6, D36.12: with an app a password is half a login; a code counts once", async () => {
  const owner = await setUpOwner(house)
  const { app } = await owner.addApp(now)
  const used = app()
  const person = new Person(house, "Olga")
  const half = await person.logIn()
  expect(half.body).toEqual({ next: "second-factor", ticket: expect.any(String) as string })
  expect(person.cookie).toBeUndefined()
  const { ticket } = half.body
  expect((await person.ask("POST /login/second-factor", { ticket, code: used })).code).toBe("code-refused")
  minutes(1)
  expect((await person.ask("POST /login/second-factor", { ticket, code: app() })).body).toMatchObject({ next: "signed-in" })
  expect((await person.ask("GET /account")).body).toMatchObject({ has_authenticator_app: true, recovery_codes_left: 10 })
  expect((await new Person(house, "Olga").ask("POST /login/second-factor", { ticket, code: app() })).code).toBe("ticket-used")
  const another = new Person(house, "Olga")
  const second = (await another.logIn()).body["ticket"]
  expect((await another.ask("POST /login/second-factor", { ticket: second, code: app() })).code).toBe("code-refused")
})

test("A4.07: five wrong codes use up the password's ticket, and ten in 15 minutes are evaluated", async () => {
  const owner = await setUpOwner(house)
  const { app } = await owner.addApp(now)
  const wrong = () => (app() === "000000" ? "000001" : "000000")
  const codes = []
  for (let round = 0; round < 3; round++) {
    const person = new Person(house, "Olga")
    const { ticket } = (await person.logIn()).body
    for (let n = 0; n < 6; n++) codes.push((await person.ask("POST /login/second-factor", { ticket, code: wrong() })).code)
  }
  const round = [...Array<string>(5).fill("code-refused"), "ticket-used"]
  expect(codes).toEqual([...round, ...round, ...Array<string>(6).fill("too-many")])
})

test("D36.13: a recovery code stands in for the app once, and the rest remain", async () => {
  const owner = await setUpOwner(house)
  const { codes } = await owner.addApp(now)
  const enter = async () => {
    const person = new Person(house, "Olga")
    const { ticket } = (await person.logIn()).body
    return person.ask("POST /login/second-factor", { ticket, code: codes[3]?.toUpperCase() })
  }
  expect((await enter()).status).toBe(200)
  expect((await enter()).code).toBe("code-refused")
  expect((await owner.ask("GET /account")).body).toMatchObject({ recovery_codes_left: 9 })
  expect(house.log.join("")).toContain("recovery-code-used")
})

test("D36.14: a passkey logs in by itself, without a name, a password or a code", async () => {
  const owner = await setUpOwner(house)
  const key = await addPasskey(owner)
  await owner.addApp(now)
  const person = new Person(house, "Olga")
  const answer = await byPasskey(person, key)
  expect(answer.body).toMatchObject({ next: "signed-in", account: { email: owner.email, passkeys: 1 } })
  expect((await person.ask("GET /account/passkeys")).body).toMatchObject({
    data: [{ name: "Phone", last_used_at: expect.any(String) as string }],
  })
})

test("A4.07: a passkey's answer counts once, for five minutes, for our origin, and from an authenticator we know", async () => {
  const owner = await setUpOwner(house)
  const key = await addPasskey(owner)
  const person = new Person(house, "Olga")
  const { ticket, options } = (await person.ask("POST /login/passkey-challenge")).body as { ticket: string; options: { challenge: string } }
  const asked = { challenge: options.challenge, origin: house.origin }
  const response = key.show(asked)
  expect((await person.ask("POST /login/passkey", { ticket, response })).status).toBe(200)
  const replay = new Person(house, "Olga")
  expect((await replay.ask("POST /login/passkey", { ticket, response })).code).toBe("ticket-used")
  const other = (await replay.ask("POST /login/passkey-challenge")).body["ticket"]
  expect((await replay.ask("POST /login/passkey", { ticket: other, response })).code).toBe("passkey-refused")
  for (const bend of [{ origin: "http://evil.example" }, { isVerified: false }, { counter: 1 }])
    expect((await byPasskey(replay, key, bend)).code).toBe("passkey-refused")
  expect((await byPasskey(replay, new Authenticator())).code).toBe("passkey-refused")
  const late = (await replay.ask("POST /login/passkey-challenge")).body as { ticket: string; options: { challenge: string } }
  minutes(5)
  const answer = { ticket: late.ticket, response: key.show({ challenge: late.options.challenge, origin: house.origin }) }
  expect((await replay.ask("POST /login/passkey", answer)).code).toBe("ticket-used")
  expect(replay.cookie).toBeUndefined()
})

test("A4.07: nobody finishes what another began", async () => {
  const owner = await setUpOwner(house)
  const ben = await joinedBy(house, owner, { name: "Ben" })
  const begun = (await owner.ask("POST /account/passkeys/challenge")).body as { ticket: string; options: { challenge: string } }
  const response = new Authenticator().make({ challenge: begun.options.challenge, origin: house.origin })
  expect((await ben.ask("POST /account/passkeys", { ticket: begun.ticket, name: "Mine", response })).code).toBe("ticket-used")
  const app = (await owner.ask("POST /account/authenticator-app")).body
  expect((await ben.ask("PUT /account/authenticator-app", { ticket: app["ticket"], code: "000000" })).code).toBe("ticket-used")
})

/** Makes a passkey for whoever is logged in. */
async function addPasskey(person: Person): Promise<Authenticator> {
  const key = new Authenticator()
  const { ticket, options } = (await person.ask("POST /account/passkeys/challenge")).body as {
    ticket: string
    options: { challenge: string }
  }
  const response = key.make({ challenge: options.challenge, origin: house.origin })
  expect((await person.ask("POST /account/passkeys", { ticket, name: "Phone", response })).status).toBe(201)
  return key
}

async function byPasskey(person: Person, key: Authenticator, bend: Parameters<Authenticator["show"]>[1] = {}) {
  const { ticket, options } = (await person.ask("POST /login/passkey-challenge")).body as { ticket: string; options: { challenge: string } }
  const response = key.show({ challenge: options.challenge, origin: house.origin }, bend)
  return person.ask("POST /login/passkey", { ticket, response })
}
