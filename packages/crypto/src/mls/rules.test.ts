import { test, expect } from "vitest"
import { toBase64url } from "../base64url.ts"
import { randomBytes } from "../platform.ts"
import { bundleLifetimeMs, makeBundle } from "../room/bundle.ts"
import { deviceKey, deviceOf } from "../room/device-key.ts"
import { hostName, type Policy } from "../room/policy.ts"
import { signNext } from "../room/policy-chain.ts"
import { edited } from "../room/policy-edit.ts"
import { memoryKeyShelf } from "../room/signing-key.ts"
import type { CommitRequest } from "./raw-engine.ts"
import type { Note } from "./note.ts"
import { pskIdOf } from "./membership.ts"
import {
  admit,
  admitRogue,
  commit,
  found,
  good,
  heal,
  house,
  id,
  introduceAll,
  knock,
  lastKey,
  leafOf,
  readOrder,
  rogueCommit,
  rogueKnock,
  somebody,
  type House,
  type Rogue,
  type Somebody,
} from "./people.fixture.ts"

interface Party {
  readonly home: House
  readonly call: string
  readonly host: Somebody
  readonly ben: Somebody
  readonly mallory: Rogue
}

/** A host and Ben, who know each other, and Mallory, a plain member with no manners. Leaves 0, 1, 2. */
async function party(rules: Partial<Policy> = {}): Promise<Party> {
  const home = await house(rules)
  const [host, ben] = [await somebody(home, "Hera", { shelf: home.shelf }), await somebody(home, "Ben")]
  const call = await found(host)
  await admit(host, call, [ben])
  await introduceAll([host, ben])
  return { home, call, host, ben, mallory: await admitRogue({ house: home, committer: host, call }, [ben]) }
}

/** What host and Ben say of Mallory's commit: the same rule, in her name. */
async function refusedFor(
  { host, ben, mallory }: Party,
  { request, note = {}, gone = [] }: { request: CommitRequest; note?: Partial<Note>; gone?: readonly number[] },
): Promise<string | undefined> {
  const { commit: bytes } = await rogueCommit(mallory, request, note)
  const rules: (string | undefined)[] = []
  for (const one of [host, ben]) {
    const fact = await one.keeper.perform({ do: "process-commit", seq: 9, commit: bytes, gone })
    expect(fact).toMatchObject(fact.type === "commit-refused" ? { failure: "refused", by: 2 } : { type: "commit-processed", by: 2 })
    rules.push(fact.type === "commit-refused" ? fact.rule : undefined)
  }
  expect(rules[0]).toBe(rules[1])
  return rules[0]
}

const psk = ({ home }: Party): Uint8Array => pskIdOf(home.room, 1)
const device = (one: Somebody): Promise<string> => deviceOf(one.device.publicKey)

test("D8.10: a commit without a note, with another's, or with one byte of it changed is refused", async () => {
  const all = await party()
  const { host, ben, mallory, call } = all
  const { commit: silent } = mallory.raw.commit({})
  expect(await host.ask({ do: "process-commit", seq: 9, commit: silent, gone: [] }, "commit-refused")).toMatchObject({
    rule: "note-missing",
  })
  mallory.raw.clearCommit()
  const { commit: garbled } = mallory.raw.commit({ authenticatedData: randomBytes(80) })
  expect(await host.ask({ do: "process-commit", seq: 9, commit: garbled, gone: [] }, "commit-refused")).toMatchObject({
    rule: "note-missing",
  })
  mallory.raw.clearCommit()
  const other = { ...mallory, call: id() }
  const { commit: elsewhere } = await rogueCommit(other, {})
  expect(call).not.toBe(other.call)
  expect(await ben.ask({ do: "process-commit", seq: 9, commit: elsewhere, gone: [] }, "commit-refused")).toMatchObject({
    rule: "note-missing",
  })
})

