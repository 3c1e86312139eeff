/** The group under a server that lies, with the real keeper and the real engine: who gets in, and what history holds. */

import { chance } from "@conclave/testkit"
import { afterEach, beforeAll, expect, test, vi } from "vitest"
import {
  admit,
  admitRogue,
  commit,
  found,
  good,
  house,
  id,
  knock,
  lastKey,
  left,
  printOf,
  readOrder,
  realEngine,
  rogueCommit,
  rogueKnock,
  somebody,
  type House,
  type Knock,
  type Rogue,
  type Somebody,
} from "../../packages/crypto/src/mls/people.fixture.ts"
import { pskIdOf } from "../../packages/crypto/src/mls/membership.ts"
import { idBytes } from "../../packages/crypto/src/room/link-keys.ts"
import { signFirst } from "../../packages/crypto/src/room/policy-chain.ts"
import { deviceKey, makeBundle, bundleLifetimeMs, memoryKeyShelf, safetyCode, sealKnock } from "@conclave/crypto/room"
import { counts } from "./counts.ts"
import { blocked } from "./ledger.ts"
import { claimOf, joined } from "./lying-relay.ts"
import { heardBy, Party, wordsOf } from "./party.ts"
import { privateNoise, proposalTypes, publicMessage } from "./public-messages.ts"

let home: House
beforeAll(async () => {
  home = await house()
})
afterEach(() => {
  vi.useRealTimers()
})

const hour = 60 * 60 * 1000

/** Ada and Ben in a call. */
async function two(): Promise<{ call: string; ada: Somebody; ben: Somebody }> {
  const [ada, ben] = [await somebody(home, "Ada"), await somebody(home, "Ben")]
  const call = await found(ada)
  await admit(ada, call, [ben])
  return { call, ada, ben }
}

/** Gives the same bytes to everybody as the next commit; how many took them. */
async function takenAsCommit(people: readonly Somebody[], bytes: Uint8Array): Promise<number> {
  let taken = 0
  for (const one of people) {
    const fact = await one.keeper.perform({ do: "process-commit", seq: 9, commit: bytes, gone: [] })
    if (fact.type !== "commit-refused") taken++
  }
  return taken
}

async function takenAsMessage(people: readonly Somebody[], bytes: Uint8Array): Promise<number> {
  let taken = 0
  for (const one of people) if ((await one.keeper.perform({ do: "open-message", message: bytes })).type !== "message-refused") taken++
  return taken
}

/** The group must go on as if nothing had been. */
async function unharmed({ ada, ben }: { readonly ada: Somebody; readonly ben: Somebody }, epoch: number): Promise<void> {
  expect([lastKey(ada).epoch, lastKey(ben).epoch]).toEqual([epoch, epoch])
  await commit(ada, {}, [ben])
  expect(await printOf(lastKey(ada).key)).toBe(await printOf(lastKey(ben).key))
}

test("A1.01: no ghost gets in by a proposal or a commit from outside, as a PublicMessage or dressed up as a private one", async () => {
  let [tries, through] = [0, 0]
  const { call, ada, ben } = await two()
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
      if ((await welcomedBy(made, { call, policy }, cleo)) !== "order-failed") through++
      expect(cleo.news.every(({ type }) => type === "wipe")).toBe(true)
    }
  blocked({ row: "A1.01", what: "forged Welcomes", tries, through })
})

/** The server founds a group, adds the knocker and sends the Welcome; what the knocker says to it. */
async function welcomedBy(
  made: Knock,
  { call, policy }: { readonly call: string; readonly policy: Uint8Array },
  cleo: Somebody,
): Promise<string> {
  const raw = new realEngine.Member(idBytes(id()), Math.floor(Date.now() / 1000), 3600)
  raw.create(idBytes(call), policy)
  raw.storePsk(pskIdOf(home.room, 1), home.keys.psk.expose())
  const { welcomes, tree } = raw.commit({ adds: [made.keyPackage], psk: pskIdOf(home.room, 1) })
  const order = { do: "join-group", call, welcome: welcomes[0] ?? new Uint8Array(), tree: tree ?? new Uint8Array() } as const
  return (await cleo.keeper.perform(order)).type
}

