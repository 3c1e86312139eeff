import { test, expect, beforeAll, afterEach, vi } from "vitest"
import { joined, owned } from "../bytes.ts"
import { toBase64url } from "../base64url.ts"
import { randomBytes } from "../platform.ts"
import { deviceKey } from "../room/device-key.ts"
import { bundleLifetimeMs, makeBundle, type Bundle } from "../room/bundle.ts"
import { signFirst } from "../room/policy-chain.ts"
import { memoryKeyShelf } from "../room/signing-key.ts"
import { filled } from "./filling.ts"
import type { Person } from "./engine-port.ts"
import { printMessage } from "./messages.ts"
import type { Note } from "./note.ts"
import type { CommitRequest } from "./raw-engine.ts"
import { pskIdAt, strangeWelcome, two, uncertified } from "./hostile.fixture.ts"
import {
  admitRogue,
  commit,
  found,
  good,
  house,
  id,
  knock,
  lastKey,
  leafOf,
  left,
  printOf,
  readOrder,
  realEngine,
  rogueCommit,
  rogueKnock,
  somebody,
  type House,
  type Rogue,
  type Somebody,
} from "./people.fixture.ts"

let home: House
beforeAll(async () => {
  home = await house()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Ada and Ben in a call, and Mallory, who was let in and drives the engine by hand. Leaves 0, 1, 2. */
async function withMallory(): Promise<{ call: string; ada: Somebody; ben: Somebody; mallory: Rogue }> {
  const { call, ada, ben } = await two(home)
  return { call, ada, ben, mallory: await admitRogue({ house: home, committer: ada, call }, [ben]) }
}

const pskId = (): Uint8Array => pskIdAt(home)

/** Mallory's commit must be refused by both, who then go on as if nothing had been. */
async function refusedByAll(
  { ada, ben, mallory }: Awaited<ReturnType<typeof withMallory>>,
  request: CommitRequest,
  { rule, note = {} }: { readonly rule?: string; readonly note?: Partial<Note> } = {},
): Promise<void> {
  const before = lastKey(ada).epoch
  const { commit: bytes } = await rogueCommit(mallory, request, note)
  for (const one of [ada, ben])
    expect(await one.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "commit-refused")).toEqual({
      type: "commit-refused",
      seq: 9,
      failure: "refused",
      ...(rule === undefined ? {} : { by: 2, rule }),
    })
  expect(lastKey(ada).epoch).toBe(before)
  await commit(ada, { removes: left(2) }, [ben])
  expect(await printOf(lastKey(ada).key)).toBe(await printOf(lastKey(ben).key))
}

async function packageOf(call: string, options: { member?: string; psk?: Uint8Array<ArrayBuffer> } = {}): Promise<Uint8Array> {
  return (await rogueKnock(home, call, options)).keyPackage
}

test("D8.1: an Add without the link's PSK is refused, though the library takes it", async () => {
  const all = await withMallory()
  await refusedByAll(all, { adds: [await packageOf(all.call)] }, { rule: "psk-missing" })
})

test("D8.1: an Add with another PSK is refused", async () => {
  const all = await withMallory()
  const other = joined(pskId(), Uint8Array.of(0))
  all.mallory.raw.storePsk(other, randomBytes(32))
  await refusedByAll(all, { adds: [await packageOf(all.call)], psk: other })
})

test("D2: a member with the wrong link secret can add nobody", async () => {
  const all = await withMallory()
  all.mallory.raw.storePsk(pskId(), randomBytes(32))
  await refusedByAll(all, { adds: [await packageOf(all.call)], psk: pskId() })
})

test("D8.1: a PSK in a commit that adds nobody is refused", async () => {
  const all = await withMallory()
  const { commit: bytes } = await rogueCommit(all.mallory, { psk: pskId(), removes: [1] })
  await all.ada.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [1] }, "commit-refused")
})

