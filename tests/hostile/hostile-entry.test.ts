/** Who gets into the group under a server that lies, with the real keeper and the real engine. */

import { chance } from "@conclave/testkit"
import { afterEach, beforeAll, expect, test, vi } from "vitest"
import { pskIdAt, strangeWelcome, two, uncertified } from "../../packages/crypto/src/mls/hostile.fixture.ts"
import {
  admit,
  admitRogue,
  commit,
  found,
  house,
  id,
  knock,
  lastKey,
  left,
  readOrder,
  rogueCommit,
  rogueKnock,
  somebody,
  good,
  type House,
  type Rogue,
} from "../../packages/crypto/src/mls/people.fixture.ts"
import { signFirst } from "../../packages/crypto/src/room/policy-chain.ts"
import { deviceKey, memoryKeyShelf } from "@conclave/crypto/room"
import { counts } from "./counts.ts"
import { blocked } from "./ledger.ts"
import { joined } from "./lying-relay.ts"
import { privateNoise, proposalTypes, publicMessage } from "./public-messages.ts"
import { takenAsCommit, takenAsMessage, unharmed } from "./taken.ts"

let home: House
beforeAll(async () => {
  home = await house()
})
afterEach(() => {
  vi.useRealTimers()
})

const hour = 60 * 60 * 1000

test("A1.01: no ghost gets in by a proposal or a commit from outside, as a PublicMessage or dressed up as a private one", async () => {
  let [tries, through] = [0, 0]
  const { call, ada, ben } = await two(home)
  const epoch = lastKey(ada).epoch
  for (let n = 0; n < counts.ghosts; n++) {
    const ghost = await rogueKnock(home, call)
    // An Add is the bare KeyPackage, without the MLSMessage around it.
    const proposal = { type: proposalTypes.add, body: ghost.keyPackage.subarray(4) }
    const said = { call, epoch, proposal }
    const forged = [
      publicMessage({ ...said, sender: "new-member-proposal", isCommit: false }),
      publicMessage({ ...said, sender: "external", isCommit: false }),
      publicMessage({ ...said, sender: "new-member-commit", isCommit: true }),
      publicMessage({ ...said, sender: { leaf: 0 }, isCommit: true }),
      ...[2, 3].map((content) => privateNoise(call, epoch, content)),
    ]
    for (const bytes of forged) {
      tries++
      through += (await takenAsCommit([ada, ben], bytes)) + (await takenAsMessage([ada, ben], bytes))
    }
  }
  blocked({ row: "A1.01", what: "ghosts by proposal or external commit", tries, through })
  await unharmed({ ada, ben }, epoch)
})

test("A1.01: nobody enters a group of the server's own making, nor one with a policy of anybody but the room key", async () => {
  const server = good(await deviceKey(memoryKeyShelf(), home.room))
  const stranger = await house()
  const lies = [
    (await signFirst(server, { ...home.policy.policy, version: 9 })).bytes,
    stranger.policy.bytes,
    new Uint8Array(),
    home.policy.bytes.slice(0, -1),
    home.policy.bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
  ]
  let [tries, through] = [0, 0]
  for (let n = 0; n < counts.ghosts; n++)
    for (const policy of lies) {
      const cleo = await somebody(home, "Cleo")
      const call = id()
      const made = await knock(cleo, call)
      tries++
      if ((await cleo.keeper.perform(strangeWelcome(home, made, { call, policy }))).type !== "order-failed") through++
      expect(cleo.news.every(({ type }) => type === "wipe")).toBe(true)
    }
  blocked({ row: "A1.01", what: "forged Welcomes", tries, through })
})

test("A1.01: a key package of somebody without the link is added by nobody, nor followed when a member adds it", async () => {
  let [tries, through] = [0, 0]
  const { call, ada, ben } = await two(home)
  const mallory = await admitRogue({ house: home, committer: ada, call }, [ben])
  const epoch = lastKey(ada).epoch
  for (let n = 0; n < counts.ghosts; n++) {
    const stranger = await house()
    const ghost = await rogueKnock({ ...stranger, room: home.room }, call)
    tries += 2
    if ((await ada.keeper.perform(readOrder(ghost))).type !== "knock-refused") through++
    // A member in league with the server can commit it only without a note that fits.
    const { commit: bytes } = await rogueCommit(mallory, { adds: [ghost.keyPackage], psk: pskIdAt(home) })
    through += await takenAsCommit([ada, ben], bytes)
    mallory.raw.clearCommit()
  }
  blocked({ row: "A1.01", what: "key packages of strangers", tries, through })
  expect(lastKey(ada).epoch).toBe(epoch)
})

test("A1.02: no second Bob: not his pseudonym, not his leaf key, not his device, not twice at once", async () => {
  let [tries, through] = [0, 0]
  for (let n = 0; n < counts.ghosts; n++) {
    const [ada, bob] = [await somebody(home, "Ada"), await somebody(home, "Bob")]
    const call = await found(ada)
    await admit(ada, call, [bob])
    const mallory = await admitRogue({ house: home, committer: ada, call }, [bob])
    const bobs = memberAt(mallory, 1)
    // The same pseudonym with other keys; the same device with another pseudonym; both packages of one pseudonym at once.
    const same = await rogueKnock(home, call, { member: bobs, name: "Bob" })
    const device = await rogueKnock(home, call, { name: "Bob", shelf: bob.shelf })
    const [first, second] = await twins(call)
    for (const ghosts of [[same], [device], [first, second]]) {
      const adds = ghosts.map(({ bundle }) => bundle)
      const { commit: bytes } = await rogueCommit(
        mallory,
        { adds: ghosts.map(({ keyPackage }) => keyPackage), psk: pskIdAt(home) },
        { adds },
      )
      tries++
      through += await takenAsCommit([ada, bob], bytes)
      mallory.raw.clearCommit()
    }
    expect([lastKey(ada).epoch, lastKey(ada).leaves]).toEqual([2, [0, 1, 2]])
  }
  blocked({ row: "A1.02", what: "second leaves for one Bob", tries, through })
})

