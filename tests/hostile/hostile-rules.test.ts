/**
 * The room's rules against a member with the real engine, every secret of the link and no manners: what it commits is
 * refused by all, under the same rule and its name. Its signatures are its own, or ones that it got hold of.
 */

import { randomBytes } from "node:crypto"
import { beforeAll, expect, test } from "vitest"
import {
  admit,
  admitRogue,
  commit,
  found,
  good,
  house,
  id,
  introduceAll,
  left,
  rogueCommit,
  rogueKnock,
  somebody,
  type House,
  type Rogue,
  type Somebody,
} from "../../packages/crypto/src/mls/people.fixture.ts"
import { pskIdOf } from "../../packages/crypto/src/mls/membership.ts"
import type { Note } from "../../packages/crypto/src/mls/note.ts"
import { sealNote } from "../../packages/crypto/src/mls/note.ts"
import type { CommitRequest } from "../../packages/crypto/src/mls/raw-engine.ts"
import { policyBody } from "../../packages/crypto/src/room/policy.ts"
import {
  deviceKey,
  deviceOf,
  edited,
  hostName,
  memoryKeyShelf,
  openShelf,
  sealShelf,
  signFirst,
  signNext,
  type KeyEdit,
  type KeyShelf,
  type Policy,
  type SignedPolicy,
  type SigningKey,
} from "@conclave/crypto/room"
import { counts } from "./counts.ts"
import { blocked } from "./ledger.ts"
import { joined } from "./lying-relay.ts"

interface Scene {
  readonly home: House
  readonly call: string
  /** Made the room; leaf 0. */
  readonly hera: Somebody
  readonly ben: Somebody
  /** Leaf 2. */
  readonly mallory: Rogue
  readonly device: SigningKey
  /** The policy in force. */
  policy: SignedPolicy
}

/** Hera, Ben and Mallory in a room with these rules; all know each other. */
async function scene(rules: (device: string) => Partial<Policy> = () => ({})): Promise<Scene> {
  const room = await house()
  const shelf: KeyShelf = memoryKeyShelf()
  const device = good(await deviceKey(shelf, room.room))
  const policy = await signFirst(room.roomKey, { ...room.policy.policy, ...rules(hostName(device.publicKey)) })
  const home = { ...room, policy }
  const [hera, ben] = [await somebody(home, "Hera", { shelf: home.shelf, roomKey: home.roomKey }), await somebody(home, "Ben")]
  const call = await found(hera)
  await admit(hera, call, [ben])
  await introduceAll([hera, ben])
  const mallory = await admitRogue({ house: home, committer: hera, call, options: { shelf } }, [ben])
  return { home, call, hera, ben, mallory, device, policy }
}

interface Attempt {
  readonly request: CommitRequest
  readonly note?: Partial<Note>
  /** Leaves that Hera and Ben see as gone. */
  readonly gone?: readonly number[]
}

/** Commits it to both. True when both refuse it, by this rule and in Mallory's name, and stay where they were. */
async function isRefused(all: Scene, attempt: Attempt, rule: string): Promise<boolean> {
  const { commit: bytes } = await rogueCommit(all.mallory, attempt.request, attempt.note)
  all.mallory.raw.clearCommit()
  return refusedBy(all, bytes, { rule, gone: attempt.gone ?? [] })
}

async function refusedBy(
  { hera, ben }: Scene,
  bytes: Uint8Array,
  { rule, gone = [] }: { readonly rule: string; readonly gone?: readonly number[] },
): Promise<boolean> {
  const facts = await Promise.all([hera, ben].map((one) => one.keeper.perform({ do: "process-commit", seq: 9, commit: bytes, gone })))
  expect(facts).toEqual(facts.map(() => ({ type: "commit-refused", seq: 9, failure: "refused", by: 2, rule })))
  return facts.every(({ type }) => type === "commit-refused")
}

/** Hera changes a rule; Ben and Mallory follow. */
async function follow(all: Scene, change: Parameters<typeof commit>[1], signed: KeyEdit | undefined): Promise<void> {
  const { commit: bytes } = await commit(all.hera, change, [all.ben])
  all.mallory.raw.process(bytes)
  all.mallory.raw.accept()
  if (signed !== undefined) all.policy = await byRoomKey(all, must(edited(all.policy.policy, signed)))
}

const byRoomKey = ({ home }: Scene, next: Policy): Promise<SignedPolicy> => signFirst(home.roomKey, next)

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("bug: no such policy")
  return value
}

