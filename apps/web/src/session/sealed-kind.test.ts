import { expect, test } from "vitest"
import { policyOf } from "./policy.fixture.ts"
import { roomSaid } from "./room-said.ts"
import { rulesViewOf } from "./room-rules.ts"
import { sealKindOf } from "./security-view.ts"

const origin = "https://meet.example"
const login = { issuer: "https://login.example", clientId: "conclave" }
const handed = { kind: "identity", name: "my-standup", room: "A", opening: "B", keyHash: "C" } as const

test("D39.42, D39.37: security says the kind and who vouches; our own server is no provider, whatever a policy names", () => {
  const of = (kind: "link" | "identity" | "transport", issuers: readonly (typeof login)[]) =>
    sealKindOf(policyOf({ kind, issuers }), origin)
  expect(of("link", [login])).toEqual({ kind: "link" })
  expect(of("identity", [])).toEqual({ kind: "identity", providers: [] })
  expect(of("identity", [{ issuer: origin, clientId: "x" }])).toEqual({ kind: "identity", providers: [] })
  expect(of("identity", [{ issuer: origin, clientId: "x" }, login])).toEqual({ kind: "identity", providers: ["login.example"] })
  expect(of("transport", [login])).toEqual({ kind: "transport" })
})

test("D39.42: a lobby says what kind of room it is, and under which name the server vouches for this person", () => {
  expect(roomSaid({ kind: "link", room: "A", fragment: "B" }, [login])).toEqual({ kind: "link" })
  expect(roomSaid(handed, [])).toEqual({ kind: "identity", providers: [] })
  expect(roomSaid({ ...handed, person: "Cleo" }, [login])).toEqual({ kind: "identity", providers: ["login.example"] })
  expect(roomSaid({ ...handed, kind: "transport", person: "Cleo", statement: "a.b.c" }, [])).toEqual({ kind: "transport", account: "Cleo" })
})

test("D39.34: only a room sealed by link has a link to replace", () => {
  const has = (kind: "link" | "identity" | "transport") => rulesViewOf(policyOf({ kind }), { hosts: [], offered: [] }).hasLink
  expect([has("link"), has("identity"), has("transport")]).toEqual([true, false, false])
})
