/**
 * Accounts from setting up to coming back, by the operations that their pages use: nothing with which somebody is signed in or could
 * sign in lies in what the server keeps or logs.
 */

import { afterAll, beforeAll, expect, test } from "vitest"
import { House } from "../../apps/server/src/house.fixture.ts"
import { Person, type Answer } from "../../apps/server/src/organisation/people.fixture.ts"
import { codeAt, seedOf } from "../browser/authenticator-app.ts"
import { note } from "../browser/figures.ts"
import { hunt, textCanary, type Canary } from "./canaries.ts"
import { answersIn, keptBy } from "./places.ts"

const passwords = {
  olga: "gallimaufry 8841 quetzal zymurgy",
  "olga, changed": "xylograph 1193 ostrich vellum",
  mia: "vexillology 5527 kumquat jetsam",
  "mia, recovered": "widdershins 6604 fjord obelisk",
  wrong: "perspicacity 7781 walrus quince",
} as const

let house: House
const canaries: Canary[] = []
/** Answers to what went wrong, which must not repeat what they were asked. */
const refusals: Answer[] = []

const hidden = (what: string, text: unknown): string => {
  canaries.push(textCanary(what, String(text)))
  return String(text)
}

/** The cookie that somebody has now; another one after many requests. */
const withCookie = async (person: Person, asked: Promise<Answer>): Promise<Answer> => {
  const answer = await asked
  if (person.cookie !== undefined) hidden(`cookie of ${person.name}`, person.cookie.split("=")[1])
  return answer
}

const done = (answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`bug: ${answer.code ?? ""}`)
  return answer
}

async function setsUp(): Promise<Person> {
  const olga = new Person(house, "Olga")
  const self = { email: olga.email, name: olga.name, password: passwords.olga }
  const token = hidden("setup token", house.setupToken)
  done(await withCookie(olga, olga.ask("POST /setup", { token, organisation: "Rosen", ...self })))
  return olga
}

async function addsApp(person: Person): Promise<void> {
  const begun = done(await person.ask("POST /account/authenticator-app"))
  const secret = hidden("seed of the app, as text", begun.body["secret"])
  canaries.push({ what: "seed of the app", bytes: seedOf(secret) })
  const body = { ticket: begun.body["ticket"], code: codeAt(secret, Date.now()) }
  const confirmed = done(await withCookie(person, person.ask("PUT /account/authenticator-app", body)))
  for (const code of confirmed.body["recovery_codes"] as string[]) {
    hidden("recovery code", code)
    hidden("recovery code without dashes", code.replaceAll("-", ""))
  }
}

async function invites(olga: Person): Promise<Person> {
  const invited = done(await olga.ask("POST /invitations", { role: "member" }))
  const token = hidden("invitation", invited.body["token"])
  const mia = new Person(house, "Mia")
  done(await mia.ask("POST /invitations/look", { token }))
  const self = { email: mia.email, name: mia.name, password: passwords.mia }
  done(await withCookie(mia, mia.ask("POST /invitations/accept", { token, ...self })))
  // One that nobody takes stays in the database.
  hidden("open invitation", done(await olga.ask("POST /invitations", { role: "auditor" })).body["token"])
  return mia
}

async function isRecovered(olga: Person, mia: Person): Promise<void> {
  const offered = done(await olga.ask(`POST /people/${await mia.id()}/recovery`))
  const token = hidden("recovery link", offered.body["token"])
  done(await withCookie(mia, mia.ask("POST /invitations/recover", { token, password: passwords["mia, recovered"] })))
}

/** A password where it is not asked for, in the wrong place, and a wrong one: by typing, and by mistake. */
async function mistypes(person: Person): Promise<void> {
  refusals.push(
    await person.logIn(passwords.wrong),
    await person.ask("POST /login", { email: passwords.wrong, password: passwords.wrong }),
    await person.ask("POST /sessions/prove", { password: passwords.wrong }),
  )
}

beforeAll(async () => {
  house = await House.open()
  for (const [whose, password] of Object.entries(passwords)) hidden(`password: ${whose}`, password)
  const olga = await setsUp()
  const mia = await invites(olga)
  await isRecovered(olga, mia)
  await mistypes(mia)
  await addsApp(olga)
  done(await withCookie(olga, olga.ask("PUT /account/password", { password: passwords["olga, changed"] })))
  const half = done(await new Person(house, "Olga").logIn(passwords["olga, changed"]))
  hidden("ticket of half a login", half.body["ticket"])
})
afterAll(() => house[Symbol.asyncDispose]())

test("D41.9: no password, code, seed, cookie or link's token is in what the server keeps or logs", async () => {
  const places = await keptBy(house)
  note({ what: "secrets of accounts hunted", value: canaries.length, unit: "secrets" })
  expect(canaries.length).toBeGreaterThan(30)
  expect(hunt(canaries, places)).toEqual([])
  // The search looked where accounts are.
  expect(places.at(-1)?.content.includes("mia@example.org")).toBe(true)
})

test("D41.9: what is refused is not repeated in the answer", () => {
  expect(refusals.map(({ status }) => status)).toEqual([401, 422, 401])
  const places = answersIn(refusals)
  expect(hunt(canaries, places)).toEqual([])
})
