import { test, expect } from "vitest"
import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import type { GroupFact, KeyNews } from "@conclave/crypto/mls"
import { isRefusal, makeRoom, memoryKeyShelf, parseFragment, type KeyShelf } from "@conclave/crypto/room"
import { keyDesk, type DeskMessage, type DeskParts } from "./key-desk.ts"
import type { KeysToPage } from "./messages.ts"

const id = (fill: number): string => Buffer.alloc(16, fill).toString("base64url")

async function newRoom(shelf: KeyShelf) {
  const made = await makeRoom(shelf)
  if (isRefusal(made)) throw new Error(made.refused)
  return made
}

/** A desk whose answers can be awaited. */
function desk(other: Partial<DeskParts> = {}) {
  const said: KeysToPage[] = []
  const news: KeyNews[] = []
  const bugs: unknown[] = []
  let woken = (): void => undefined
  const hear = keyDesk({
    loadEngine: loadEngineFromDisk,
    shelf: memoryKeyShelf(),
    now: () => Date.now(),
    origin: "https://meet.example",
    reportBug: (bug) => void bugs.push(bug),
    ...other,
    post: (message) => {
      said.push(message)
      woken()
    },
  })
  async function until(type: KeysToPage["type"], count = 1): Promise<void> {
    while (said.filter((message) => message.type === type).length < count) await new Promise<void>((resolve) => (woken = resolve))
  }
  const facts = (): GroupFact[] => said.flatMap((message) => (message.type === "fact" ? [message.fact] : []))
  const start = (room: string, fragment: string, name = "Ada"): DeskMessage => ({
    ...{ type: "start", room, opening: { kind: "link", fragment }, name },
    frames: { postMessage: (one) => void news.push(one) },
  })
  return { hear, said, news, bugs, until, facts, start }
}

test("D2.2: with link and shelf the desk founds a call, and what it tells the page holds no secret", async () => {
  const shelf = memoryKeyShelf()
  const made = await newRoom(shelf)
  const one = desk({ shelf })
  one.hear(one.start(made.room, made.fragment))
  one.hear({ type: "shelf", shelf: made.shelf })
  one.hear({ type: "order", order: { do: "found-group", call: id(1), member: id(2) } })
  one.hear({ type: "order", order: { do: "wipe-group" } })
  await one.until("fact", 2)
  expect(one.said.map((message) => (message.type === "fact" ? message.fact.type : message.type))).toEqual([
    "ready",
    "rules-read",
    "group-founded",
    "group-wiped",
  ])
  expect(one.news.map(({ type }) => type)).toEqual(["epoch", "wipe"])
  const secret = Buffer.from(parseFragment(made.fragment)?.secret.expose() ?? [])
  const told = JSON.stringify([one.said, one.bugs.map(String)])
  for (const form of [made.fragment, secret.toString("base64url"), secret.toString("hex"), [...secret].join()])
    expect(told).not.toContain(form)
})

test("D4.4: without a policy, or with one the room's key did not sign, no call is founded", async () => {
  const shelf = memoryKeyShelf()
  const [made, other] = [await newRoom(shelf), await newRoom(memoryKeyShelf())]
  const one = desk({ shelf })
  one.hear(one.start(made.room, made.fragment))
  one.hear({ type: "shelf", shelf: other.shelf })
  one.hear({ type: "order", order: { do: "found-group", call: id(1), member: id(2) } })
  await one.until("fact")
  expect(one.said).toEqual([
    { type: "ready" },
    { type: "shelf-refused", code: "shelf-unreadable" },
    { type: "fact", fact: { type: "order-failed", order: "found-group", failure: "refused" } },
  ])
})

test("D2: a cut fragment is said at once and every order is answered", async () => {
  const made = await newRoom(memoryKeyShelf())
  const one = desk()
  one.hear(one.start(made.room, made.fragment.slice(0, -1)))
  one.hear({ type: "order", order: { do: "make-knock", call: id(1), member: id(2) } })
  await one.until("fact")
  expect(one.said[0]).toEqual({ type: "failed", code: "cut-link" })
  expect(one.facts()).toEqual([{ type: "order-failed", order: "make-knock", failure: "broken" }])
})