test("D8.10: a note that names another Add or Remove than the commit has is refused", async () => {
  const all = await party()
  const [eve, fay] = [await rogueKnock(all.home, all.call), await rogueKnock(all.home, all.call)]
  const request = { adds: [eve.keyPackage, fay.keyPackage], psk: psk(all) }
  for (const adds of [[], [eve.bundle], [fay.bundle, eve.bundle], [eve.bundle, fay.bundle, fay.bundle]]) {
    expect(await refusedFor(all, { request, note: { adds } })).toBe("note-mismatch")
    all.mallory.raw.clearCommit()
  }
  const { commit: unsaid } = await rogueCommit(all.mallory, { removes: [1] }, { removes: [] })
  expect(await all.host.ask({ do: "process-commit", seq: 9, commit: unsaid, gone: [1] }, "commit-refused")).toMatchObject({
    rule: "note-mismatch",
  })
  all.mallory.raw.clearCommit()
  expect(await refusedFor(all, { request: {}, note: { removes: [{ leaf: 1, why: "left" }] }, gone: [1] })).toBe("note-mismatch")
  all.mallory.raw.clearCommit()
  expect(await refusedFor(all, { request: {}, note: { secret: randomBytes(16) } })).toBe("note-mismatch")
  all.mallory.raw.clearCommit()
  expect(await refusedFor(all, { request, note: { adds: [eve.bundle, fay.bundle] } })).toBeUndefined()
})

test("D8.10, D17.14: a newcomer whose bundle its own leaf did not endorse is refused", async () => {
  const all = await party()
  const [eve, fay] = [await rogueKnock(all.home, all.call), await rogueKnock(all.home, all.call)]
  const stolen = good(await deviceKey(memoryKeyShelf(), all.home.room))
  const about = { member: eve.member, name: "Boss", expiry: Date.now() + bundleLifetimeMs }
  // Fay's leaf signs for a device at Eve's leaf.
  const leaf = { ...leafOf(fay.raw), publicKey: leafOf(eve.raw).publicKey }
  const bundle = await makeBundle({ device: stolen, leaf }, { room: all.home.room, call: all.call }, about)
  const note = { adds: [bundle] }
  expect(await refusedFor(all, { request: { adds: [eve.keyPackage], psk: psk(all) }, note })).toBe("bundle-unproved")
})

test("D8.10: whom another lets in has a proved name at once, whoever reads it", async () => {
  const { home, call, host, ben } = await party()
  const cleo = await somebody(home, "Cleo")
  const made = await knock(cleo, call)
  expect(await host.ask(readOrder(made), "knock-read")).toMatchObject({ person: { doorWords: made.self.doorWords } })
  const built = await host.ask({ do: "build-commit", change: { adds: [made.member], removes: [] } }, "commit-built")
  const seen = await ben.ask({ do: "process-commit", seq: 1, commit: built.bundle.commit, gone: [] }, "commit-processed")
  expect(seen).toMatchObject({ people: [{ name: "Cleo", member: made.member, level: "guest" }], policyChanged: false })
  expect(seen.people[0]).not.toHaveProperty("doorWords")
})

test("D8.11, A1.03: a member that is no host lets nobody in past a waiting room, and the host does", async () => {
  const all = await party({ waitingRoom: true })
  const eve = await rogueKnock(all.home, all.call)
  const request = { adds: [eve.keyPackage], psk: psk(all) }
  expect(await refusedFor(all, { request, note: { adds: [eve.bundle] } })).toBe("waiting-room")
  // Nor would an honest member's own keeper build such a commit.
  await all.ben.ask(readOrder(eve), "knock-read")
  await all.ben.ask({ do: "build-commit", change: { adds: [eve.member], removes: [] } }, "order-failed")
  await all.host.ask(readOrder(eve), "knock-read")
  await commit(all.host, { adds: [eve.member] }, [all.ben])
})

test("D8.11: nobody lets anybody new into a locked or expired room", async () => {
  for (const [rules, rule] of [
    [{ isLocked: true }, "locked"],
    [{ expiry: Date.now() - 3_600_000 }, "link-expired"],
    [{ minimumLevel: "organisation" }, "below-level"],
  ] as const) {
    const home = await house()
    const [host, ben] = [await somebody(home, "Hera", { shelf: home.shelf }), await somebody(home, "Ben")]
    const call = await found(host)
    await admit(host, call, [ben])
    await introduceAll([host, ben])
    const mallory = await admitRogue({ house: home, committer: host, call }, [ben])
    const all = { home, call, host, ben, mallory }
    for (const [set, to] of Object.entries(rules)) await follow(all, host, { policy: { set, to } as never })
    const eve = await rogueKnock(home, call)
    expect(await refusedFor(all, { request: { adds: [eve.keyPackage], psk: psk(all) }, note: { adds: [eve.bundle] } })).toBe(rule)
  }
})

/** One commits; the others, Mallory's engine among them, follow. */
async function follow({ host, ben, mallory }: Party, by: Somebody, change: Parameters<typeof commit>[1]) {
  const done = await commit(
    by,
    change,
    [host, ben].filter((one) => one !== by),
  )
  mallory.raw.process(done.commit)
  mallory.raw.accept()
  return done
}

