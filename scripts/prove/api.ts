/**
 * `npm run prove:api`: a room made by the API, with curl as documented, is one that two accounts enter and see each other in: sealed by
 * identity with the server's word for names, with an organisation's, and open to the server, which the page then says. Prints what it
 * saw; exits non-zero when anything is otherwise.
 */

import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { en } from "../../apps/web/src/i18n/en.ts"
import { openHouse, type House } from "../../tests/browser/house.ts"
import { agree, allSeeAndHear } from "../../tests/browser/meeting.ts"
import { setUpOn, signedIn, type Account } from "../../tests/browser/organisation.ts"
import { inCall, openPage, passLobby, personOn, press, reads, type Person } from "../../tests/browser/person.ts"
import { signIn } from "../../tests/browser/signing-in.ts"
import { startProvider, type TestProvider } from "../../tests/identity/provider.ts"
import { main, root } from "../program.ts"

const run = promisify(execFile)
let failures = 0

function check(what: string, isSo: boolean): void {
  console.log(`${isSo ? "  ok     " : "  BROKEN "} ${what}`)
  if (!isSo) failures++
}

/** `npm run conclave -- key create --team Standup`: the header that it prints. */
async function createKey(data: string): Promise<string> {
  const { stderr } = await run("npm", ["run", "--silent", "conclave", "--", "key", "create", "--team", "Standup"], {
    cwd: root,
    env: { ...process.env, CONCLAVE_DATA: data },
  })
  const header = /^Authorization: Bearer \S+$/m.exec(stderr)?.[0]
  if (header === undefined) throw new Error("no key was printed")
  console.log("a developer key by `npm run conclave -- key create --team Standup`")
  return header
}

type Room = Readonly<Record<string, unknown>>

/** The request of docs/api.md, by curl. */
async function createRoom(origin: string, header: string, over: object = {}): Promise<Room> {
  const body = {
    ...{ topic: "standup", friendly_url: "my-standup", privacy: "public", external_id: "myExtID123" },
    ...{ default_role: "moderator", roles: ["moderator"], e2ee_enabled: true },
    ...over,
  }
  const headers = [header, "Content-Type: application/json", "Accept: application/json"].flatMap((one) => ["--header", one])
  const given = ["--silent", "--show-error", "--request", "POST", `${origin}/api/v1/rooms`, ...headers, "--data", JSON.stringify(body)]
  const { stdout } = await run("curl", [...given, "--write-out", "\n%{http_code}"])
  const [answer = "", status] = stdout.split(/\n(?=\d{3}$)/)
  const room = JSON.parse(answer) as Room
  console.log(`curl POST /api/v1/rooms: ${String(status)} kind=${String(room["kind"])} e2ee_enabled=${String(room["e2ee_enabled"])}`)
  check("201", status === "201")
  return room
}

interface Coming {
  readonly account: Account
  readonly link: string
  /** Where somebody signs in with an organisation in the lobby. */
  readonly provider?: TestProvider | undefined
  /** What the lobby must say. */
  readonly says: readonly string[]
}

async function comes(house: House, { account, link, provider, says }: Coming): Promise<Person> {
  const running = await house.lightChromium()
  const page = await openPage(running, signedIn(account, house.server))
  await page.goto(link)
  for (const text of says) await reads(page, text)
  const name = account.name
  if (provider !== undefined) await signIn(page, provider, name.toLowerCase())
  await passLobby(page, name)
  await inCall(page, name)
  return personOn(running, page, name)
}

interface Meeting extends Omit<Coming, "account"> {
  readonly what: string
  readonly accounts: readonly [Account, Account]
  readonly level: string
  readonly kind: string
  /** What the panel must say, and the seal's name in the strip. */
  readonly panel: readonly string[]
  readonly seal: string
}