test("D8.2: a policy that the room key did not sign, or not the next one, is refused; the next one of the room key holds", async () => {
  const version = (n: number, key = home.roomKey) => signFirst(key, { ...home.policy.policy, version: n })
  const own = good(await deviceKey(memoryKeyShelf(), home.room))
  await refusedByAll(await withMallory(), { policy: (await version(2, own)).bytes }, { rule: "policy-forged" })
  await refusedByAll(await withMallory(), { policy: home.policy.bytes }, { rule: "policy-not-next" })
  const { ada, ben, mallory } = await withMallory()
  const next = await rogueCommit(mallory, { policy: (await version(2)).bytes })
  mallory.raw.mergeCommit()
  for (const one of [ada, ben]) {
    const done = await one.ask({ do: "process-commit", seq: 9, commit: next.commit, gone: [] }, "commit-processed")
    expect(done).toMatchObject({ policyChanged: true, group: { policy: { version: 2 } } })
  }
  // From now on version 2 is old as well.
  const again = await rogueCommit(mallory, { policy: (await version(2)).bytes })
  expect(await ada.ask({ do: "process-commit", seq: 10, commit: again.commit, gone: [] }, "commit-refused")).toMatchObject({
    rule: "policy-not-next",
  })
})

test("D10.4, A1.02: a second leaf with an identity of the roster is refused, though the library takes it", async () => {
  const all = await withMallory()
  const ben = all.ben
  const group = await commit(all.ada, {}, [ben])
  all.mallory.raw.process(group.commit)
  all.mallory.raw.accept()
  const member = group.group.members.find(({ leaf }) => leaf === 1)?.member ?? ""
  await refusedByAll(all, { adds: [await packageOf(all.call, { member })], psk: pskId() }, { rule: "identity-taken" })
})

test("T2, D10.4: nor is one with an identity that has left, or twice in one commit", async () => {
  const all = await withMallory()
  const member = id()
  const twice = [await packageOf(all.call, { member }), await packageOf(all.call, { member })]
  await refusedByAll(all, { adds: twice, psk: pskId() }, { rule: "identity-taken" })
})

test("D10.4, A1.04: a key package that was used once is refused, by those who add and by those who hear of it", async () => {
  const { call, ada, ben, mallory } = await withMallory()
  const cleo = await rogueKnock(home, call)
  await ada.ask(readOrder(cleo), "knock-read")
  const added = await commit(ada, { adds: [cleo.member] }, [ben])
  mallory.raw.process(added.commit)
  mallory.raw.accept()
  const removed = await commit(ada, { removes: left(3) }, [ben])
  mallory.raw.process(removed.commit)
  mallory.raw.accept()
  await ada.ask(readOrder(cleo), "knock-refused")
  await refusedByAll({ call, ada, ben, mallory }, { adds: [cleo.keyPackage], psk: pskId() }, { rule: "key-package-reused" })
})

test("A1.04: a knock that was read is not added after somebody else has added it", async () => {
  const { call, ada, ben } = await withMallory()
  const cleo = await rogueKnock(home, call)
  for (const one of [ada, ben]) await one.ask(readOrder(cleo), "knock-read")
  await commit(ada, { adds: [cleo.member] }, [ben])
  await ben.ask({ do: "build-commit", change: { adds: [cleo.member], removes: [] } }, "order-failed")
})

test("T3, D10.3: key packages live for hours, whoever looks: an expired one is refused on reading and in a commit", async () => {
  const { call, ben, mallory } = await withMallory()
  const cleo = await rogueKnock(home, call)
  const { commit: bytes } = await rogueCommit(mallory, { adds: [cleo.keyPackage], psk: pskId() }, { adds: [cleo.bundle] })
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3 * 60 * 60 * 1000 })
  const seconds = Math.floor(Date.now() / 1000)
  const reader = new realEngine.Member(new Uint8Array(16), seconds, 3600)
  expect(() => reader.readKeyPackage(cleo.keyPackage, seconds)).toThrow("key-package-invalid")
  await ben.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "commit-refused")
})

