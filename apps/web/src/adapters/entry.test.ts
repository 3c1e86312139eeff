import { afterEach, expect, test, vi } from "vitest"
import { askEntry, furnish, type Asking } from "./entry.ts"

const asking: Asking = { kind: "identity", name: "my-standup", token: undefined }
const id = (letter: string): string => `${letter.repeat(21)}A`
const answer = {
  ...{ kind: "sealed-by-identity", is_inhabited: false, may_furnish: true, topic: null, statement: null, name: "Cleo" },
  ...{ furnished: { room: id("B"), opening: id("C"), key_hash: id("D") } },
  ...{ wishes: { role: "speaker", default_role: "attendee", is_locked: false } },
}

let asked: { readonly url: string; readonly body: unknown; readonly init: RequestInit }[] = []

/** The server answers this. */
function answering(body: unknown, status = 200): void {
  asked = []
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({ url, init, body: JSON.parse(init.body as string) })
    return Promise.resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status }))
  })
}
afterEach(() => vi.unstubAllGlobals())

test("D39.43: what a page asks with is its kind, its nonce and a token if it has one; nothing else", async () => {
  answering(answer)
  expect(await askEntry(asking, "NONCE")).toEqual({
    ...{ furnished: { room: id("B"), opening: id("C"), keyHash: id("D") }, isInhabited: false, mayFurnish: true },
    ...{ wishes: { defaultRole: "attendee", isLocked: false }, topic: undefined, statement: undefined, name: "Cleo" },
  })
  await askEntry({ ...asking, token: "TOKEN" }, "NONCE")
  expect(asked.map(({ url, body }) => [url, body])).toEqual([
    ["/api/v1/rooms/my-standup/entry", { kind: "sealed-by-identity", nonce: "NONCE" }],
    ["/api/v1/rooms/my-standup/entry", { kind: "sealed-by-identity", nonce: "NONCE", token: "TOKEN" }],
  ])
  expect(asked[0]?.init).toMatchObject({ redirect: "error", referrerPolicy: "no-referrer" })
})

test("D1: a server that answers with another kind than the path's lets nobody in", async () => {
  for (const kind of ["transport-only", "sealed-by-link", undefined, "identity"]) {
    answering({ ...answer, kind })
    expect(await askEntry(asking, "NONCE")).toBe("away")
  }
})

test("D39.1: what is not of the stated shape is no answer", async () => {
  const { furnished } = answer
  for (const bad of [
    ...["", "{", "[]", "null", '"x"', "x".repeat(70_000)],
    ...[{}, { ...answer, wishes: null }, { ...answer, is_inhabited: 1 }, { ...answer, may_furnish: undefined }],
    ...[
      { ...answer, furnished: "x" },
      { ...answer, furnished: { ...furnished, room: "x" } },
    ],
    ...[
      { ...answer, furnished: { ...furnished, opening: 7 } },
      { ...answer, furnished: { room: id("B") } },
    ],
  ]) {
    answering(bad)
    expect(await askEntry(asking, "NONCE"), JSON.stringify(bad).slice(0, 80)).toBe("away")
  }
})

test("D39.1: a refusal is said by its code, and one without words as any other", async () => {
  for (const [code, said] of [
    ["token-void", "token-void"],
    ["sign-in-needed", "sign-in-needed"],
    ["something-new", "other"],
    ["__proto__", "other"],
  ] as const) {
    answering({ code }, 401)
    expect(await askEntry(asking, "NONCE")).toBe(said)
    const made = { room: id("B"), opening: id("C"), accessHash: new Uint8Array(32), shelf: new Uint8Array(40), key: new Uint8Array(32) }
    expect(await furnish(asking, made, null)).toBe(said)
  }
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")))
  expect(await askEntry(asking, "NONCE")).toBe("away")
})