test("D8.12: who was in a locked room comes back, by any member, and needs nobody", async () => {
  const all = await party()
  const { home, call, host, ben } = all
  await follow(all, host, { policy: { set: "isLocked", to: true } })
  const again = await somebody(home, "Hera", { shelf: home.shelf })
  const back = await knock(again, call)
  await ben.ask(readOrder(back), "knock-read")
  const change = { adds: [back.member], removes: [{ leaf: 0, why: "returned" as const }] }
  const { bundle } = await ben.ask({ do: "build-commit", change }, "commit-built")
  expect(await ben.ask({ do: "merge-commit" }, "commit-merged")).toMatchObject({ removes: [{ leaf: 0, why: "returned" }] })
  expect(await host.ask({ do: "process-commit", seq: 4, commit: bundle.commit, gone: [] }, "removed-by-commit")).toMatchObject({
    why: "returned",
    by: 1,
  })
})

test("D8.13, A1.17: a member cannot send anybody away, nor say that somebody is gone who is there", async () => {
  const all = await party()
  for (const [why, rule] of [
    ["removed", "may-not-remove"],
    ["left", "not-gone"],
    ["silent", "not-gone"],
    ["returned", "no-return"],
    ["organisation", "not-asked"],
  ] as const) {
    const { commit: bytes } = await rogueCommit(all.mallory, { removes: [1] }, { removes: [{ leaf: 1, why }] })
    expect(await all.host.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "commit-refused")).toMatchObject({ by: 2, rule })
    all.mallory.raw.clearCommit()
  }
})

test("D8.13, D8.14: a host sends somebody away, who hears by whom and why and is not let in again until unblocked", async () => {
  const all = await party()
  const { home, call, host, ben } = all
  const cleo = await somebody(home, "Cleo")
  await admit(host, call, [cleo], [ben])
  const removes = [{ leaf: 3, why: "removed" }] as const
  const { commit: bytes } = await commit(host, { removes }, [ben])
  expect(await cleo.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "removed-by-commit")).toEqual({
    ...{ type: "removed-by-commit", seq: 9, by: 0, why: "removed" },
  })
  const back = await knock(cleo, call)
  for (const one of [host, ben]) {
    await one.ask(readOrder(back), "knock-read")
    await one.ask({ do: "build-commit", change: { adds: [back.member], removes: [] } }, "order-failed")
  }
  await host.ask({ do: "set-standing", former: [], blocked: [], isUsed: true }, "standing-set")
  await host.ask({ do: "build-commit", change: { adds: [back.member], removes: [] } }, "commit-built")
  expect(await device(cleo)).toBe(back.self.device)
})

test("D14.7, D14.8: any member commits what the organisation asked for; who heard it too follows, and the device is kept out", async () => {
  const { call, host, ben } = await party()
  const removes = [{ leaf: 1, why: "organisation" as const }]
  const { bundle } = await ben.ask(
    { do: "build-commit", change: { adds: [], removes: [{ leaf: 2, why: "organisation" }] } },
    "commit-built",
  )
  const order = { do: "process-commit", seq: 9, commit: bundle.commit, gone: [] } as const
  expect(await host.ask({ ...order, asked: [2] }, "commit-processed")).toMatchObject({
    by: 1,
    removes: [{ leaf: 2, why: "organisation" }],
  })
  await ben.ask({ do: "merge-commit" }, "commit-merged")
  const { bundle: next } = await host.ask({ do: "build-commit", change: { adds: [], removes } }, "commit-built")
  expect(await ben.ask({ ...order, commit: next.commit }, "removed-by-commit")).toMatchObject({ by: 0, why: "organisation" })
  await host.ask({ do: "merge-commit" }, "commit-merged")
  const back = await knock(ben, call)
  await host.ask(readOrder(back), "knock-read")
  await host.ask({ do: "build-commit", change: { adds: [back.member], removes: [] } }, "order-failed")
})

test("D8.30: a host ends the call: everybody hears that it is over, and who ended it", async () => {
  const { host, ben, mallory } = await party()
  const removes = [1, 2].map((leaf) => ({ leaf, why: "ended" as const }))
  const order = { adds: [], removes }
  expect(await ben.keeper.perform({ do: "build-commit", change: { adds: [], removes: [{ leaf: 0, why: "ended" }] } })).toMatchObject({
    type: "order-failed",
    failure: "refused",
  })
  expect(await host.keeper.perform({ do: "build-commit", change: { ...order, removes: removes.slice(1) } })).toMatchObject({
    type: "order-failed",
    failure: "refused",
  })
  const { commit: bytes } = await commit(host, order)
  const over = await ben.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "removed-by-commit")
  expect(over).toEqual({ type: "removed-by-commit", seq: 9, by: 0, why: "ended" })
  expect(mallory.raw.process(bytes)).toMatchObject({ kind: "commit", sender: 0, selfRemoved: true })
})

