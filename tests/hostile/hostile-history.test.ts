/** What the group's history holds under a server that lies: what of before and after opens for whom, on the real engine. */

import { beforeAll, expect, test } from "vitest"
import { filled } from "../../packages/crypto/src/mls/filling.ts"
import { two } from "../../packages/crypto/src/mls/hostile.fixture.ts"
import {
  admit,
  admitRogue,
  commit,
  house,
  knock,
  lastKey,
  left,
  printOf,
  readOrder,
  somebody,
  type House,
} from "../../packages/crypto/src/mls/people.fixture.ts"
import { counts } from "./counts.ts"
import { blocked } from "./ledger.ts"
import { claimOf } from "./lying-relay.ts"
import { heardBy, Party, wordsOf } from "./party.ts"
import { takenAsCommit, takenAsMessage } from "./taken.ts"

let home: House
beforeAll(async () => {
  home = await house()
})

test("A1.05: of what senders say after a removal is merged, the removed member opens nothing, whatever it is still sent", async () => {
  const { call, ada, ben } = await two(home)
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
  const { call, ada, ben } = await two(home)
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
    const { call, ada, ben } = await two(home)
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
    const { call, ada, ben } = await two(home)
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

test("A1.14: messages that a removed member sealed before its removal are shown to nobody after it", async () => {
  const { call, ada, ben } = await two(home)
  const mallory = await admitRogue({ house: home, committer: ada, call }, [ben])
  const words = Array.from({ length: counts.lateWords }, () =>
    mallory.raw.encrypt(filled(new TextEncoder().encode('{"kind":"leave"}')), new Uint8Array()),
  )
  expect(await takenAsMessage([ben], words[0] ?? new Uint8Array())).toBe(1)
  await commit(ada, { removes: left(2) }, [ben])
  let through = 0
  for (const bytes of words.slice(1)) through += await takenAsMessage([ada, ben], bytes)
  blocked({ row: "A1.14", what: "late messages of a removed member", tries: words.length - 1, through })
})

test("A1.15: what Ben said is shown once and as Ben's: copies are refused, and said again by another it is another's", async () => {
  const { call, ada, ben } = await two(home)
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
  const { call, ada, ben } = await two(home)
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
  const { call, ada, ben } = await two(home)
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