test("T3, D10.3: the same package within its hours is taken", async () => {
  const { call, ben, mallory } = await withMallory()
  const cleo = await rogueKnock(home, call)
  const { commit: bytes } = await rogueCommit(mallory, { adds: [cleo.keyPackage], psk: pskId() }, { adds: [cleo.bundle] })
  await ben.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "commit-processed")
})

test("A1.04: eight days later neither knock nor package is good", async () => {
  const { call, ada } = await withMallory()
  const cleo = await rogueKnock(home, call)
  ada.clock.now += 8 * 24 * 60 * 60 * 1000
  await ada.ask(readOrder(cleo), "knock-refused")
})

test("A1.03: a swapped key package is refused: changed bytes, another's, one the device did not certify", async () => {
  const { call, ada } = await withMallory()
  const [cleo, dora] = [await rogueKnock(home, call), await rogueKnock(home, call)]
  await ada.ask(readOrder({ ...cleo, keyPackage: dora.keyPackage }), "knock-refused")
  await ada.ask(readOrder({ ...cleo, sealed: dora.sealed }), "knock-refused")
  await ada.ask(readOrder({ ...cleo, member: dora.member }), "knock-refused")
  for (let at = 0; at < cleo.keyPackage.length; at += 37)
    await ada.ask(readOrder({ ...cleo, keyPackage: cleo.keyPackage.map((byte, i) => (i === at ? byte ^ 1 : byte)) }), "knock-refused")
  await ada.ask(readOrder(await uncertified(home, cleo)), "knock-refused")
  await ada.ask(readOrder(cleo), "knock-read")
})

test("D17.11: a knock for another call, or older than two minutes, is refused", async () => {
  const { call, ada } = await withMallory()
  await ada.ask(readOrder(await rogueKnock(home, id())), "knock-refused")
  const late = await rogueKnock(home, call)
  ada.clock.now += 121_000
  await ada.ask(readOrder(late), "knock-refused")
})

test("A1.01: who does not hold the link cannot knock", async () => {
  const { call, ada } = await withMallory()
  const stranger = await house()
  const { keyPackage, member } = await rogueKnock(home, call)
  const other = await rogueKnock({ ...stranger, room: home.room }, call)
  await ada.ask(readOrder(other), "knock-refused")
  await ada.ask(readOrder({ member, keyPackage, sealed: other.sealed }), "knock-refused")
})

test("A1.01, D4.3: a Welcome into a group of the server's own is refused: it has no policy of the room key", async () => {
  const server = good(await deviceKey(memoryKeyShelf(), home.room))
  const forged = await signFirst(server, { ...home.policy.policy, version: 9 })
  const others = await house()
  for (const policy of [forged.bytes, others.policy.bytes, randomBytes(200)]) {
    const ben = await somebody(home, "Ben")
    const call = id()
    const made = await knock(ben, call)
    expect(await ben.ask(strangeWelcome(home, made, { call, policy }), "order-failed")).toEqual({
      type: "order-failed",
      order: "join-group",
      failure: "refused",
    })
    expect(ben.news).toEqual([{ type: "wipe" }])
    // E1: nothing of the failed join is used again; a new knock is a new key package.
    expect((await knock(ben, call)).keyPackage).not.toEqual(made.keyPackage)
  }
})

test("D4.3: a Welcome into a group with an older policy than the shelf's is refused", async () => {
  const newer = await signFirst(home.roomKey, { ...home.policy.policy, version: 2 })
  const [ada, ben] = [await somebody(home, "Ada"), await somebody(home, "Ben", { policy: () => newer })]
  const call = await found(ada)
  const made = await knock(ben, call)
  await ada.ask(readOrder(made), "knock-read")
  const { welcomes, tree } = await commit(ada, { adds: [made.member] })
  await ben.ask(
    { do: "join-group", call, welcome: welcomes[0]?.welcome ?? new Uint8Array(), tree: tree ?? new Uint8Array() },
    "order-failed",
  )
})

