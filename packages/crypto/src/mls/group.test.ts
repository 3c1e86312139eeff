import { test, expect, beforeAll } from "vitest"
import {
  admit,
  commit,
  found,
  heal,
  house,
  id,
  knock,
  lastKey,
  left,
  printOf,
  readOrder,
  somebody,
  type House,
  type Somebody,
} from "./people.fixture.ts"

let home: House
beforeAll(async () => {
  home = await house()
})

async function three(): Promise<{ call: string; ada: Somebody; ben: Somebody; cleo: Somebody }> {
  const [ada, ben, cleo] = [await somebody(home, "Ada"), await somebody(home, "Ben"), await somebody(home, "Cleo")]
  const call = await found(ada)
  await admit(ada, call, [ben])
  await admit(ben, call, [cleo], [ada])
  return { call, ada, ben, cleo }
}

const media = { microphone: true, camera: false, screen: false }
const beat = { kind: "heartbeat", epoch: 2, transcript: "A".repeat(64), media, state: "" } as const
const say = async (one: Somebody, message: Parameters<Somebody["ask"]>[0]) => (await one.ask(message, "message-sealed")).message
const heartbeat = (one: Somebody) => say(one, { do: "seal-message", message: beat, keep: false })

test("D32: three people found, join and speak with one epoch, one key, one code to compare", async () => {
  const { ada, ben, cleo } = await three()
  const keys = [ada, ben, cleo].map(lastKey)
  expect(keys.map(({ epoch, own, leaves }) => ({ epoch, own, leaves }))).toEqual(
    [0, 1, 2].map((own) => ({ epoch: 2, own, leaves: [0, 1, 2] })),
  )
  expect(new Set(await Promise.all(keys.map(({ key }) => printOf(key)))).size).toBe(1)
  const heard = await ben.ask({ do: "open-message", message: await heartbeat(ada) }, "message-opened")
  expect(heard).toEqual({ type: "message-opened", from: 0, epoch: 2, message: beat })
})

test("D15: all members of an epoch have the same words, and the next epoch has others", async () => {
  const { ada, ben } = await three()
  const first = await commit(ada, {}, [])
  const seen = await ben.ask({ do: "process-commit", seq: 5, commit: first.commit, gone: [] }, "commit-processed")
  expect(seen.group.words).toEqual(first.group.words)
  expect(seen.group.digits).toEqual(first.group.digits)
  expect(seen.group.transcript).toEqual(first.group.transcript)
  const second = await commit(ben, {}, [ada])
  expect(second.group.words).not.toEqual(first.group.words)
})

test("A1.19: two calls in one room never show the same code", async () => {
  const [ada, eve] = [await somebody(home, "Ada"), await somebody(home, "Eve")]
  const one = await ada.ask({ do: "found-group", call: id(), member: id() }, "group-founded")
  const other = await eve.ask({ do: "found-group", call: id(), member: id() }, "group-founded")
  expect(one.group.words).not.toEqual(other.group.words)
})

test("D17.13: a newcomer gets everybody's bundle from the committer, and each is checked on its own", async () => {
  const { ada, ben, cleo } = await three()
  const introduced = await say(ben, { do: "seal-message", message: { kind: "introduce", leaves: [0, 1, 2] }, keep: true })
  const toCleo = await cleo.ask({ do: "open-message", message: introduced }, "message-opened")
  // Ben has Ada's bundle only once she has introduced herself: he joined after her.
  expect(toCleo.message.kind === "introduce" && toCleo.message.people.map(({ name }) => name)).toEqual(["Ben", "Cleo"])
  const own = await say(ada, { do: "seal-message", message: { kind: "introduce", leaves: [0] }, keep: true })
  const known = await ben.ask({ do: "open-message", message: own }, "message-opened")
  expect(known.message).toMatchObject({ kind: "introduce", people: [{ name: "Ada", level: "guest" }] })
})

test("D11.10: whoever comes back is removed and added in one commit, and cannot be in the call twice", async () => {
  const { call, ada, ben, cleo } = await three()
  const again = await somebody(home, "Cleo", { shelf: cleo.shelf })
  const knocked = await knock(again, call)
  const read = await ben.ask(readOrder(knocked), "knock-read")
  expect(read.person.device).toBe((await knock(await somebody(home, "Cleo", { shelf: cleo.shelf }), call)).self.device)
  // Without the removal the same device would be there twice.
  await ben.ask({ do: "build-commit", change: { adds: [knocked.member], removes: [] } }, "order-failed")
  const back = { adds: [knocked.member], removes: [{ leaf: 2, why: "returned" }] } as const
  const { welcomes, tree, removes, people } = await commit(ben, back, [ada])
  expect(removes).toMatchObject([{ leaf: 2, why: "returned" }])
  expect(people).toMatchObject([{ name: "Cleo", member: knocked.member }])
  await again.ask(
    { do: "join-group", call, welcome: welcomes[0]?.welcome ?? new Uint8Array(), tree: tree ?? new Uint8Array() },
    "group-joined",
  )
  expect(lastKey(again).own).toBe(2)
  expect(lastKey(ada)).toMatchObject({ leaves: [0, 1, 2], removed: [2], switch: "now" })
  expect(await printOf(lastKey(again).key)).toBe(await printOf(lastKey(ada).key))
})

