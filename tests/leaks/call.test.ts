/**
 * A whole call with canaries: two people meet behind a password, and one reloads. Then every place where the server, the network, the
 * page's own messages and the browsers could have kept a secret is searched for all of them, in every spelling.
 */

import { hkdfSync, randomBytes } from "node:crypto"
import { spawn } from "node:child_process"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openBrowser, type Running } from "../browser/browsers.ts"
import { note } from "../browser/figures.ts"
import { givePassword, setPassword } from "../browser/hosting.ts"
import { hostileSfu, type HostileSfu } from "../browser/hostile-sfu.ts"
import { keptBy } from "../browser/kept.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { inCall, openPage, passLobby, personOn, startMeeting, type Person } from "../browser/person.ts"
import { startServer, type Server } from "../browser/server.ts"
import { until } from "../browser/until.ts"
import { tap, type Wiretap } from "../browser/wiretap.ts"
import { bugScript } from "./bug.ts"
import { hunt, textCanary, type Canary, type Hit, type Place } from "./canaries.ts"
import { allPlaces, keysMade, logOf } from "./places.ts"

/** Odd enough to be found nowhere by chance. */
const names = { ada: "Ada Quillfeather-Zymurgy", ben: "Benedikt Vexillology-Ostrich" }
const password = "Gallimaufry 8841 Xylograph"

let sfu: HostileSfu
let server: Server
let wiretap: Wiretap
let chromium: Running
let people: Person[] = []
let canaries: readonly Canary[] = []

beforeAll(async () => {
  sfu = hostileSfu({})
  server = await startServer({ sfu: sfu.program })
  wiretap = await tap(server, bugScript)
  chromium = await openBrowser({ kind: "chromium" })
  await wholeCall()
  canaries = await gather()
}, 180_000)

afterAll(async () => {
  await chromium.close()
  wiretap.stop()
  await server.stop()
  sfu.remove()
})

async function wholeCall(): Promise<void> {
  const prepare = async (page: Person["page"]) => {
    await page.evaluateOnNewDocument(bugScript)
  }
  const ada = await startMeeting(chromium, wiretap.origin, { name: names.ada, prepare })
  await setPassword(ada, password)
  const page = await openPage(chromium, prepare)
  await page.goto(ada.link())
  await passLobby(page, names.ben)
  await givePassword(page, password)
  await inCall(page, names.ben)
  const ben = personOn(chromium, page, names.ben)
  people = [ada, ben]
  await agree(people)
  await allSeeAndHear(people)
  await ben.page.reload()
  await inCall(ben.page, names.ben)
  await agree(people)
}

/** All secrets of the call that a test can get hold of. */
async function gather(): Promise<Canary[]> {
  const link = new URL(people[0]?.link() ?? "")
  const [secretText = ""] = link.hash.slice(1).split(".")
  const secret = Buffer.from(secretText, "base64url")
  const room = Buffer.from(link.pathname.split("/").at(-1) ?? "", "base64url")
  const derived = ["access", "knock", "psk", "shelf"].map((label) => ({
    what: `${label} key`,
    bytes: Buffer.from(hkdfSync("sha256", secret, room, `Conclave 1 ${label}`, 32)),
  }))
  const made = await until(() => keysMade(wiretap).length > 0 && keysMade(wiretap), { for: "the page's keys to be overheard" })
  const known = [secret, ...derived.map(({ bytes }) => bytes)]
  const others = made
    .map(({ content }) => content.subarray(0, -1))
    .filter((bytes) => bytes.length >= 16 && !known.some((one) => one.equals(bytes)))
  return [
    { what: "link secret", bytes: secret },
    ...derived,
    ...others.map((bytes, i) => ({ what: `media key ${i}`, bytes })),
    ...Object.values(names).map((name) => textCanary("name", name)),
    textCanary("password", password),
    ...sessions().map((bytes) => ({ what: "session", bytes })),
    ...cookies().map((cookie) => textCanary("media cookie", cookie)),
    ...relayPasswords().map((bytes) => ({ what: "relay password", bytes })),
    textCanary("SFU secret", sfu.secrets().keys.secret),
  ]
}

