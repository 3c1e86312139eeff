import { afterEach, beforeEach, expect, test, vi } from "vitest"
import {
  deriveLinkKeys,
  hashOfRoomKey,
  isRefusal,
  memoryKeyShelf,
  openShelf,
  readOpening,
  type FurnishingMade,
} from "@conclave/crypto/room"
import { toBase64url } from "@conclave/wire"
import type { Asking, Entered, EntryRefusal } from "../adapters/entry.ts"
import { enterWith, type EntryParts } from "./entry.ts"
import { isJoiningToken, keepToken, keptToken } from "./joining-token.ts"
import { setReplaced } from "./replaced.ts"

const token = `conclave_join_${"t".repeat(42)}A`
const address = { kind: "identity", name: "my-standup", token } as const
const asking: Asking = { kind: "identity", name: "my-standup", token: undefined }
const login = { issuer: "https://login.example", clientId: "conclave" }
const kept = new Map<string, string>()
let shown: string[] = []

beforeEach(() => {
  kept.clear()
  shown = []
  vi.stubGlobal("history", { replaceState: (_: unknown, __: string, path: string) => void shown.push(path) })
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

const nothing: Entered = {
  ...{ furnished: undefined, isInhabited: false, mayFurnish: false, wishes: { defaultRole: "attendee", isLocked: true } },
  ...{ topic: "Standup", statement: undefined, name: "Cleo" },
}

/** A server that takes what is furnished, and says `over` to whoever asks. */
function server(over: Partial<Entered> = {}, refused?: EntryRefusal) {
  const made: FurnishingMade[] = []
  const nonces: (string | undefined)[] = []
  const shelf = memoryKeyShelf()
  let furnished = over.furnished
  const parts: EntryParts = {
    ...{ shelf, origin: "https://meet.example", offered: () => Promise.resolve([login]) },
    ask: (_, nonce) => {
      nonces.push(nonce)
      return Promise.resolve({
        ...nothing,
        ...over,
        furnished,
        statement: nonce === undefined || furnished === undefined ? undefined : "a.b.c",
      })
    },
    furnish: async (_, one, replaces) => {
      if (refused !== undefined) return refused
      if (replaces !== (furnished?.room ?? null)) return "stale-version"
      made.push(one)
      furnished = { room: one.room, opening: one.opening, keyHash: toBase64url(await hashOfRoomKey(one.key)) }
      return undefined
    },
  }
  return { parts, made, nonces }
}

const elsewhere = { room: "B".repeat(21) + "A", opening: "C".repeat(21) + "A", keyHash: "D".repeat(21) + "A" }

test("D39.38: whoever may furnishes a room that nobody opened, by the wishes of the API, and is handed what it made", async () => {
  const { parts, made } = server({ mayFurnish: true })
  const entered = await enterWith(parts, asking)
  expect(entered).toMatchObject({ kind: "identity", name: "my-standup", room: made[0]?.room, opening: made[0]?.opening, person: "Cleo" })
  const read = "opening" in entered ? readOpening(entered) : undefined
  if (read === undefined || made[0] === undefined || !("room" in entered)) throw new Error("nothing was furnished")
  const { shelf } = await deriveLinkKeys(read.opening, entered.room)
  const opened = await openShelf(shelf, made[0].shelf, { kind: "identity", room: entered.room, keyHash: read.keyHash })
  if (isRefusal(opened)) throw new Error(opened.refused)
  expect(opened.policy).toMatchObject({ kind: "identity", isLocked: true, joinAs: "listener", topic: "Standup", issuers: [login] })
})

test("D39.38: a device that has the room's key goes in by what is there; one that lacks it furnishes anew, unless somebody is inside", async () => {
  const own = server({ mayFurnish: true })
  await enterWith(own.parts, asking)
  await enterWith(own.parts, asking)
  expect(own.made).toHaveLength(1)
  const other = server({ mayFurnish: true, furnished: elsewhere })
  expect(await enterWith(other.parts, asking)).toMatchObject({ room: other.made[0]?.room })
  const late = server({ mayFurnish: true, furnished: elsewhere, isInhabited: true })
  expect([await enterWith(late.parts, asking), late.made]).toMatchObject([elsewhere, []])
  const attendee = server({ furnished: elsewhere })
  expect([await enterWith(attendee.parts, asking), attendee.made]).toMatchObject([elsewhere, []])
})

test("D39.38: somebody quicker at furnishing is no trouble; any other refusal is said", async () => {
  expect(await enterWith(server({ mayFurnish: true, furnished: elsewhere }, "people-are-inside").parts, asking)).toMatchObject(elsewhere)
  expect(await enterWith(server({ mayFurnish: true }, "token-void").parts, asking)).toEqual({ state: { kind: "token-void" } })
})

test("D39.43: only whom the server knows says anything of the identity key, which is the same in every room", async () => {
  const stranger = server({ furnished: elsewhere, name: undefined })
  expect(await enterWith(stranger.parts, asking)).toEqual({ kind: "identity", name: "my-standup", ...elsewhere })
  expect(stranger.nonces).toEqual([undefined])
  const known = server({ furnished: elsewhere })
  expect(await enterWith(known.parts, asking)).toMatchObject({ statement: "a.b.c", person: "Cleo" })
  const bearer = server({ furnished: elsewhere, name: undefined })
  expect(await enterWith(bearer.parts, { ...asking, token })).toMatchObject({ statement: "a.b.c" })
  for (const { nonces } of [known, bearer]) expect(nonces).toEqual([undefined, expect.stringMatching(/^[\w-]{43}$/)])
})

test("D17.10: what the server calls people and rooms is shown by the rules of names, or not at all", async () => {
  const bent = server({ furnished: undefined, topic: "a\u202eb", name: "c\u202ed" })
  expect(await enterWith(bent.parts, asking)).toEqual({ state: { kind: "not-opened" } })
  const inside = server({ furnished: elsewhere, name: "c\u202ed" })
  expect(await enterWith(inside.parts, asking)).not.toHaveProperty("person")
})

test("D39.39: who may not furnish waits for somebody who does, and does not go back to what was replaced", async () => {
  const waits = { state: { kind: "not-opened", topic: "Standup" } }
  expect(await enterWith(server().parts, asking)).toEqual(waits)
  setReplaced(elsewhere.room)
  expect(await enterWith(server({ furnished: elsewhere }).parts, asking)).toEqual(waits)
})

test("D39.40: a token that let somebody in is kept for reloads of this tab, and leaves the address bar", () => {
  keepToken(address, token)
  expect([keptToken(address), shown]).toEqual([token, ["/o/my-standup"]])
  expect(keptToken({ ...address, kind: "transport" })).toBeUndefined()
  keepToken(address, undefined)
  expect(keptToken(address)).toBeUndefined()
})

test("D39.41: what stands behind # in a link to a room sealed by link is no token", () => {
  expect(isJoiningToken(token)).toBe(true)
  for (const other of [`${"A".repeat(22)}.${"B".repeat(21)}A`, "", `${token}A`, token.slice(0, -1), ` ${token}`, "conclave_key_x"])
    expect(isJoiningToken(other)).toBe(false)
})