test("A1.17: who was removed has no key of any later epoch, whatever it keeps", async () => {
  const { ada, ben, cleo } = await three()
  const { commit: bytes } = await commit(ada, { removes: left(2) }, [ben])
  const before = await printOf(lastKey(cleo).key)
  expect(await cleo.ask({ do: "process-commit", seq: 9, commit: bytes, gone: [] }, "removed-by-commit")).toEqual({
    type: "removed-by-commit",
    seq: 9,
    by: 0,
    why: "left",
  })
  expect(cleo.news.at(-1)).toEqual({ type: "wipe" })
  expect(await printOf(lastKey(ada).key)).not.toBe(before)
  await cleo.ask({ do: "open-message", message: await heartbeat(ada) }, "message-refused")
  await cleo.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "order-failed")
})

test("A1.16: who came later opens nothing from before", async () => {
  const [ada, ben, cleo] = [await somebody(home, "Ada"), await somebody(home, "Ben"), await somebody(home, "Cleo")]
  const call = await found(ada)
  await admit(ada, call, [ben])
  const early = await say(ada, { do: "seal-message", message: { kind: "leave" }, keep: true })
  const earlyKey = await printOf(lastKey(ada).key)
  await admit(ada, call, [cleo], [ben])
  expect(await cleo.ask({ do: "open-message", message: early }, "message-refused")).toMatchObject({ failure: "stale" })
  expect(await Promise.all(cleo.news.flatMap((news) => (news.type === "epoch" ? [printOf(news.key)] : [])))).not.toContain(earlyKey)
})

test("T5, A1.14: after a removal the removed leaf's messages are dropped at once, others' of the old epoch for five seconds not", async () => {
  const { ada, ben, cleo } = await three()
  const [fromCleo, fromBen, lateFromBen] = [await heartbeat(cleo), await heartbeat(ben), await heartbeat(ben)]
  await commit(ada, { removes: left(2) }, [ben])
  expect(await ada.ask({ do: "open-message", message: fromCleo }, "message-refused")).toMatchObject({ failure: "refused" })
  await ada.ask({ do: "open-message", message: fromBen }, "message-opened")
  ada.clock.now += 5001
  expect(await ada.ask({ do: "open-message", message: lateFromBen }, "message-refused")).toMatchObject({ failure: "stale" })
})

test("T5, A1.14: a newcomer at a removed leaf does not lend it its voice", async () => {
  const { call, ada, ben, cleo } = await three()
  const old = await heartbeat(cleo)
  const dora = await somebody(home, "Dora")
  const knocked = await knock(dora, call)
  await ada.ask(readOrder(knocked), "knock-read")
  await commit(ada, { adds: [knocked.member], removes: left(2) }, [ben])
  expect(lastKey(ada).leaves).toEqual([0, 1, 2])
  await ada.ask({ do: "open-message", message: old }, "message-refused")
  await ben.ask({ do: "open-message", message: old }, "message-refused")
})

test("A1.15: the same message is opened once", async () => {
  const { ada, ben } = await three()
  const message = await heartbeat(ada)
  await ben.ask({ do: "open-message", message }, "message-opened")
  expect(await ben.ask({ do: "open-message", message }, "message-refused")).toMatchObject({ failure: "refused" })
})

test("A1.06: a commit of an earlier epoch is refused in every later one", async () => {
  const { ada, ben, cleo } = await three()
  const first = await commit(ada, {}, [ben, cleo])
  await commit(ben, {}, [ada, cleo])
  for (const one of [ada, ben, cleo])
    expect(await one.ask({ do: "process-commit", seq: 7, commit: first.commit, gone: [] }, "commit-refused")).toEqual({
      type: "commit-refused",
      seq: 7,
      failure: "stale",
    })
})