/** A chain with one more link, signed by anybody, whether it may or not (policy-chain.ts). */
async function chained(before: SignedPolicy, policy: Policy, signer: SigningKey): Promise<Uint8Array<ArrayBuffer>> {
  const last = before.links.at(-1)?.bytes ?? new Uint8Array()
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(last)))
  const body = policyBody(policy)
  const signature = await signer.sign(joined(new TextEncoder().encode("Conclave 1 policy\0"), hash, body))
  const link = joined(Uint8Array.of(body.length >> 8, body.length & 255), signer.publicKey, signature, body)
  return joined(Uint8Array.of(2, before.links.length + 1), ...before.links.map(({ bytes }) => bytes), link)
}

const newcomer = async ({ home, call }: Scene, options: { readonly shelf?: KeyShelf; readonly name?: string } = {}): Promise<Attempt> => {
  const ghost = await rogueKnock(home, call, options)
  return { request: { adds: [ghost.keyPackage], psk: pskIdOf(home.room, 1) }, note: { adds: [ghost.bundle] } }
}

let tries = 0
let through = 0
const count = (isHeld: boolean): void => {
  tries++
  if (!isHeld) through++
}
const settle = (row: string, what: string): void => {
  blocked({ row, what, tries, through })
}
const again = async (work: () => Promise<void>): Promise<void> => {
  tries = 0
  through = 0
  for (let n = 0; n < counts.ruleSeeds; n++) await work()
}

beforeAll(() => {
  expect(counts.ruleSeeds).toBeGreaterThan(0)
})

test("D8.11: what a member that is no host lets in past waiting room, lock, level, expiry or a used link is refused by all", async () => {
  await again(async () => {
    for (const [rules, rule] of [
      [{ waitingRoom: true }, "waiting-room"],
      [{ isLocked: true }, "locked"],
      [{ minimumLevel: "organisation" }, "below-level"],
      [{ expiry: Date.now() + 1_000 }, "link-expired"],
    ] as const) {
      const all = await scene()
      await follow(all, { policy: policyEditOf(rules) }, undefined)
      // All clocks stand well behind the end of the link.
      if (rule === "link-expired") for (const one of [all.hera, all.ben]) one.clock.now += 60 * 60 * 1000
      count(await isRefused(all, await newcomer(all), rule))
    }
    const single = await scene()
    await follow(single, { policy: { set: "isSingleUse", to: true } }, undefined)
    for (const one of [single.hera, single.ben])
      await one.ask({ do: "set-standing", former: [], blocked: [], isUsed: true }, "standing-set")
    count(await isRefused(single, await newcomer(single), "link-used"))
  })
  settle("D8.11", "newcomers against the rules")
})

/** The one rule as an edit of it. */
const policyEditOf = (rules: Partial<Policy>) => {
  const [[set, to] = []] = Object.entries(rules)
  return { set, to } as unknown as NonNullable<NonNullable<Parameters<typeof commit>[1]>["policy"]>
}

test("D8.13: a member sends nobody away: not as removed, not as gone who is there, not as returned who does not come", async () => {
  await again(async () => {
    const all = await scene()
    for (const leaf of [0, 1])
      for (const [why, rule] of [
        ["removed", "may-not-remove"],
        ["left", "not-gone"],
        ["silent", "not-gone"],
        ["returned", "no-return"],
      ] as const) {
        const others = leaf === 0 ? all.ben : all.hera
        const { commit: bytes } = await rogueCommit(all.mallory, { removes: [leaf] }, { removes: [{ leaf, why }] })
        all.mallory.raw.clearCommit()
        const fact = await others.keeper.perform({ do: "process-commit", seq: 9, commit: bytes, gone: [] })
        expect(fact).toMatchObject({ type: "commit-refused", by: 2, rule })
        count(fact.type === "commit-refused")
      }
  })
  settle("D8.13", "people sent away by a member")
})

test("D8.13: a co-host removes others, and no host", async () => {
  await again(async () => {
    const all = await scene((mallory) => ({ coHosts: [mallory] }))
    const host = await rogueCommit(all.mallory, { removes: [0] }, { removes: [{ leaf: 0, why: "removed" }] })
    all.mallory.raw.clearCommit()
    const fact = await all.ben.keeper.perform({ do: "process-commit", seq: 9, commit: host.commit, gone: [] })
    expect(fact).toMatchObject({ type: "commit-refused", by: 2, rule: "may-not-remove" })
    count(fact.type === "commit-refused")
    const other = await rogueCommit(all.mallory, { removes: [1] }, { removes: [{ leaf: 1, why: "removed" }] })
    await all.hera.ask({ do: "process-commit", seq: 9, commit: other.commit, gone: [] }, "commit-processed")
  })
  settle("D8.13", "hosts removed by a co-host")
})

