import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto"
import { test, expect } from "vitest"
import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import { identityKey, nonceOf } from "@conclave/crypto/identity"
import type { GroupFact, KeyNews } from "@conclave/crypto/mls"
import {
  furnishRoom,
  hashOfRoomKey,
  isRefusal,
  makeRoom,
  memoryKeyShelf,
  type HandedKind,
  type KeyShelf,
  type Refusal,
} from "@conclave/crypto/room"
import { toBase64url } from "@conclave/wire"
import { keyDesk } from "./key-desk.ts"
import { parsePageMessage, type KeysToPage, type Opening } from "./messages.ts"

const origin = "https://meet.example"
const id = (fill: number): string => Buffer.alloc(16, fill).toString("base64url")

function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(value.refused)
  return value as Exclude<T, Refusal>
}

/** The server's key for statements, and what it publishes of it. */
const pair = generateKeyPairSync("ed25519")
const published = { keys: [{ ...pair.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "EdDSA" }] }

interface Said {
  readonly room: string
  readonly shelf: KeyShelf
  readonly over?: Record<string, unknown>
}

/** What the server says of an account to whoever has this identity key. */
async function statement({ room, shelf, over = {} }: Said): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const nonce = await nonceOf(good(await identityKey(shelf, origin)).publicKey)
  const claims = {
    iss: origin,
    aud: room,
    sub: "account:1",
    name: "Cleo Marin",
    nonce,
    iat: now,
    exp: now + 3600,
    role: "speaker",
    ...over,
  }
  const text = [{ alg: "EdDSA", kid: "one", typ: "JWT" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  return `${text}.${sign(undefined, Buffer.from(text), createPrivateKey(pair.privateKey.export({ format: "pem", type: "pkcs8" }))).toString("base64url")}`
}

/** A desk that founds a call with this shelf, and what it then says. */
async function founded(shelf: KeyShelf, start: { room: string; opening: Opening; token?: string }, box: Uint8Array): Promise<KeysToPage[]> {
  const said: KeysToPage[] = []
  const asked: string[] = []
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const hear = keyDesk({
    ...{ loadEngine: loadEngineFromDisk, shelf, origin, now: () => Date.now() },
    providerKeys: (issuer) => (asked.push(issuer), Promise.resolve(published)),
    serverKeys: () => Promise.resolve(published),
    reportBug: (bug) => {
      throw bug
    },
    post: (message) => {
      said.push(message)
      if (message.type === "fact") resolve(undefined)
    },
  })
  hear({ type: "start", ...start, name: "Typed", frames: { postMessage: (_: KeyNews) => undefined } })
  hear({ type: "shelf", shelf: box })
  hear({ type: "order", order: { do: "found-group", call: id(1), member: id(2) } })
  await promise
  expect(asked).toEqual([])
  return said
}

const factIn = (said: readonly KeysToPage[]): GroupFact | undefined => said.flatMap((one) => (one.type === "fact" ? [one.fact] : []))[0]

async function furnished(kind: HandedKind) {
  const shelf = memoryKeyShelf()
  const made = good(await furnishRoom(shelf, kind))
  const handed = { opening: made.opening, keyHash: toBase64url(await hashOfRoomKey(made.key)) }
  return { shelf, made, handed }
}

test("D39.31: what the server hands out opens a room by its own path only, and no room sealed by link", async () => {
  for (const [kind, other] of [
    ["identity", "transport"],
    ["transport", "identity"],
  ] as const) {
    const { shelf, made, handed } = await furnished(kind)
    const own = await founded(shelf, { room: made.room, opening: { kind, ...handed } }, made.shelf)
    expect(factIn(own)).toMatchObject({ type: "group-founded", group: { policy: { kind, version: 1 } } })
    for (const opening of [
      { kind: other, ...handed },
      { kind: "link", fragment: `${handed.opening}.${handed.keyHash}` },
    ] as const) {
      const refused = await founded(shelf, { room: made.room, opening }, made.shelf)
      expect(refused).toContainEqual({ type: "shelf-refused", code: "policy-forged" })
      expect(factIn(refused)).toMatchObject({ type: "order-failed", failure: "refused" })
    }
  }
})

test("D39.31: a link's secret opens nothing by the path of another kind", async () => {
  const shelf = memoryKeyShelf()
  const made = good(await makeRoom(shelf))
  const [opening = "", keyHash = ""] = made.fragment.split(".")
  for (const kind of ["identity", "transport"] as const) {
    const refused = await founded(shelf, { room: made.room, opening: { kind, opening, keyHash } }, made.shelf)
    expect(refused).toContainEqual({ type: "shelf-refused", code: "policy-forged" })
    expect(factIn(refused)).toMatchObject({ type: "order-failed" })
  }
})

test("D39.37: the server's statement makes an account under its name; for another room, key or time, or forged, a guest", async () => {
  const { shelf, made, handed } = await furnished("identity")
  const levelOf = async (token: string): Promise<unknown> => {
    const fact = factIn(await founded(shelf, { room: made.room, opening: { kind: "identity", ...handed }, token }, made.shelf))
    return fact?.type === "group-founded" ? [fact.self.name, fact.self.level] : fact
  }
  const whole = { room: made.room, shelf }
  expect(await levelOf(await statement(whole))).toEqual(["Cleo Marin", "account"])
  const text = await statement(whole)
  for (const bad of [
    await statement({ ...whole, room: id(9) }),
    await statement({ ...whole, over: { iss: "https://other.example" } }),
    await statement({ ...whole, over: { nonce: id(7) } }),
    await statement({ ...whole, over: { exp: 1 } }),
    await statement({ ...whole, over: { iat: 1 } }),
    text.replace(/.$/, (last) => (last === "A" ? "Q" : "A")),
    text.slice(0, text.lastIndexOf(".") + 1) + "A".repeat(86),
  ])
    expect(await levelOf(bad)).toEqual(["Typed", "guest"])
})

test("D39.37: in a room sealed by link the server's statement makes a guest", async () => {
  const shelf = memoryKeyShelf()
  const { room, fragment, shelf: box } = good(await makeRoom(shelf))
  const said = await founded(shelf, { room, opening: { kind: "link", fragment }, token: await statement({ room, shelf }) }, box)
  expect(factIn(said)).toMatchObject({ type: "group-founded", self: { name: "Typed", level: "guest" } })
})

test("D39.31: a start that does not say its kind, or says two things at once, is not heard", () => {
  const { port1: frames } = new MessageChannel()
  const start = (opening: unknown): unknown => parsePageMessage({ type: "start", room: id(1), name: "Ada", frames, opening })
  const handed = { opening: id(1), keyHash: id(2) }
  for (const bad of [
    undefined,
    "x",
    {},
    handed,
    { kind: "open", ...handed },
    { kind: "link", ...handed },
    { kind: "identity", fragment: "x" },
  ])
    expect(start(bad)).toBeUndefined()
  expect(start({ kind: "transport", ...handed, fragment: "x" })).toMatchObject({ opening: { kind: "transport", ...handed } })
  expect(start({ kind: "link", ...handed, fragment: "x" })).toMatchObject({ opening: { kind: "link", fragment: "x" } })
  frames.close()
})
