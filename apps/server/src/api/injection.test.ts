/** A4.05: texts that mean something to a database, a header, a log or a file system mean nothing here. */

import { afterAll, beforeAll, expect, test } from "vitest"
import { House } from "../house.fixture.ts"
import { setUpOwner, newTeamBy, type Person } from "../organisation/people.fixture.ts"
import { ask, newKey, type TestKey } from "./api.fixture.ts"

let house: House
let owner: Person
let team: string
let key: TestKey

beforeAll(async () => {
  house = await House.open()
  owner = await setUpOwner(house)
  team = await newTeamBy(owner, "Team")
  key = await newKey(house, { team: team as TestKey["team"] })
})
afterAll(() => house[Symbol.asyncDispose]())

/** Each would do something where it is not taken as text. */
const texts = [
  `'; DROP TABLE room_records; --`,
  `' OR '1'='1`,
  `" OR 1=1 --`,
  `%' OR topic LIKE '%`,
  `x'); DELETE FROM accounts; --`,
  `\\'; SELECT pg_sleep(10); --`,
  `$1 :name ? @p {{7*7}} \${7*7}`,
  `../../../../etc/passwd`,
  `..\\..\\windows\\win.ini`,
  `%2e%2e%2f%2e%2e%2fetc%2fpasswd`,
  `a","is_locked":true,"x":"`,
  `<script>alert(1)</script>`,
] as const

/** What no text field takes: each would begin another line of a log or a header. */
const broken = ["a\r\nSet-Cookie: conclave=1", "a\nlevel=error forged", "a\u0000b", "a\u2028b", "a\u001b[2Jb"] as const

test.each(texts)("A4.05: %j is kept as it is, found as it is, and does nothing", async (text) => {
  const before = Number((await ask(house, "GET /rooms", { key })).body["total_count"])
  const made = await ask(house, "POST /rooms", { key, body: { topic: text, external_id: text, tags: [text] } })
  expect(made).toMatchObject({ status: 201, body: { topic: text, external_id: text, tags: [text], is_locked: false } })
  for (const query of [new URLSearchParams({ external_id: text }), new URLSearchParams({ tag: text })]) {
    const found = await ask(house, `GET /rooms?${query.toString()}`, { key })
    expect(found.body).toMatchObject({ total_count: 1, data: [{ id: made.body["id"] }] })
  }
  expect(await ask(house, "GET /rooms", { key })).toMatchObject({ body: { total_count: before + 1 } })
  // As a name in a path it is nothing that is there, and no file is looked for.
  const { status } = await ask(house, `GET /rooms/${encodeURIComponent(text)}`, { key })
  expect([404, 422]).toContain(status)
})

test.each(broken)("A4.05: %j begins no line of its own, in no header and no log", async (text) => {
  const lines = house.log.length
  const asked = [
    await ask(house, "POST /rooms", { key, body: { topic: text } }),
    await ask(house, `GET /rooms?external_id=${encodeURIComponent(text)}`, { key }),
    await ask(house, `GET /rooms/${encodeURIComponent(text)}`, { key }),
    await ask(house, "POST /login", { body: { email: `${text}@example.org`, password: text }, headers: { origin: house.origin } }),
  ]
  for (const { status, headers } of asked) {
    expect([401, 404, 422]).toContain(status)
    expect(headers.get("set-cookie")).toBeNull()
  }
  for (const line of house.log.slice(lines)) {
    expect(line).not.toContain("\n")
    expect(() => void JSON.parse(line)).not.toThrow()
    expect(line).not.toContain("forged")
  }
})