test("D8.31: a member ends no call: whoever stays refuses it", async () => {
  const all = await party()
  for (const [leaf, stays] of [
    [0, all.ben],
    [1, all.host],
  ] as const) {
    const { commit: bytes } = await rogueCommit(all.mallory, { removes: [leaf] }, { removes: [{ leaf, why: "ended" }] })
    all.mallory.raw.clearCommit()
    expect(await stays.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [0, 1] }, "commit-refused")).toMatchObject({
      by: 2,
      rule: "may-not-end",
    })
  }
})

test("D8.32: whom a member removes as if the call had ended hears that it was not to", async () => {
  const all = await party()
  const removes = [0, 1].map((leaf) => ({ leaf, why: "ended" as const }))
  const { commit: bytes } = await rogueCommit(all.mallory, { removes: [0, 1] }, { removes })
  expect(await all.host.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "removed-by-commit")).toMatchObject({
    ...{ by: 2, why: "ended", rule: "may-not-end" },
  })
  all.mallory.raw.clearCommit()
  const { commit: unsaid } = await rogueCommit(all.mallory, { removes: [0, 1] }, { removes: removes.slice(0, 1) })
  expect(await all.ben.ask({ do: "process-commit", seq: 9, commit: unsaid, gone: [] }, "removed-by-commit")).toMatchObject({
    ...{ by: 2, why: "removed", rule: "note-mismatch" },
  })
})

test("D4.12, A1.17: a policy that its signer is no host of, or that another brings, changes nothing", async () => {
  const all = await party()
  const { home, host, ben, mallory } = all
  const inForce = home.policy
  const next = edited(inForce.policy, { role: "host", of: hostName(mallory.bundle.devicePublicKey) })
  if (next === undefined) throw new Error("no policy")
  // Signed by the host, and committed by Mallory, who got hold of it.
  const hosts = good(await signNext(inForce, next, { device: host.device }))
  expect(await refusedFor(all, { request: { policy: hosts.bytes } })).toBe("policy-not-next")
  expect((await host.ask(heal, "commit-built")).bundle.epoch).toBe(lastKey(ben).epoch)
})

test("D4.11, D3.10: a host changes a rule; everybody sees what holds now, and the server gets it signed", async () => {
  const { host, ben, home, mallory } = await party()
  const done = await commit(host, { policy: { set: "waitingRoom", to: true } }, [ben])
  expect(done.group.policy).toMatchObject({ waitingRoom: true, version: 2, canSign: true, hosts: [await device(host)] })
  expect(done).toMatchObject({ policyChanged: true, room: { room: home.room, version: 2, by: host.device.publicKey } })
  expect(done.room?.keys.map(toBase64url)).toEqual([home.roomKey.publicKey, host.device.publicKey].map(toBase64url))
  expect(mallory.member).toHaveLength(22)
})

test("D4.13: a member changes no rule, and the last host does not step down", async () => {
  const { host, ben } = await party()
  await ben.ask({ do: "build-commit", change: { adds: [], removes: [], policy: { set: "isLocked", to: true } } }, "order-failed")
  await ben.ask({ do: "build-commit", change: { adds: [], removes: [], policy: { takeOver: true } } }, "order-failed")
  await host.ask({ do: "build-commit", change: { adds: [], removes: [], policy: { role: "member", of: 0 } } }, "order-failed")
  // Nobody was introduced at that leaf, so it can have no role.
  await host.ask({ do: "build-commit", change: { adds: [], removes: [], policy: { role: "host", of: 9 } } }, "order-failed")
})

test("D4.13: a host hands over, and the new one rules", async () => {
  const all = await party()
  const { host, ben } = all
  await follow(all, host, { policy: { role: "host", of: 1 } })
  const done = await follow(all, ben, { policy: { role: "member", of: 0 } })
  expect(done.group.policy).toMatchObject({ hosts: [await device(ben)], version: 3 })
  await host.ask({ do: "build-commit", change: { adds: [], removes: [], policy: { set: "isLocked", to: true } } }, "order-failed")
})