const memberAt = (rogue: Rogue, leaf: number): string => {
  const found = rogue.raw.roster().find((one) => one.leaf === leaf)
  return Buffer.from(found?.identity ?? []).toString("base64url")
}

async function twins(call: string): Promise<readonly [Rogue, Rogue]> {
  const member = id()
  return [await rogueKnock(home, call, { member, name: "Bob" }), await rogueKnock(home, call, { member, name: "Bob" })]
}

test("A1.03: a swapped key package is refused at the door: its bytes, the whole, another's, one no device vouched for, an expired one", async () => {
  let [tries, through] = [0, 0]
  const { call, ada } = await two(home)
  const dice = chance(103)
  for (let n = 0; n < counts.packages; n++) {
    const [cleo, dora] = [await rogueKnock(home, call), await rogueKnock(home, call)]
    const bent = Array.from({ length: 40 }, () => dice.below(cleo.keyPackage.length)).map((at) => ({
      ...cleo,
      keyPackage: cleo.keyPackage.map((byte, i) => (i === at ? byte ^ (1 << dice.below(8)) : byte)),
    }))
    const swapped = [
      { ...cleo, keyPackage: dora.keyPackage },
      { ...cleo, sealed: dora.sealed },
      { ...cleo, member: dora.member },
    ]
    for (const lie of [...bent, ...swapped, await uncertified(home, cleo)]) {
      tries++
      if ((await ada.keeper.perform(readOrder(lie))).type !== "knock-refused") through++
    }
    await ada.ask(readOrder(cleo), "knock-read")
  }
  blocked({ row: "A1.03", what: "swapped key packages", tries, through })
})

test("A1.03, A1.04: an expired package, a used one, a knock of yesterday: refused by who would add and by who hears of it", async () => {
  let [tries, through] = [0, 0]
  for (let n = 0; n < counts.packages; n++) {
    const { call, ada, ben } = await two(home)
    const mallory = await admitRogue({ house: home, committer: ada, call }, [ben])
    const used = await rogueKnock(home, call)
    await ada.ask(readOrder(used), "knock-read")
    for (const change of [{ adds: [used.member] }, { removes: left(3) }]) {
      const { commit: bytes } = await commit(ada, change, [ben])
      mallory.raw.process(bytes)
      mallory.raw.accept()
    }
    const epoch = lastKey(ada).epoch
    tries += 3
    if ((await ada.keeper.perform(readOrder(used))).type !== "knock-refused") through++
    const again = await rogueCommit(mallory, { adds: [used.keyPackage], psk: pskIdAt(home) }, { adds: [used.bundle] })
    through += await takenAsCommit([ada, ben], again.commit)
    mallory.raw.clearCommit()
    // Eight days later, by everybody's clock.
    const fresh = await rogueKnock(home, call)
    for (const one of [ada, ben]) one.clock.now += 8 * 24 * hour
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 8 * 24 * hour })
    if ((await ada.keeper.perform(readOrder(fresh))).type !== "knock-refused") through++
    vi.useRealTimers()
    expect([lastKey(ada).epoch, lastKey(ben).epoch]).toEqual([epoch, epoch])
  }
  blocked({ row: "A1.03", what: "packages used or expired", tries, through })
  blocked({ row: "A1.04", what: "packages used or expired", tries, through })
})

test("A1.20: nothing is stepped down to: another suite or version, a policy of another protocol, a group without one", async () => {
  let [tries, through] = [0, 0]
  const { call, ada } = await two(home)
  const cleo = await rogueKnock(home, call)
  // MLSMessage: version, wire format, then the package's own version and suite (RFC 9420 section 17.1).
  const suites = Array.from({ length: 16 }, (_, n) => n).filter((n) => n !== 0x4e)
  const bent = [
    ...suites.map((suite) => cleo.keyPackage.map((byte, at) => (at === 7 ? suite : byte))),
    ...[1, 5].map((at) => cleo.keyPackage.map((byte, i) => (i === at ? 0 : byte))),
  ]
  for (const keyPackage of bent) {
    tries++
    if ((await ada.keeper.perform(readOrder({ ...cleo, keyPackage }))).type !== "knock-refused") through++
  }
  for (const policy of [
    await otherProtocol({ protocol: 0 }),
    await otherProtocol({ suite: 1 }),
    await otherProtocol({ kind: "transport" }),
    new Uint8Array(),
  ]) {
    const dora = await somebody(home, "Dora")
    const other = id()
    const made = await knock(dora, other)
    tries++
    if ((await dora.keeper.perform(strangeWelcome(home, made, { call: other, policy }))).type !== "order-failed") through++
  }
  blocked({ row: "A1.20", what: "steps down", tries, through })
})

/** Signed by the room key itself, so that nothing but the step down is wrong with it. */
async function otherProtocol(over: Record<string, unknown>): Promise<Uint8Array> {
  const [link] = home.policy.links
  const read = JSON.parse(new TextDecoder().decode(link?.body)) as Record<string, unknown>
  const changed = { ...read, ...over }
  const body = new TextEncoder().encode(
    JSON.stringify(
      Object.fromEntries(
        Object.keys(changed)
          .sort()
          .map((key) => [key, changed[key]]),
      ),
    ),
  )
  const signature = await home.roomKey.sign(joined(new TextEncoder().encode("Conclave 1 policy\0"), new Uint8Array(32), body))
  return joined(Uint8Array.of(2, 1, body.length >> 8, body.length & 255), home.roomKey.publicKey, signature, body)
}