test("D4.12: a member cannot promote itself, unlock, open the waiting room or replace the link: its signature makes no policy", async () => {
  await again(async () => {
    const all = await scene()
    const own = hostName(all.device.publicKey)
    const edits: KeyEdit[] = [
      { role: "host", of: own },
      { role: "co-host", of: own },
      { set: "isLocked", to: true },
      { set: "waitingRoom", to: true },
      { set: "joinBeforeHost", to: false },
      { set: "minimumLevel", to: "organisation" },
      { successor: true, of: own },
    ]
    for (const edit of edits) {
      const next = must(edited(all.policy.policy, edit))
      // On the chain in force, instead of it, and in the room key's place.
      for (const policy of [await chained(all.policy, next, all.device), (await signFirst(all.device, next)).bytes])
        count(await isRefused(all, { request: { policy } }, "policy-forged"))
    }
    const secret = Uint8Array.from(randomBytes(16))
    const replaced = must(edited(all.policy.policy, { secretHash: id() }))
    count(await isRefused(all, { request: { policy: await chained(all.policy, replaced, all.device) }, note: { secret } }, "policy-forged"))
  })
  settle("D4.12", "policies signed by a member")
})

test("D4.12: an older policy of the room key is refused, and so is a host's that skips a version or was another's to bring", async () => {
  await again(async () => {
    const all = await scene()
    const old = all.policy
    await follow(all, { policy: { set: "isLocked", to: true } }, { set: "isLocked", to: true })
    // The rules as they were before: the very bytes that everybody once held for good.
    count(await isRefused(all, { request: { policy: old.bytes } }, "policy-not-next"))
    const next = must(edited(all.policy.policy, { set: "isLocked", to: false }))
    const skipped = await signFirst(all.home.roomKey, { ...next, version: next.version + 1 })
    count(await isRefused(all, { request: { policy: skipped.bytes } }, "policy-not-next"))
    const leaked = good(await signNext(all.policy, next, { device: all.hera.device }))
    count(await isRefused(all, { request: { policy: leaked.bytes } }, "policy-not-next"))
    // Whoever shows an old shelf to somebody in the group changes nothing: the group's is newer.
    const shelf = await sealShelf(all.home.keys.shelf, old)
    expect(good(await openShelf(all.home.keys.shelf, shelf, { ...all.home, kind: "link" })).policy.version).toBe(1)
    expect(all.policy.policy.version).toBe(2)
  })
  settle("D4.12", "stale, skipped and leaked policies")
})

test("D4.12: a host that was made a member again signs on the chain that once named it, and is refused", async () => {
  await again(async () => {
    const all = await scene()
    const own = hostName(all.device.publicKey)
    await follow(all, { policy: { role: "host", of: 2 } }, { role: "host", of: own })
    const asHost = all.policy
    await follow(all, { policy: { role: "member", of: 2 } }, { role: "member", of: own })
    const edits: KeyEdit[] = [
      { set: "isLocked", to: true },
      { role: "listener", of: hostName(all.ben.device.publicKey) },
    ]
    for (const edit of edits) {
      // The chain holds by itself: it named Mallory host, and Mallory signed.
      const next = { ...must(edited(asHost.policy, edit)), version: all.policy.policy.version + 1 }
      count(await isRefused(all, { request: { policy: await chained(asHost, next, all.device) } }, "policy-not-next"))
    }
  })
  settle("D4.12", "policies of a former host")
})

test("D5.1: a successor that takes over while a host is there is refused; one that also changes anything else always is", async () => {
  await again(async () => {
    const all = await scene((mallory) => ({ successors: [mallory] }))
    const own = hostName(all.device.publicKey)
    const next = must(edited(all.policy.policy, { takeOver: true, of: own }))
    count(await isRefused(all, { request: { policy: await chained(all.policy, next, all.device) } }, "host-present"))
    const greedy = { ...next, hosts: [own], isLocked: true }
    count(await isRefused(all, { request: { policy: await chained(all.policy, greedy, all.device) } }, "policy-forged"))
  })
  settle("D5.1", "take-overs")
})