test("D10.5: a Welcome into another group than the call knocked at is refused, whatever call it is said to be for", async () => {
  const [call, other] = [id(), id()]
  const ben = await somebody(home, "Ben")
  const made = await knock(ben, call)
  const order = strangeWelcome(home, made, { call, group: other, policy: home.policy.bytes })
  // For a call we did not knock at: a mistake that costs nothing.
  await ben.ask({ ...order, call: other }, "order-failed")
  expect(ben.news).toEqual([])
  await ben.ask(order, "order-failed")
  expect(ben.news).toEqual([{ type: "wipe" }])
})

test("T6: no prefix of a commit or message, and nothing with bytes behind it, is taken; the whole one then is", async () => {
  const { ada, ben } = await withMallory()
  const { bundle } = await ada.ask({ do: "build-commit", change: { adds: [], removes: [] } }, "commit-built")
  const { message } = await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
  for (const bytes of [bundle.commit, message]) {
    const pieces = Array.from({ length: 40 }, (_, i) => bytes.subarray(0, Math.floor((i * bytes.length) / 40)))
    const wrong = [...pieces, bytes.subarray(0, -1), joined(bytes, randomBytes(5)), joined(bytes, Uint8Array.of(0))]
    for (const one of wrong) {
      await ben.ask({ do: "process-commit", seq: 1, commit: one, gone: [] }, "commit-refused")
      await ben.ask({ do: "open-message", message: one }, "message-refused")
    }
  }
  await ben.ask({ do: "open-message", message }, "message-opened")
  await ben.ask({ do: "process-commit", seq: 1, commit: bundle.commit, gone: [] }, "commit-processed")
})

test("A1.12: a commit or message with any bit changed is refused", async () => {
  const { ada, ben } = await withMallory()
  const { bundle } = await ada.ask({ do: "build-commit", change: { adds: [], removes: [] } }, "commit-built")
  const { message } = await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
  const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte))
  for (let at = 0; at < message.length; at += 3) await ben.ask({ do: "open-message", message: flipped(message, at) }, "message-refused")
  for (let at = 0; at < bundle.commit.length; at += 97)
    await ben.ask({ do: "process-commit", seq: 1, commit: flipped(bundle.commit, at), gone: [] }, "commit-refused")
  await ben.ask({ do: "process-commit", seq: 1, commit: bundle.commit, gone: [] }, "commit-processed")
})

test("T4: what was processed is not processed again, and a spent message stays spent", async () => {
  const { ada, ben } = await withMallory()
  const { message } = await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
  const { commit: bytes } = await commit(ada, {}, [ben])
  await ben.ask({ do: "process-commit", seq: 2, commit: bytes, gone: [] }, "commit-refused")
  await ben.ask({ do: "open-message", message }, "message-opened")
  await ben.ask({ do: "open-message", message }, "message-refused")
})

test("D34.1: who sent a message is the leaf the engine verified, whatever it says", async () => {
  const { ada, mallory } = await withMallory()
  const seal = (text: string): Uint8Array => mallory.raw.encrypt(filled(new TextEncoder().encode(text)), new Uint8Array())
  await ada.ask({ do: "open-message", message: seal('{"from":0,"kind":"leave"}') }, "message-refused")
  expect(await ada.ask({ do: "open-message", message: seal('{"kind":"leave"}') }, "message-opened")).toMatchObject({ from: 2 })
})

/** What Ada makes of a bundle that Mallory says is somebody's. */
async function introducedBy({ ada, mallory }: Awaited<ReturnType<typeof withMallory>>, bundle: Bundle): Promise<readonly Person[]> {
  const message = mallory.raw.encrypt(printMessage({ kind: "introduce", bundles: [bundle] }), new Uint8Array())
  const opened = await ada.ask({ do: "open-message", message }, "message-opened")
  return opened.message.kind === "introduce" ? opened.message.people : []
}