test("D35: an engine that is not ours is not used", async () => {
  const made = await newRoom(memoryKeyShelf())
  const one = desk({ loadEngine: () => Promise.reject(new Error("wrong-module")) })
  one.hear(one.start(made.room, made.fragment))
  await one.until("failed")
  expect(one.said).toEqual([{ type: "failed", code: "wrong-module" }])
})

test("D35.1: when the engine panics the desk says so, wipes the frame worker's keys and asks it nothing more", async () => {
  const shelf = memoryKeyShelf()
  const made = await newRoom(shelf)
  const engine = await loadEngineFromDisk()
  class Panicking extends engine.Member {
    override encrypt(): Uint8Array {
      throw new WebAssembly.RuntimeError("unreachable")
    }
  }
  const one = desk({ shelf, loadEngine: () => Promise.resolve({ Member: Panicking }) })
  one.hear(one.start(made.room, made.fragment))
  one.hear({ type: "shelf", shelf: made.shelf })
  one.hear({ type: "order", order: { do: "found-group", call: id(1), member: id(2) } })
  one.hear({ type: "order", order: { do: "seal-message", message: { kind: "leave" }, keep: false } })
  one.hear({ type: "order", order: { do: "open-message", message: new Uint8Array() } })
  await one.until("broken", 2)
  expect(one.facts().slice(1)).toEqual([
    { type: "order-failed", order: "seal-message", failure: "broken" },
    { type: "message-refused", failure: "broken" },
  ])
  expect(one.news.at(-1)).toEqual({ type: "wipe" })
})

test("D4.15, D3: the page gets the new link, the old one no longer opens the shelf, and this desk goes on with the new", async () => {
  const shelf = memoryKeyShelf()
  const made = await newRoom(shelf)
  const host = desk({ shelf })
  host.hear(host.start(made.room, made.fragment))
  host.hear({ type: "shelf", shelf: made.shelf })
  host.hear({ type: "order", order: { do: "found-group", call: id(1), member: id(2) } })
  host.hear({ type: "order", order: { do: "build-commit", change: { adds: [], removes: [], policy: { newSecret: true } } } })
  host.hear({ type: "order", order: { do: "merge-commit" } })
  await host.until("fact", 3)
  const merged = host.facts()[2]
  if (merged?.type !== "commit-merged" || merged.room === undefined || merged.link === undefined) throw new Error("no new link")
  expect(merged.link.slice(23)).toBe(made.fragment.slice(23))
  expect(merged.link).not.toBe(made.fragment)
  const newcomers = [desk(), desk()] as const
  for (const [one, fragment] of [
    [newcomers[0], made.fragment],
    [newcomers[1], merged.link],
    [host, ""],
  ] as const) {
    if (fragment !== "") one.hear(one.start(made.room, fragment))
    one.hear({ type: "shelf", shelf: merged.room.shelf })
    one.hear({ type: "order", order: { do: "make-knock", call: id(3), member: id(4) } })
  }
  await newcomers[0].until("shelf-refused")
  await newcomers[1].until("fact")
  await host.until("fact", 4)
  for (const one of [newcomers[1], host]) expect(one.said.map(({ type }) => type)).not.toContain("shelf-refused")
})

test("D4.11: whoever made the room signs with its key; asking for it makes none", async () => {
  const shelf = memoryKeyShelf()
  const made = await newRoom(shelf)
  const put: string[] = []
  const guest = memoryKeyShelf()
  const watched: KeyShelf = { get: (name) => guest.get(name), put: (name, pair) => (put.push(name), guest.put(name, pair)) }
  for (const [one, canSign] of [
    [desk({ shelf }), true],
    [desk({ shelf: watched }), false],
  ] as const) {
    one.hear(one.start(made.room, made.fragment))
    one.hear({ type: "shelf", shelf: made.shelf })
    one.hear({ type: "order", order: { do: "found-group", call: id(1), member: id(2) } })
    await one.until("fact")
    expect(one.facts()).toMatchObject([{ type: "group-founded", group: { policy: { canSign, version: 1 } } }])
  }
  expect(put).toEqual([`device ${made.room}`])
})