test("D9: a commit takes effect when it is merged, not when it is built; the loser's is cleared and the winner's applied", async () => {
  const { ada, ben, cleo } = await three()
  const words = (await commit(cleo, {}, [ada, ben])).group.words
  const mine = await ada.ask({ do: "build-commit", change: { adds: [], removes: left(2) } }, "commit-built")
  expect(lastKey(ada).epoch).toBe(mine.bundle.epoch)
  const theirs = await commit(ben, {}, [cleo])
  // E2: nothing else is touched while one is pending.
  expect(await ada.ask({ do: "process-commit", seq: 4, commit: theirs.commit, gone: [] }, "commit-refused")).toMatchObject({
    failure: "busy",
  })
  expect(await ada.ask(heal, "order-failed")).toMatchObject({ failure: "busy" })
  await ada.ask({ do: "clear-commit" }, "commit-cleared")
  const after = await ada.ask({ do: "process-commit", seq: 4, commit: theirs.commit, gone: [] }, "commit-processed")
  expect(after.group.words).toEqual(theirs.group.words)
  expect(after.group.words).not.toEqual(words)
  expect(await ben.ask({ do: "process-commit", seq: 5, commit: mine.bundle.commit, gone: [] }, "commit-refused")).toMatchObject({
    failure: "stale",
  })
})

test("D9: messages go on while a commit is pending", async () => {
  const { ada, ben } = await three()
  await ada.ask(heal, "commit-built")
  await ben.ask({ do: "open-message", message: await heartbeat(ada) }, "message-opened")
})

test("D9.21: merging or clearing without a commit is refused and changes nothing", async () => {
  const { ada, ben } = await three()
  await ada.ask({ do: "merge-commit" }, "order-failed")
  await ada.ask({ do: "clear-commit" }, "order-failed")
  await ben.ask({ do: "open-message", message: await heartbeat(ada) }, "message-opened")
})

test("D10: every join has a new leaf key and a new pseudonym, none is kept", async () => {
  const ben = await somebody(home, "Ben")
  const [first, second] = [await knock(ben, id()), await knock(ben, id())]
  expect(first.keyPackage).not.toEqual(second.keyPackage)
  expect(first.self.device).toBe(second.self.device)
  expect(first.member).not.toBe(second.member)
})

test("D12: a heal changes the key of everybody and nothing else", async () => {
  const { ada, ben, cleo } = await three()
  const before = await printOf(lastKey(ada).key)
  const healed = await commit(cleo, {}, [ada, ben])
  expect(healed.removes).toEqual([])
  expect(lastKey(ada)).toMatchObject({ epoch: 3, leaves: [0, 1, 2], removed: [], switch: "soon" })
  expect(await printOf(lastKey(ada).key)).not.toBe(before)
  expect(await printOf(lastKey(ada).key)).toBe(await printOf(lastKey(ben).key))
})

test("D33.1: who is left alone by a removal has no key, and seals, builds and opens nothing until it founds anew", async () => {
  const [ada, ben] = [await somebody(home, "Ada"), await somebody(home, "Ben")]
  const call = await found(ada)
  await admit(ada, call, [ben])
  const { group } = await commit(ada, { removes: left(1) })
  expect(group.members).toHaveLength(1)
  expect(ada.news.at(-1)).toEqual({ type: "wipe" })
  await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "order-failed")
  await ada.ask(heal, "order-failed")
  await ada.ask({ do: "found-group", call: id(), member: id() }, "group-founded")
  expect(lastKey(ada).epoch).toBe(0)
})

test("D33.1: a founder who was never joined is not alone by a removal and may heal", async () => {
  const ada = await somebody(home, "Ada")
  await found(ada)
  expect((await commit(ada, {})).group.epoch).toBe(1)
})

test("D24.10: keys go out as handles nobody can read, and a removal says `now`", async () => {
  const { ada, ben, cleo } = await three()
  await commit(ada, { removes: left(2) }, [ben])
  const key = lastKey(ben)
  expect(key).toMatchObject({ removed: [2], switch: "now", leaves: [0, 1] })
  expect([key.key.extractable, key.key.algorithm.name, key.key.usages]).toEqual([false, "HKDF", ["deriveBits"]])
  expect(lastKey(cleo).switch).toBe("soon")
})

test("D9.22: orders are answered one at a time, in order, one fact each", async () => {
  const { ada } = await three()
  const facts = await Promise.all([
    ada.keeper.perform(heal),
    ada.keeper.perform({ do: "merge-commit" }),
    ada.keeper.perform({ do: "seal-message", message: { kind: "leave" }, keep: false }),
    ada.keeper.perform({ do: "wipe-group" }),
    ada.keeper.perform({ do: "seal-message", message: { kind: "leave" }, keep: false }),
  ])
  expect(facts.map(({ type }) => type)).toEqual(["commit-built", "commit-merged", "message-sealed", "group-wiped", "order-failed"])
})

test("D10: after a wipe nothing is left to ask, and the frame worker forgets", async () => {
  const { ada, ben } = await three()
  const message = await heartbeat(ben)
  await ada.ask({ do: "wipe-group" }, "group-wiped")
  expect(ada.news.at(-1)).toEqual({ type: "wipe" })
  await ada.ask({ do: "open-message", message }, "message-refused")
})