/** Two accounts meet in a room and look at each other. */
async function meet(house: House, { what, accounts, level, kind, panel, seal, ...coming }: Meeting): Promise<void> {
  console.log(`\n${what}: ${coming.link.replace(house.server.origin, "")}`)
  const people: Person[] = []
  try {
    for (const account of accounts) people.push(await comes(house, { account, ...coming }))
    check(`the lobby says: ${coming.says.join(" / ")}`, true)
    await agree(people)
    await allSeeAndHear(people)
    check("both see each other's pictures move, decrypted, and hear each other", true)
    for (const person of people) {
      const { name, page } = person
      const { members, policy, counts } = await person.facts()
      const seen = members.map((one) => `${String(one.name)} (${String(one.level)})`).toSorted()
      check(`${name} sees ${seen.join(", ")}`, members.length === 2 && members.every((one) => one.level === level))
      check(`the signed rules say: ${String(policy?.kind)}`, policy?.kind === kind)
      check(`${String(counts.received)} frames opened, ${String(counts.sent)} sealed`, counts.received > 0 && counts.sent > 0)
      await press(page, "button", seal)
      for (const text of panel) await reads(page, text)
      check(`strip: ${seal}; panel: ${panel.join(" / ")}`, true)
    }
  } catch (error) {
    check(`${what}: ${error instanceof Error ? error.message : String(error)}`, false)
  } finally {
    await house.empty(people)
  }
}

const sealed = en["seal.sealed"].other.replace("{count}", "2")
const teamIn = (header: string): string =>
  Buffer.from(header.split(" ").at(-1) ?? "", "base64")
    .toString()
    .split(":")[0] ?? ""

/** A server with a key, a room by curl and two accounts of the key's team. */
async function prepared(env: Readonly<Record<string, string>>) {
  const house = await openHouse({ env })
  const header = await createKey(house.server.data)
  const room = await createRoom(house.server.origin, header)
  check("sealed by identity, end to end", room["e2ee_enabled"] === true && room["kind"] === "sealed-by-identity")
  const { joins } = await setUpOn(house.server)
  const accounts = [await joins("Ada", teamIn(header)), await joins("Ben", teamIn(header))] as const
  return { house, header, room, accounts }
}

async function withoutProvider(): Promise<void> {
  const { house, header, room, accounts } = await prepared({})
  try {
    const says = [en["entry.identity"], en["entry.identity-server"]]
    const panel = [en["entry.kind-identity-server"], en["entry.kind-host"], en["security.no-key"]]
    const sealedRoom = { what: "sealed by identity, the server vouches", link: String(room["room_url"]), kind: "identity", says, panel }
    await meet(house, { ...sealedRoom, accounts, level: "account", seal: sealed })
    const open = await createRoom(house.server.origin, header, { friendly_url: "my-open-standup", e2ee_enabled: false })
    check("transport-only", open["e2ee_enabled"] === false && open["kind"] === "transport-only")
    const words = [en["entry.transport"], en["entry.transport-what"]]
    const openRoom = { what: "open to the server", link: String(open["room_url"]), kind: "transport", says: words }
    await meet(house, {
      ...openRoom,
      accounts,
      level: "account",
      panel: [...words, en["entry.server-has-key"]],
      seal: en["entry.open-seal"],
    })
  } finally {
    await house.close()
  }
}

async function withProvider(): Promise<void> {
  console.log("\nwith an identity provider")
  const provider = await startProvider()
  const { house, room, accounts } = await prepared({ CONCLAVE_OIDC: `${provider.issuer} ${provider.clientId}` })
  provider.serve(house.server.origin)
  try {
    const named = (text: string): string => text.replace("{names}", new URL(provider.issuer).host)
    const says = [en["entry.identity"], named(en["entry.identity-provider"])]
    const panel = [named(en["entry.kind-identity-provider"]), en["security.no-key"]]
    const sealedRoom = {
      what: "sealed by identity, an organisation vouches",
      link: String(room["room_url"]),
      kind: "identity",
      says,
      panel,
    }
    await meet(house, { ...sealedRoom, provider, accounts, level: "organisation", seal: sealed })
  } finally {
    await house.close()
    await provider.stop()
  }
}

await main(async () => {
  await withoutProvider()
  await withProvider()
  console.log(failures === 0 ? "\nverdict: holds" : `\nverdict: BROKEN (${String(failures)})`)
  return failures === 0 ? 0 : 1
})