test("D17.14: nobody puts a device at another's leaf: the leaf itself must have said so", async () => {
  const all = await withMallory()
  const { call, mallory } = all
  const benAt1 = mallory.raw.roster().find(({ leaf }) => leaf === 1)
  const leaf = { ...leafOf(mallory.raw), publicKey: owned(benAt1?.signatureKey ?? new Uint8Array()) }
  const device = good(await deviceKey(memoryKeyShelf(), home.room))
  const about = { member: toBase64url(benAt1?.identity ?? new Uint8Array()), name: "Boss", expiry: Date.now() + bundleLifetimeMs }
  // Mallory's device certifies Ben's leaf key, and Mallory's leaf endorses the device in Ben's place.
  expect(await introducedBy(all, await makeBundle({ device, leaf }, { room: home.room, call }, about))).toEqual([])
})

test("D17.14: a leaf that vouched for one device does not vouch for another", async () => {
  const all = await withMallory()
  const { call, mallory } = all
  const device = good(await deviceKey(memoryKeyShelf(), home.room))
  const about = { member: mallory.member, name: "Mallory", expiry: Date.now() + bundleLifetimeMs }
  const second = await makeBundle({ device, leaf: leafOf(mallory.raw) }, { room: home.room, call }, about)
  expect(await introducedBy(all, second)).toEqual([])
  expect(await introducedBy(all, mallory.bundle)).toMatchObject([{ name: "Mallory" }])
})

test("D11.10, A1.02: one device is in the call once: its certificate for a second leaf is not believed", async () => {
  const { call, ada, ben, mallory } = await withMallory()
  // Ben's own device certifies the leaf of whoever Mallory brings: both would be Ben.
  const twin = await rogueKnock(home, call, { name: "Ben", shelf: ben.shelf })
  const { commit: bytes } = await rogueCommit(mallory, { adds: [twin.keyPackage], psk: pskId() }, { adds: [twin.bundle] })
  expect(await ada.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "commit-refused")).toMatchObject({
    rule: "device-twice",
  })
})

test("D32.1, A1.20: a key package of another suite or version is refused", async () => {
  const { call, ada } = await withMallory()
  const { keyPackage, member, sealed } = await rogueKnock(home, call)
  // MLSMessage: version, wire format, then the package's own version and suite.
  for (const [at, value] of [
    [1, 2],
    [5, 2],
    [7, 1],
    [7, 0x4d],
  ] as const)
    await ada.ask(readOrder({ member, sealed, keyPackage: keyPackage.map((byte, i) => (i === at ? value : byte)) }), "knock-refused")
})

test("D32.1: every key package and every group has the one suite, 0x004E", async () => {
  const ada = await somebody(home, "Ada")
  const { keyPackage } = await knock(ada, id())
  expect([...keyPackage.subarray(0, 8)]).toEqual([0, 1, 0, 5, 0, 1, 0, 0x4e])
})

test("D8.3: a member cannot be removed by itself nor by a leaf that is nobody's", async () => {
  const { ada } = await withMallory()
  for (const leaves of [[0], [7], [1, 1]])
    await ada.ask({ do: "build-commit", change: { adds: [], removes: left(...leaves) } }, "order-failed")
  await ada.ask({ do: "build-commit", change: { adds: [id()], removes: [] } }, "order-failed")
})

test("D17.12: of a flood of knocks the newest 200 are kept", async () => {
  const { call, ada } = await withMallory()
  const first = await rogueKnock(home, call)
  await ada.ask(readOrder(first), "knock-read")
  for (let i = 0; i < 200; i++) await ada.ask(readOrder(await rogueKnock(home, call)), "knock-read")
  await ada.ask({ do: "build-commit", change: { adds: [first.member], removes: [] } }, "order-failed")
}, 30_000)