test("D21.6: a provider that the policy does not name is not asked, and whoever it vouches for is a guest", async () => {
  const made = await newRoom(memoryKeyShelf())
  const asked: string[] = []
  const one = desk({ providerKeys: (issuer) => (asked.push(issuer), new Promise(() => undefined)) })
  const token = `${Buffer.from('{"alg":"EdDSA"}').toString("base64url")}.${Buffer.from('{"iss":"https://login.example"}').toString("base64url")}.AAAA`
  one.hear({ ...one.start(made.room, made.fragment), token } as DeskMessage)
  one.hear({ type: "shelf", shelf: made.shelf })
  one.hear({ type: "order", order: { do: "found-group", call: id(1), member: id(2) } })
  await one.until("fact")
  expect(one.facts()).toMatchObject([{ type: "group-founded", self: { name: "Ada", level: "guest" } }])
  // No policy names that provider, so nobody asks it.
  expect(asked).toEqual([])
})

/** Whether anything that is told the page names this. */
const isSaidIn = (desks: readonly { readonly said: readonly KeysToPage[]; readonly bugs: readonly unknown[] }[], text: string): boolean =>
  JSON.stringify(desks.map(({ said, bugs }) => [said, bugs.map(String)])).includes(text)

test("D18.4: what cannot be a password is not answered, and nothing is taken before the room is known", async () => {
  const made = await newRoom(memoryKeyShelf())
  const one = desk()
  one.hear({ type: "password", text: "open sesame", of: "door" })
  one.hear(one.start(made.room, made.fragment))
  for (const text of ["abc", "open\nsesame", "x".repeat(200)])
    for (const of of ["door", "room"] as const) one.hear({ type: "password", text, of })
  one.hear({ type: "password", text: "open sesame", of: "door" })
  await one.until("password-taken")
  expect(one.said).toEqual([{ type: "ready" }, { type: "password-taken", of: "door" }])
  expect(isSaidIn([one], "sesame")).toBe(false)
})

type Desk = ReturnType<typeof desk>

/** The fact that answers this order. */
async function asks(one: Desk, order: Extract<DeskMessage, { type: "order" }>["order"]): Promise<GroupFact | undefined> {
  const before = one.facts().length
  one.hear({ type: "order", order })
  await one.until("fact", before + 1)
  return one.facts()[before]
}

/** A guest knocks with what its person typed last; gives what became of it. */
async function triesDoor(host: Desk, guest: Desk, member: string): Promise<GroupFact | undefined> {
  const knock = await asks(guest, { do: "make-knock", call: id(1), member })
  if (knock?.type !== "knock-made") return knock
  await asks(host, { do: "read-knock", member, keyPackage: knock.keyPackage, sealed: knock.sealed })
  const answer = await asks(host, { do: "answer-door", member })
  if (answer?.type !== "door-answered") return answer
  const checked = await asks(guest, { do: "check-door", box: answer.box })
  return checked?.type === "door-checked" ? asks(host, { do: "hear-door", member, box: checked.box }) : checked
}

test("D18, D18.8: what a host chose is asked at the door; the wrong one proves nothing, the right one does, and the page is told neither", async () => {
  const shelf = memoryKeyShelf()
  const made = await newRoom(shelf)
  const [host, guest] = [desk({ shelf }), desk()]
  host.hear(host.start(made.room, made.fragment))
  host.hear({ type: "shelf", shelf: made.shelf })
  await asks(host, { do: "found-group", call: id(1), member: id(2) })
  host.hear({ type: "password", text: "open sesame", of: "room" })
  await asks(host, { do: "build-commit", change: { adds: [], removes: [], policy: { set: "password", to: true } } })
  const merged = await asks(host, { do: "merge-commit" })
  if (merged?.type !== "commit-merged" || merged.room === undefined) throw new Error("no new rules")
  guest.hear(guest.start(made.room, made.fragment, "Ben"))
  guest.hear({ type: "shelf", shelf: merged.room.shelf })
  expect(await triesDoor(host, guest, id(3))).toMatchObject({ type: "order-failed", failure: "password-needed" })
  guest.hear({ type: "password", text: "open sesamE", of: "door" })
  expect(await triesDoor(host, guest, id(4))).toMatchObject({ type: "password-wrong" })
  guest.hear({ type: "password", text: "open sesame", of: "door" })
  expect(await triesDoor(host, guest, id(5))).toMatchObject({ type: "door-heard", isProved: true })
  expect(host.said).toContainEqual({ type: "password-taken", of: "room" })
  expect(isSaidIn([host, guest], "sesam")).toBe(false)
})