/** Resume tokens as the server gave them out. */
function sessions(): Buffer[] {
  const texts = wiretap.traffic
    .filter(({ what, to }) => what.startsWith("socket /api") && to === "browser")
    .map(({ content }) => content.toString())
  return texts.flatMap((text) => [...text.matchAll(/"session":"([\w-]{43})"/g)]).map(([, token = ""]) => Buffer.from(token, "base64url"))
}

function cookies(): string[] {
  const answers = wiretap.traffic.filter(({ what }) => what === "answer to POST /api/media")
  return answers.flatMap(({ content }) => [...content.toString().matchAll(/conclave-sfu=([\w-]+)/g)]).map(([, cookie = ""]) => cookie)
}

/** Of the credentials that open the relay. */
function relayPasswords(): Buffer[] {
  const answers = wiretap.traffic.filter(({ what }) => what === "answer to POST /api/media")
  const found = answers.flatMap(({ content }) => [...content.toString().matchAll(/"password":"([\w-]{32})"/g)])
  return found.map(([, text = ""]) => Buffer.from(text, "base64url"))
}

/** Where each secret has its business. Everything else is a leak. */
const allowed: readonly { readonly what: RegExp; readonly where: RegExp; readonly because: string }[] = [
  {
    what: /^link secret$/,
    where: /^worker message: page posts to worker keys$/,
    because: "the key worker gets the fragment once, when it starts (D2, D10)",
  },
  { what: /^access key$/, where: /^socket \/api\/socket to server$/, because: "`hello` proves that the sender holds the link (D2)" },
  {
    what: /^name$/,
    where: /^worker message: (page posts to worker keys|worker keys posts to its page)$/,
    because: "names are sealed and opened by the key worker (D17)",
  },
  {
    what: /^password$/,
    where: /^worker message: page posts to worker keys$/,
    because: "the key worker gets what was typed and keeps it to itself (D18.4)",
  },
  {
    what: /^(name|link secret)$/,
    where: /^kept in (the page|the address|session storage)$/,
    because: "the person reads them there, and comes back under that name after a reload (D2, D11)",
  },
  {
    what: /^name$/,
    where: /^kept in local storage$/,
    because: "a device offers its person the name it had last",
  },
  {
    what: /^session$/,
    where: /^socket \/api\/socket to (browser|server)$/,
    because: "the server gives it out, the member resumes with it",
  },
  { what: /^session$/, where: /^http POST \/api\/media$/, because: "in the body; the member asks for its way to the SFU with it" },
  { what: /^relay password$/, where: /^http answer to POST \/api\/media$/, because: "the browser opens the relay with it (D27.14)" },
  { what: /^media cookie$/, where: /^http (answer to POST \/api\/media|GET \/sfu\/)/, because: "it is a cookie" },
]

const leaks = (hits: readonly Hit[]): Hit[] =>
  hits.filter(({ what, where }) => !allowed.some((rule) => rule.what.test(what) && rule.where.test(where)))

/** Everything that server and network have, and what the browsers show and keep. */
const everywhere = async (): Promise<Place[]> => [
  ...allPlaces(server, wiretap),
  ...(await Promise.all(people.map(({ page }) => keptBy(page)))).flat(),
]

test("A3.10.1: after a whole call no secret lies in log, database, arguments, requests, sockets, worker messages or what browsers keep", async () => {
  const kinds = new Set(canaries.map(({ what }) => what.replace(/ \d+$/, "")))
  expect([...kinds].toSorted()).toEqual(
    [
      "SFU secret",
      "access key",
      "knock key",
      "link secret",
      "media cookie",
      "media key",
      "name",
      "password",
      "psk key",
      "relay password",
      "session",
      "shelf key",
    ].toSorted(),
  )
  const places = await everywhere()
  const found = leaks(hunt(canaries, places))
  note({ what: "canaries hunted", value: canaries.length, unit: "secrets", atLeast: 10 })
  note({ what: "places searched", value: places.length, unit: "places" })
  note({ what: "leaks found", value: found.length, unit: "hits", atMost: 0 })
  expect(found).toEqual([])
})