test("D5.1: a successor takes over once no host is there, and not before", async () => {
  const all = await party()
  const { host, ben, mallory } = all
  await follow(all, host, { policy: { successor: true, of: 1 } })
  const takeOver = { do: "build-commit", change: { adds: [], removes: [], policy: { takeOver: true } } } as const
  await ben.ask(takeOver, "order-failed")
  const gone = await commit(ben, { removes: [{ leaf: 0, why: "left" }] })
  mallory.raw.process(gone.commit)
  mallory.raw.accept()
  const done = await commit(ben, { policy: { takeOver: true } })
  expect(done.group.policy).toMatchObject({ successors: [], canSign: true, version: 3 })
  expect(done.room).toMatchObject({ version: 3, by: ben.device.publicKey })
})

test("D5.1: a take-over while a host is there is refused by all", async () => {
  const home = await house()
  const [host, ben] = [await somebody(home, "Hera", { shelf: home.shelf }), await somebody(home, "Ben")]
  const call = await found(host)
  await admit(host, call, [ben])
  const shelf = memoryKeyShelf()
  const mallory = await admitRogue({ house: home, committer: host, call, options: { shelf } }, [ben])
  await introduceAll([host, ben])
  const all = { home, call, host, ben, mallory }
  await follow(all, host, { policy: { successor: true, of: 2 } })
  const device = good(await deviceKey(shelf, home.room))
  const inForce = good(
    await signNext(home.policy, edited(home.policy.policy, { successor: true, of: hostName(device.publicKey) }) ?? home.policy.policy, {
      device: host.device,
    }),
  )
  const next = edited(inForce.policy, { takeOver: true, of: hostName(device.publicKey) })
  const taken = good(await signNext(inForce, next ?? inForce.policy, { device }))
  expect(await refusedFor(all, { request: { policy: taken.bytes } })).toBe("host-present")
})

test("D4.15, D3: a new secret reaches members only; the old link lets nobody in any more", async () => {
  const all = await party()
  const { home, call, host, ben } = all
  const changed = await commit(host, { policy: { newSecret: true } })
  const { group, link } = await ben.ask({ do: "process-commit", seq: 1, commit: changed.commit, gone: [] }, "commit-processed")
  expect(link).toBe(changed.link)
  expect(group.policy).toMatchObject({ secretVersion: 2, version: 2 })
  all.mallory.raw.process(changed.commit)
  all.mallory.raw.accept()
  // Knocks under the old secret are not even read.
  await host.ask(readOrder(await knock(await somebody(home, "Eve"), call)), "knock-refused")
  // An insider who brings somebody in by the old one is refused.
  const eve = await rogueKnock(home, call)
  expect(await refusedFor(all, { request: { adds: [eve.keyPackage], psk: psk(all) }, note: { adds: [eve.bundle] } })).toBe("psk-missing")
})

test("D4.15: a secret that its policy does not name, or that comes without a policy of its own, is refused", async () => {
  const home = await house()
  const [host, ben] = [await somebody(home, "Hera", { shelf: home.shelf }), await somebody(home, "Ben")]
  const call = await found(host)
  await admit(host, call, [ben])
  await introduceAll([host, ben])
  // Mallory has the room key itself, so that only this rule is in her way.
  const mallory = await admitRogue({ house: home, committer: host, call }, [ben])
  const all = { home, call, host, ben, mallory }
  const signed = async (over: Partial<Policy>): Promise<Uint8Array> =>
    good(await signNext(home.policy, { ...home.policy.policy, version: 2, ...over }, { roomKey: home.roomKey, device: ben.device })).bytes
  const secret = randomBytes(16)
  const cases = [
    [await signed({}), { secret }],
    [await signed({ secretVersion: 2 }), {}],
    [await signed({ secretVersion: 2, secretHash: id() }), { secret }],
    [await signed({ secretHash: id() }), {}],
    [await signed({ secretVersion: 3, secretHash: id() }), { secret }],
  ] as const
  for (const [policy, note] of cases) {
    expect(await refusedFor(all, { request: { policy }, note })).toBe("secret-mismatch")
    mallory.raw.clearCommit()
  }
})

test("D4.14: without a host only a host founds a call where the policy says so, or once the link has expired", async () => {
  for (const rules of [{ joinBeforeHost: false }, { expiry: Date.now() - 1 }]) {
    const home = await house(rules)
    const order = { do: "found-group", call: id(), member: id() } as const
    expect(await (await somebody(home, "Ben")).ask(order, "order-failed")).toMatchObject({ failure: "host-needed" })
    await (await somebody(home, "Hera", { shelf: home.shelf })).ask(order, "group-founded")
  }
})