test("A1.01: a key package of somebody without the link is added by nobody, nor followed when a member adds it", async () => {
  let [tries, through] = [0, 0]
  const { call, ada, ben } = await two()
  const mallory = await admitRogue({ house: home, committer: ada, call }, [ben])
  const epoch = lastKey(ada).epoch
  for (let n = 0; n < counts.ghosts; n++) {
    const stranger = await house()
    const ghost = await rogueKnock({ ...stranger, room: home.room }, call)
    tries += 2
    if ((await ada.keeper.perform(readOrder(ghost))).type !== "knock-refused") through++
    // A member in league with the server can commit it only without a note that fits.
    const { commit: bytes } = await rogueCommit(mallory, { adds: [ghost.keyPackage], psk: pskIdOf(home.room, 1) })
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
        { adds: ghosts.map(({ keyPackage }) => keyPackage), psk: pskIdOf(home.room, 1) },
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
  const { call, ada } = await two()
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
    for (const lie of [...bent, ...swapped, await uncertified(cleo)]) {
      tries++
      if ((await ada.keeper.perform(readOrder(lie))).type !== "knock-refused") through++
    }
    await ada.ask(readOrder(cleo), "knock-read")
  }
  blocked({ row: "A1.03", what: "swapped key packages", tries, through })
})

/** Sealed by a link holder around a package whose leaf key its device never vouched for. */
async function uncertified(cleo: Rogue): Promise<Pick<Rogue, "member" | "keyPackage" | "sealed">> {
  const device = good(await deviceKey(memoryKeyShelf(), home.room))
  const other = await rogueKnock(home, cleo.call)
  const about = { member: cleo.member, name: "Cleo", expiry: Date.now() + bundleLifetimeMs }
  const leaf = { publicKey: new Uint8Array(other.raw.signatureKey()), endorse: (bytes: Uint8Array) => other.raw.endorse(bytes) }
  const bundle = await makeBundle({ device, leaf }, { room: home.room, call: cleo.call }, about)
  const binding = { room: home.room, call: cleo.call, member: cleo.member, keyPackage: cleo.keyPackage }
  return { ...cleo, sealed: await sealKnock(home.keys.knock, binding, { bundle }, Date.now()) }
}