test("A3.10: the secrets were really there: each stands where it has its business", async () => {
  const hits = hunt(canaries, await everywhere())
  for (const { what, where } of allowed) expect(hits.some((hit) => what.test(hit.what) && where.test(hit.where))).toBe(true)
})

test("D10: no key that could be exported is handed about", () => {
  expect(hunt([textCanary("extractable key", "AN EXTRACTABLE KEY")], allPlaces(server, wiretap))).toEqual([])
})

/** 16 random bytes, new for every planting, so that plantings do not find each other. */
const planted = (place: string): Canary => ({ what: `planted in ${place}`, bytes: randomBytes(16) })

const hitsOf = async (canary: Canary): Promise<string[]> => hunt([canary], await everywhere()).map(({ where }) => where)

const plantings: readonly (readonly [place: string, plant: (secret: Buffer) => Promise<() => void>])[] = [
  [
    "log",
    async (secret) => {
      // The log names rooms: a page that made its secret the name of a room would have it logged.
      const [room, accessHash, shelf, key] = [secret, randomBytes(32), randomBytes(64), randomBytes(32)].map((bytes) =>
        bytes.toString("base64url"),
      )
      const body = JSON.stringify({ room, accessHash, shelf, key })
      await people[0]?.page.evaluate(
        (text) => fetch("/api/rooms", { method: "POST", headers: { "content-type": "application/json" }, body: text }),
        body,
      )
      await until(() => logOf(server).content.includes(room ?? ""), { for: "the log to have it" })
      return () => undefined
    },
  ],
  [
    "database",
    async (secret) => {
      const { DatabaseSync } = await import("node:sqlite")
      const database = new DatabaseSync(join(server.data, "planted.sqlite"))
      database.exec("PRAGMA journal_mode = WAL; CREATE TABLE planted (secret BLOB)")
      database.prepare("INSERT INTO planted VALUES (?)").run(secret)
      return () => {
        database.close()
      }
    },
  ],
  [
    "argv",
    (secret) => {
      const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)", secret.toString("hex")])
      return Promise.resolve(() => child.kill("SIGKILL"))
    },
  ],
  [
    "http",
    async (secret) => {
      const text = secret.toString("base64")
      await people[0]?.page.evaluate((value) => fetch("/api/rooms", { headers: { "x-planted": value } }), text)
      return () => undefined
    },
  ],
  [
    "kept in database",
    async (secret) => {
      await people[0]?.page.evaluate(
        (bytes) =>
          new Promise<void>((resolve) => {
            const request = indexedDB.open("planted", 1)
            request.onupgradeneeded = () => request.result.createObjectStore("here").put({ deep: Uint8Array.from(bytes) }, "key")
            request.onsuccess = () => {
              request.result.close()
              resolve()
            }
          }),
        [...secret],
      )
      return () => undefined
    },
  ],
  [
    "worker message",
    async (secret) => {
      await people[0]?.page.evaluate(
        (bytes) => {
          new MessageChannel().port1.postMessage({ deep: [new Map([["inside", Uint8Array.from(bytes)]])] })
        },
        [...secret],
      )
      // Other messages are overheard all the time: this one is waited for.
      const isHeard = async () => (await hitsOf({ what: "planted", bytes: secret })).some((where) => where.startsWith("worker message"))
      await until(isHeard, { for: "the message to be overheard" })
      return () => undefined
    },
  ],
]

test.for(plantings)("A3.10: a secret planted in the %s is found there", async ([place, plant]) => {
  const canary = planted(place)
  const undo = await plant(canary.bytes)
  try {
    const found = await hitsOf(canary)
    note({ what: `planted in ${place}: found`, value: found.filter((where) => where.startsWith(place)).length, unit: "hits", atLeast: 1 })
    expect(found.some((where) => where.startsWith(place))).toBe(true)
  } finally {
    undo()
  }
})
