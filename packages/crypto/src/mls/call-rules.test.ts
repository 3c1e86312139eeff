import { test, expect } from "vitest"
import { judgeCall, standingAfter, type CallBefore, type CommitSaid, type Standing } from "./call-rules.ts"
import type { IdentityLevel, PolicyView } from "./engine-port.ts"

const policy: PolicyView = {
  ...{ kind: "link", room: "", version: 1, hosts: ["host"], coHosts: ["co"], successors: [], listeners: [], joinAs: "member" },
  ...{ waitingRoom: false, isLocked: false, joinBeforeHost: true, share: "everyone", record: "nobody", minimumLevel: "guest" },
  ...{ issuers: [], secretVersion: 1, isSingleUse: false, hasPassword: false, canSign: false },
}
const fresh: Standing = { former: new Set(), blocked: new Set(), isUsed: false }

/** Leaf 0 is the host's, 1 the co-host's, 2 and 3 members'. */
const call = (over: Partial<PolicyView> = {}, standing: Standing | undefined = fresh): CallBefore => ({
  policy: { ...policy, ...over },
  devices: new Map([
    [0, "host"],
    [1, "co"],
    [2, "ben"],
    [3, "cleo"],
  ]),
  standing,
  gone: new Set(),
  asked: new Set(),
  now: 1000,
})

const cast = { device: "eve", level: "guest" } as const
const add = (by: number, ...devices: readonly string[]): CommitSaid => ({
  by,
  adds: devices.map((device) => ({ device, level: "guest" })),
  removes: [],
})
const remove = (by: number, leaf: number, why: CommitSaid["removes"][number]["why"], ...devices: readonly string[]): CommitSaid => ({
  ...add(by, ...devices),
  removes: [{ leaf, why }],
})
const judged = (before: CallBefore, commit: CommitSaid): string | undefined => judgeCall(before, commit)?.refused

test("D8.11: a locked room lets nobody new in, whoever commits", () => {
  for (const by of [0, 1, 2]) expect(judged(call({ isLocked: true }), add(by, "eve"))).toBe("locked")
  expect(judged(call(), add(2, "eve"))).toBeUndefined()
})

test("D8.11: past a waiting room only hosts and co-hosts let people in", () => {
  const waiting = call({ waitingRoom: true })
  expect([0, 1, 2].map((by) => judged(waiting, add(by, "eve")))).toEqual([undefined, undefined, "waiting-room"])
})

test("D39.36: past the waiting room of a room sealed by identity comes who is vouched for, and in no other kind", () => {
  const comes = (over: Partial<PolicyView>, level: IdentityLevel): string | undefined =>
    judged(call({ waitingRoom: true, ...over }), { by: 2, removes: [], adds: [{ device: "eve", level }] })
  const issuers = [{ issuer: "https://login.example", clientId: "conclave" }]
  const levels = ["guest", "account", "organisation"] as const
  const all = (over: Partial<PolicyView>): (string | undefined)[] => levels.map((level) => comes(over, level))
  expect(all({ kind: "identity" })).toEqual(["waiting-room", undefined, undefined])
  expect(all({ kind: "identity", issuers })).toEqual(["waiting-room", "waiting-room", undefined])
  for (const kind of ["link", "transport"] as const) expect(all({ kind })).toEqual(Array(3).fill("waiting-room"))
  expect(comes({ kind: "identity", isLocked: true }, "organisation")).toBe("locked")
  expect(comes({ kind: "identity", minimumLevel: "organisation" }, "account")).toBe("below-level")
})

test("D8.11: nobody below the minimum level comes in", () => {
  const strict = call({ minimumLevel: "organisation" })
  expect(judged(strict, add(0, "eve"))).toBe("below-level")
  expect(judged(strict, { by: 0, removes: [], adds: [{ ...cast, level: "organisation" }] })).toBeUndefined()
})

test("D8.11: an expired link admits nobody, and one that expires admits until then", () => {
  expect(judged(call({ expiry: 1000 }), add(0, "eve"))).toBe("link-expired")
  expect(judged(call({ expiry: 1001 }), add(0, "eve"))).toBeUndefined()
})