test("D4.15: a new link that its policy does not name, or that comes twice, is refused", async () => {
  await again(async () => {
    const all = await scene((mallory) => ({ hosts: [mallory] }))
    const secret = Uint8Array.from(randomBytes(16))
    for (const [over, note] of [
      [{}, { secret }],
      [{ secretVersion: 2, secretHash: id() }, { secret }],
      [{ secretVersion: 2, secretHash: id() }, {}],
      [{ secretHash: id() }, {}],
    ] as const) {
      const next = { ...all.policy.policy, version: 2, ...over }
      count(await isRefused(all, { request: { policy: await chained(all.policy, next, all.device) }, note }, "secret-mismatch"))
    }
  })
  settle("D4.15", "links that no policy names")
})

test("D8.10: a note that is missing, of another epoch, names others than the commit, or vouches for nobody is refused", async () => {
  await again(async () => {
    const all = await scene()
    const { mallory } = all
    const ghost = await rogueKnock(all.home, all.call)
    const other = await rogueKnock(all.home, all.call)
    const add = { adds: [ghost.keyPackage], psk: pskIdOf(all.home.room, 1) }
    const place = { call: all.call, epoch: mallory.raw.epoch() }
    const notes: [Uint8Array | undefined, string][] = [
      [undefined, "note-missing"],
      [new Uint8Array(60), "note-missing"],
      [await sealNote(mallory.raw, { ...place, epoch: place.epoch + 1 }, { adds: [ghost.bundle], removes: [] }), "note-missing"],
      [await sealNote(mallory.raw, { ...place, call: id() }, { adds: [ghost.bundle], removes: [] }), "note-missing"],
      [await sealNote(mallory.raw, place, { adds: [], removes: [] }), "note-mismatch"],
      [await sealNote(mallory.raw, place, { adds: [other.bundle], removes: [] }), "note-mismatch"],
      [await sealNote(mallory.raw, place, { adds: [ghost.bundle], removes: [{ leaf: 1, why: "left" }] }), "note-mismatch"],
      [await sealNote(mallory.raw, place, { adds: [{ ...ghost.bundle, name: "Bob" }], removes: [] }), "bundle-unproved"],
      [
        await sealNote(mallory.raw, place, { adds: [{ ...ghost.bundle, devicePublicKey: all.ben.device.publicKey }], removes: [] }),
        "bundle-unproved",
      ],
    ]
    for (const [authenticatedData, rule] of notes) {
      const { commit: bytes } = mallory.raw.commit({ ...add, authenticatedData })
      mallory.raw.clearCommit()
      count(await refusedBy(all, bytes, { rule }))
    }
  })
  settle("D8.10", "notes forged or missing")
})

test("D8.14: a blocked device comes back by nobody's hand, beside its old leaf or without", async () => {
  await again(async () => {
    const all = await scene()
    const shelf = memoryKeyShelf()
    const device = await deviceOf(good(await deviceKey(shelf, all.home.room)).publicKey)
    for (const one of [all.hera, all.ben])
      await one.ask({ do: "set-standing", former: [device], blocked: [device], isUsed: false }, "standing-set")
    const { request, note } = await newcomer(all, { shelf })
    count(await isRefused(all, { request, ...(note && { note }) }, "blocked"))
    const returned = { ...note, removes: [{ leaf: 1, why: "returned" as const }] }
    const { commit: bytes } = await rogueCommit(all.mallory, { ...request, removes: [1] }, returned)
    all.mallory.raw.clearCommit()
    const fact = await all.hera.keeper.perform({ do: "process-commit", seq: 9, commit: bytes, gone: [] })
    expect(fact).toMatchObject({ type: "commit-refused", by: 2 })
    count(fact.type === "commit-refused")
  })
  settle("D8.14", "returns of a blocked device")
})

test("A1.02: no second Bob by the rules either: a device that stands at a leaf is not let in beside it, in any name", async () => {
  await again(async () => {
    const all = await scene()
    for (const name of ["Ben", "Bob"]) count(await isRefused(all, await newcomer(all, { shelf: all.ben.shelf, name }), "device-twice"))
    // In its own place it is: that is a return.
    const { request, note } = await newcomer(all, { shelf: all.ben.shelf, name: "Ben" })
    const back = await rogueCommit(all.mallory, { ...request, removes: [1] }, { ...note, removes: [{ leaf: 1, why: "returned" }] })
    await all.hera.ask({ do: "process-commit", seq: 9, commit: back.commit, gone: [] }, "commit-processed")
    expect(left(1)).toEqual([{ leaf: 1, why: "left" }])
  })
  settle("A1.02", "second leaves of one device")
})