test("A1.03, A1.04: an expired package, a used one, a knock of yesterday: refused by who would add and by who hears of it", async () => {
  let [tries, through] = [0, 0]
  for (let n = 0; n < counts.packages; n++) {
    const { call, ada, ben } = await two()
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
    const again = await rogueCommit(mallory, { adds: [used.keyPackage], psk: pskIdOf(home.room, 1) }, { adds: [used.bundle] })
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

test("A1.05: of what senders say after a removal is merged, the removed member opens nothing, whatever it is still sent", async () => {
  const { call, ada, ben } = await two()
  const cleo = await somebody(home, "Cleo")
  await admit(ada, call, [cleo], [ben])
  const [speaker, removed] = [new Party(ada), new Party(ben)]
  expect(await heardBy(removed, await wordsOf(speaker, 5))).toBe(5)
  // The server gives the removal to nobody else and keeps sending Ben everything.
  await commit(ada, { removes: left(1) })
  const words = await wordsOf(speaker, counts.lateWords)
  blocked({
    row: "A1.05",
    what: "words after a removal, at the removed member",
    tries: words.length,
    through: await heardBy(removed, words),
  })
})

test("A1.06: every past commit at every later epoch, to everybody: none is taken", async () => {
  const { call, ada, ben } = await two()
  const cleo = await somebody(home, "Cleo")
  await admit(ada, call, [cleo], [ben])
  const people = [ada, ben, cleo]
  const past: Uint8Array[] = []
  let [tries, through] = [0, 0]
  for (let n = 0; n < counts.replayedEpochs; n++) {
    const committer = people[n % 3] ?? ada
    past.push(
      (
        await commit(
          committer,
          {},
          people.filter((one) => one !== committer),
        )
      ).commit,
    )
    for (const bytes of past) {
      tries += people.length
      through += await takenAsCommit(people, bytes)
    }
  }
  blocked({ row: "A1.06", what: "past commits at later epochs", tries, through })
  expect(new Set(await Promise.all(people.map((one) => printOf(lastKey(one).key)))).size).toBe(1)
})

test("A1.08: two winners of one epoch make two groups: no frame and no message passes between them, and their words differ", async () => {
  let [tries, through] = [0, 0]
  for (let n = 0; n < counts.realForks; n++) {
    const { call, ada, ben } = await two()
    const [cleo, dora] = [await somebody(home, "Cleo"), await somebody(home, "Dora")]
    await admit(ada, call, [cleo], [ben])
    await admit(ada, call, [dora], [ben, cleo])
    const here = await commit(ada, {}, [cleo])
    const there = await commit(ben, {}, [dora])
    expect(here.group.epoch).toBe(there.group.epoch)
    expect(here.group.words).not.toEqual(there.group.words)
    expect(here.group.transcript).not.toBe(there.group.transcript)
    const sides = [[ada, cleo].map((one) => new Party(one)), [ben, dora].map((one) => new Party(one))] as const
    for (const [own, other] of [sides, [sides[1], sides[0]]] as const)
      for (const speaker of own)
        for (const listener of other) {
          const words = await wordsOf(speaker, 10)
          const { message } = await speaker.one.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
          tries += words.length + 1
          through += (await heardBy(listener, words)) + (await takenAsMessage([listener.one], message))
        }
  }
  blocked({ row: "A1.08", what: "frames and messages across a fork", tries, through })
})

test("A1.10: two copies of one device: the second puts out the first, and no nonce comes twice under one key", async () => {
  let [tries, repeats] = [0, 0]
  for (let n = 0; n < counts.ghosts; n++) {
    const { call, ada, ben } = await two()
    const copy = await somebody(home, "Ben", { shelf: ben.shelf })
    const [first, second] = [new Party(ben), new Party(copy)]
    const before = await wordsOf(first, 20)
    const firstKey = await printOf(lastKey(ben).key)
    const knocked = await knock(copy, call)
    await ada.ask(readOrder(knocked), "knock-read")
    // The copy is not let in beside the first, only in its place.
    await ada.ask({ do: "build-commit", change: { adds: [knocked.member], removes: [] } }, "order-failed")
    const { commit: bytes, welcomes, tree } = await commit(ada, { adds: [knocked.member], removes: [{ leaf: 1, why: "returned" }] })
    await copy.ask(
      { do: "join-group", call, welcome: welcomes[0]?.welcome ?? new Uint8Array(), tree: tree ?? new Uint8Array() },
      "group-joined",
    )
    // The first copy goes on for as long as the server keeps the commit from it.
    const late = await wordsOf(first, 20)
    const after = await wordsOf(second, 40)
    const used = [...before, ...late].map((frame) => `${firstKey} ${claimOf(frame)?.keyId} ${claimOf(frame)?.counter}`)
    const secondKey = await printOf(lastKey(copy).key)
    used.push(...after.map((frame) => `${secondKey} ${claimOf(frame)?.keyId} ${claimOf(frame)?.counter}`))
    tries += used.length
    repeats += used.length - new Set(used).size
    await ben.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "removed-by-commit")
    expect(await first.speaks()).toBeUndefined()
  }
  blocked({ row: "A1.10", what: "nonces of two copies of a device", tries, through: repeats })
})

test("A1.12: commits, messages, knocks and Welcomes cut to any length, lengthened, or with any tag or signature cut, are refused", async () => {
  let [tries, through] = [0, 0]
  const { call, ada, ben } = await two()
  const made = await knock(await somebody(home, "Cleo"), call)
  const { message } = await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
  const { bundle } = await ada.ask({ do: "build-commit", change: { adds: [], removes: [] } }, "commit-built")
  const bent = (bytes: Uint8Array): Uint8Array[] => [
    ...Array.from({ length: Math.ceil(bytes.length / counts.bentStep) }, (_, i) => bytes.subarray(0, i * counts.bentStep)),
    // The last bytes are tags: every length of them, and one byte too many.
    ...Array.from({ length: 80 }, (_, cut) => bytes.subarray(0, bytes.length - 1 - cut)),
    joined(bytes, Uint8Array.of(0)),
  ]
  for (const lie of bent(bundle.commit)) through += await takenAsCommit([ben], lie)
  for (const lie of bent(message)) through += await takenAsMessage([ben], lie)
  const knocks = [
    ...bent(made.sealed).map((sealed) => ({ ...made, sealed })),
    ...bent(made.keyPackage).map((keyPackage) => ({ ...made, keyPackage })),
  ]
  for (const lie of knocks) if ((await ben.keeper.perform(readOrder(lie))).type !== "knock-refused") through++
  tries += bent(bundle.commit).length + bent(message).length + knocks.length
  blocked({ row: "A1.12", what: "messages, commits and knocks cut or lengthened", tries, through })
  await ben.ask({ do: "open-message", message }, "message-opened")
  await ben.ask({ do: "process-commit", seq: 1, commit: bundle.commit, gone: [] }, "commit-processed")
})

test("A1.13: no proposal from outside passes, of a registered type, an unregistered or a random one, alone or in a commit", async () => {
  const { call, ada, ben } = await two()
  const epoch = lastKey(ada).epoch
  const dice = chance(113)
  const types = [...Object.values(proposalTypes), ...Array.from({ length: counts.proposalTypes }, () => dice.below(0x1_0000))]
  let [tries, through] = [0, 0]
  for (const type of types)
    for (const sender of ["external", "new-member-proposal", { leaf: 0 }] as const)
      for (const isCommit of [false, true]) {
        const bytes = publicMessage({ call, epoch, sender, isCommit, proposal: { type, body: dice.bytes(dice.below(200)) } })
        tries++
        through += (await takenAsCommit([ada, ben], bytes)) + (await takenAsMessage([ada, ben], bytes))
      }
  blocked({ row: "A1.13", what: "proposals of every type", tries, through })
  await unharmed({ ada, ben }, epoch)
})

test("A1.14: messages that a removed member sealed before its removal are shown to nobody after it", async () => {
  const { call, ada, ben } = await two()
  const mallory = await admitRogue({ house: home, committer: ada, call }, [ben])
  const words = Array.from({ length: counts.lateWords }, () =>
    mallory.raw.encrypt(new TextEncoder().encode('{"kind":"leave"}'), new Uint8Array()),
  )
  expect(await takenAsMessage([ben], words[0] ?? new Uint8Array())).toBe(1)
  await commit(ada, { removes: left(2) }, [ben])
  let through = 0
  for (const bytes of words.slice(1)) through += await takenAsMessage([ada, ben], bytes)
  blocked({ row: "A1.14", what: "late messages of a removed member", tries: words.length - 1, through })
})

test("A1.15: what Ben said is shown once and as Ben's: copies are refused, and said again by another it is another's", async () => {
  const { call, ada, ben } = await two()
  const mallory = await admitRogue({ house: home, committer: ada, call }, [ben])
  let [tries, through] = [0, 0]
  for (let n = 0; n < counts.echoes; n++) {
    const { message } = await ben.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
    expect(await ada.ask({ do: "open-message", message }, "message-opened")).toMatchObject({ from: 1 })
    const heard = mallory.raw.process(message)
    if (heard.kind !== "application") throw new Error("bug: Mallory heard nothing")
    const again = mallory.raw.encrypt(heard.data, new Uint8Array())
    tries += 2
    through += await takenAsMessage([ada], message)
    const fact = await ada.keeper.perform({ do: "open-message", message: again })
    if (fact.type === "message-opened" && fact.from !== 2) through++
  }
  blocked({ row: "A1.15", what: "messages of others said again", tries, through })
})

test("A1.16: a late joiner with every byte that ever passed opens no word and no message from before", async () => {
  const { call, ada, ben } = await two()
  const speaker = new Party(ada)
  const words = await wordsOf(speaker, counts.lateWords)
  const messages: Uint8Array[] = []
  for (let i = 0; i < counts.lateWords; i++)
    messages.push((await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: true }, "message-sealed")).message)
  const before = await commit(ada, {}, [ben])
  words.push(...(await wordsOf(speaker, counts.lateWords)))
  const cleo = await somebody(home, "Cleo")
  await admit(ada, call, [cleo], [ben])
  const late = new Party(cleo)
  let through = await heardBy(late, words)
  for (const bytes of messages) through += await takenAsMessage([cleo], bytes)
  through += await takenAsCommit([cleo], before.commit)
  blocked({ row: "A1.16", what: "words and messages of before, at a late joiner", tries: words.length + messages.length + 1, through })
  expect(await heardBy(late, await wordsOf(speaker, 3))).toBe(3)
})