test("D8.11: a single-use link admits one person", () => {
  const once = { isSingleUse: true }
  expect(judged(call(once), add(0, "eve"))).toBeUndefined()
  expect(judged(call(once), add(0, "eve", "fay"))).toBe("link-used")
  expect(judged(call(once, { ...fresh, isUsed: true }), add(0, "eve"))).toBe("link-used")
  expect(judged(call({}, { ...fresh, isUsed: true }), add(0, "eve", "fay"))).toBeUndefined()
})

test("D8.11, A1.02: no device is there twice", () => {
  expect(judged(call(), add(0, "ben"))).toBe("device-twice")
  expect(judged(call(), add(0, "eve", "eve"))).toBe("device-twice")
  expect(judged(call(), remove(0, 3, "returned", "ben"))).toBe("no-return")
  expect(judged(call(), remove(0, 2, "returned", "ben"))).toBeUndefined()
})

test("D8.11, D8.14: a blocked device is not let in, come back, or brought by a host", () => {
  const blocked = { ...fresh, blocked: new Set(["eve", "ben"]), former: new Set(["eve"]) }
  for (const by of [0, 1, 2]) expect(judged(call({}, blocked), add(by, "eve"))).toBe("blocked")
  expect(judged(call({}, blocked), remove(0, 2, "returned", "ben"))).toBe("blocked")
})

test("D8.12: who was here and was not sent away comes back through lock, waiting room, expiry and single use", () => {
  const shut = { isLocked: true, waitingRoom: true, expiry: 1, isSingleUse: true, minimumLevel: "organisation" } as const
  const standing = { former: new Set(["eve"]), blocked: new Set<string>(), isUsed: true }
  expect(judged(call(shut, standing), add(2, "eve"))).toBeUndefined()
  expect(judged(call(shut, standing), remove(2, 3, "returned", "cleo"))).toBeUndefined()
  expect(judged(call(shut, standing), add(2, "fay"))).toBe("locked")
  expect(judged(call(shut, standing), remove(2, 3, "returned", "fay"))).toBe("no-return")
})

test("D8.15: whom the policy names host or co-host is not locked out of its own room", () => {
  const shut = call({ isLocked: true, waitingRoom: true, expiry: 1, hosts: ["host", "hera"], coHosts: ["co", "cora"] })
  for (const device of ["hera", "cora"]) expect(judged(shut, add(2, device))).toBeUndefined()
  expect(judged(call({ hosts: ["host", "hera"] }, { ...fresh, blocked: new Set(["hera"]) }), add(2, "hera"))).toBe("blocked")
})

test("D8.13: nobody is removed as gone whom the reader still sees", () => {
  for (const why of ["left", "silent"] as const) {
    for (const by of [0, 1, 2]) expect(judged(call(), remove(by, 3, why))).toBe("not-gone")
    expect(judged({ ...call(), gone: new Set([3]) }, remove(2, 3, why))).toBeUndefined()
  }
})

test("D8.13: a person is sent away by a host, or by a co-host who sends away no host", () => {
  expect([0, 1, 2].map((by) => judged(call(), remove(by, 3, "removed")))).toEqual([undefined, undefined, "may-not-remove"])
  expect(judged(call(), remove(1, 0, "removed"))).toBe("may-not-remove")
  expect(judged(call({ hosts: ["host", "ben"] }), remove(0, 2, "removed"))).toBeUndefined()
})

test("D14.8: nobody is removed in the organisation's name unless the reader has heard that asked, and who is may not come back by itself", () => {
  for (const by of [0, 1, 2]) {
    expect(judged(call(), remove(by, 3, "organisation"))).toBe("not-asked")
    expect(judged({ ...call(), gone: new Set([3]) }, remove(by, 3, "organisation"))).toBe("not-asked")
    expect(judged({ ...call(), asked: new Set([3]) }, remove(by, 3, "organisation"))).toBeUndefined()
  }
  expect(judged({ ...call(), asked: new Set([3]) }, remove(2, 3, "removed"))).toBe("may-not-remove")
  const after = standingAfter(call({}, { ...fresh, former: new Set(["cleo"]) }), remove(2, 3, "organisation"))
  expect([after?.former.has("cleo"), after?.blocked.has("cleo")]).toEqual([false, true])
})

test("D8.13: a removal as returned adds the device it removes", () => {
  expect(judged(call(), remove(2, 3, "returned"))).toBe("no-return")
  expect(judged(call(), remove(2, 3, "returned", "eve"))).toBe("no-return")
})

test("D8.16: what a joiner was not told yet it holds against nobody", () => {
  // Its leaves are all nameless, and it does not know who was here.
  const blind = { ...call({ isLocked: true, waitingRoom: true }), standing: undefined, devices: new Map([[0, undefined]]) }
  expect(judged(blind, add(0, "eve"))).toBeUndefined()
  expect(judged(blind, remove(0, 2, "removed"))).toBeUndefined()
  expect(judged(blind, add(0, "eve", "eve"))).toBe("device-twice")
  expect(judged(blind, remove(0, 2, "left"))).toBe("not-gone")
  // As soon as it was told, it holds the committer to it.
  expect(judged({ ...blind, standing: fresh }, add(0, "eve"))).toBe("locked")
})

test("D8.14: a removal by a person blocks its device, any other makes it one that may come back", () => {
  const commit: CommitSaid = {
    by: 0,
    adds: [],
    removes: [
      { leaf: 2, why: "removed" },
      { leaf: 3, why: "silent" },
    ],
  }
  expect(standingAfter(call({}, { ...fresh, former: new Set(["ben"]) }), commit)).toEqual({
    former: new Set(["cleo"]),
    blocked: new Set(["ben"]),
    isUsed: false,
  })
})

test("D17.24: a newcomer uses the link, whoever returns does not, and a joiner keeps no standing of its own making", () => {
  expect(standingAfter(call(), add(0, "eve"))?.isUsed).toBe(true)
  expect(standingAfter(call({}, { ...fresh, former: new Set(["eve"]) }), add(0, "eve"))?.isUsed).toBe(false)
  expect(standingAfter({ ...call(), standing: undefined }, add(0, "eve"))).toBeUndefined()
})

const end = (by: number, ...leaves: readonly number[]): CommitSaid => ({
  ...add(by),
  removes: leaves.map((leaf) => ({ leaf, why: "ended" })),
})

test("D8.31: a host ends the call, for everybody else at once and with nothing beside it", () => {
  expect(judged(call(), end(0, 1, 2, 3))).toBeUndefined()
  expect(judged(call({ isLocked: true, waitingRoom: true }), end(0, 1, 2, 3))).toBeUndefined()
  for (const commit of [end(0, 1, 2), end(0, 3), { ...end(0, 1, 2, 3), adds: [cast] }]) expect(judged(call(), commit)).toBe("not-all-ended")
  const mixed: CommitSaid = { ...end(0, 1, 2), removes: [...end(0, 1, 2).removes, { leaf: 3, why: "removed" }] }
  expect(judged(call(), mixed)).toBe("not-all-ended")
})

test("D8.31: a co-host or member who tries is refused, a leaf that nobody knows yet is taken for a host's", () => {
  expect(judged(call(), end(1, 0, 2, 3))).toBe("may-not-end")
  expect(judged(call({ listeners: ["cleo"] }), end(3, 0, 1, 2))).toBe("may-not-end")
  expect(judged(call(), end(2, 3))).toBe("may-not-end")
  const strange = {
    ...call(),
    devices: new Map([
      [0, "host"],
      [1, "co"],
      [2, undefined],
    ] as const),
  }
  expect(judged(strange, end(2, 0, 1))).toBeUndefined()
  expect(judged(strange, end(2, 0))).toBe("not-all-ended")
})

test("D8.30: no device is blocked by the end of a call", () => {
  expect(standingAfter(call(), end(0, 1, 2, 3))).toMatchObject({ blocked: new Set(), former: new Set(["co", "ben", "cleo"]) })
})