test("A1.17: a leaver that keeps all its state and everything the SFU still sends opens nothing of what comes after", async () => {
  const { call, ada, ben } = await two()
  const cleo = await somebody(home, "Cleo")
  await admit(ada, call, [cleo], [ben])
  const [speaker, leaver, stayer] = [new Party(ada), new Party(cleo), new Party(ben)]
  expect(await heardBy(leaver, await wordsOf(speaker, 3))).toBe(3)
  await commit(ada, { removes: left(2) }, [ben])
  const later: { readonly commit: Uint8Array }[] = [await commit(ben, {}, [ada])]
  const words = await wordsOf(speaker, counts.lateWords)
  let through = await heardBy(leaver, words)
  for (const { commit: bytes } of later) through += await takenAsCommit([cleo], bytes)
  const { message } = await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
  through += await takenAsMessage([cleo], message)
  blocked({ row: "A1.17", what: "words and messages of after, at a leaver", tries: words.length + 2, through })
  expect(await heardBy(stayer, words)).toBe(words.length)
})

test("A1.19: no two group states show one code, though they differ in a single field, and every epoch shows another to all alike", async () => {
  const dice = chance(119)
  const [words, digits] = [new Set<string>(), new Set<string>()]
  let tries = 0
  while (tries < counts.codes) {
    const state = {
      authenticator: dice.bytes(48),
      groupId: dice.bytes(16),
      roster: Array.from({ length: dice.between(1, 4) }, (_, leaf) => ({ leaf, member: dice.bytes(16), leafKey: dice.bytes(32) })),
    }
    // The state itself, and its nearest neighbours: another call, epoch, member, key or leaf.
    const [first, ...rest] = state.roster
    if (first === undefined) throw new Error("bug: nobody there")
    const states = [
      state,
      { ...state, groupId: turned(state.groupId, dice.below(128)) },
      { ...state, authenticator: turned(state.authenticator, dice.below(384)) },
      { ...state, roster: [{ ...first, member: turned(first.member, dice.below(128)) }, ...rest] },
      { ...state, roster: [{ ...first, leafKey: turned(first.leafKey, dice.below(256)) }, ...rest] },
      { ...state, roster: [{ ...first, leaf: 9 }, ...rest] },
    ]
    for (const code of await Promise.all(states.map(safetyCode))) {
      tries++
      words.add(code.words.join(" "))
      digits.add(code.digits)
    }
  }
  blocked({ row: "A1.19", what: "group states whose codes may be equal", tries, through: 2 * tries - words.size - digits.size })
  const { ada, ben } = await two()
  const seen = new Set<string>()
  for (let n = 0; n < 10; n++) {
    const { bundle } = await ada.ask({ do: "build-commit", change: { adds: [], removes: [] } }, "commit-built")
    const [one, other] = [
      (await ada.ask({ do: "merge-commit" }, "commit-merged")).group.words.join(" "),
      (await ben.ask({ do: "process-commit", seq: 1, commit: bundle.commit, gone: [] }, "commit-processed")).group.words.join(" "),
    ]
    expect(one).toBe(other)
    seen.add(one)
  }
  expect(seen.size).toBe(10)
})

const turned = (bytes: Uint8Array, bit: number): Uint8Array => bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

test("A1.20: nothing is stepped down to: another suite or version, a policy of another protocol, a group without one", async () => {
  let [tries, through] = [0, 0]
  const { call, ada } = await two()
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
    if ((await welcomedBy(made, { call: other, policy }, dora)) !== "order-failed") through++
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
