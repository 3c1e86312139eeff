import { expect, test } from "vitest"
import { toBase64url } from "../base64url.ts"
import { memoryPasswordShelf, passwordsOf, type PasswordShelf } from "../password/passwords.ts"
import { pskWithPassword } from "../password/stretch.ts"
import type { Policy } from "../room/policy.ts"
import { pskIdOf } from "./membership.ts"
import { edited } from "../room/policy-edit.ts"
import { signNext, type SignedPolicy } from "../room/policy-chain.ts"
import type { House, Somebody } from "./people.fixture.ts"
import { admitRogue, commit, found, good, house, id, knock, lastKey, printOf, readOrder, rogueCommit, somebody } from "./people.fixture.ts"

const [right, wrong] = ["open sesame", "open sesamE"]
const set = { set: "password", to: true } as const

interface Guest extends Somebody {
  readonly passwords: ReturnType<typeof passwordsOf>
  readonly kept: PasswordShelf
}

async function guest(
  home: House,
  name: string,
  other: Parameters<typeof somebody>[2] & { readonly kept?: PasswordShelf } = {},
): Promise<Guest> {
  const { kept = memoryPasswordShelf(), ...parts } = other
  const passwords = passwordsOf(kept, home.room)
  return { ...(await somebody(home, name, { passwords, ...parts })), passwords, kept }
}

/** Ada is host in a call and has set a password; what the shelf says since is in `shown`. */
async function behindPassword() {
  const home = await house()
  const shown: { policy: SignedPolicy } = { policy: home.policy }
  const policy = (): SignedPolicy => shown.policy
  const ada = await guest(home, "Ada", { shelf: home.shelf, roomKey: home.roomKey, policy })
  const call = await found(ada)
  await setPassword({ home, shown, ada }, right)
  return { home, shown, policy, ada, call }
}

type Room = Pick<Awaited<ReturnType<typeof behindPassword>>, "home" | "shown" | "ada">

async function setPassword({ home, shown, ada }: Room, text: string, others: readonly Somebody[] = []) {
  expect(ada.passwords.choose(text)).toBeUndefined()
  const salt = ada.passwords.chosen?.salt ?? ""
  const bundle = await commit(ada, { policy: set }, others)
  // What the server is shown: the same rules, as the room's key signs them.
  shown.policy = good(await signNext(shown.policy, nextOf({ shown }, { salt }), { roomKey: home.roomKey, device: ada.device }))
  return bundle
}

/** The whole exchange; gives what the newcomer heard last. */
async function exchange(member: Somebody, one: Somebody, call: string) {
  const made = await knock(one, call)
  await member.ask(readOrder(made), "knock-read")
  const answer = await member.ask({ do: "answer-door", member: made.member }, "door-answered")
  const checked = await one.keeper.perform({ do: "check-door", box: answer.box })
  if (checked.type !== "door-checked") return { made, checked, isProved: false }
  const { isProved } = await member.ask({ do: "hear-door", member: made.member, box: checked.box }, "door-heard")
  return { made, checked, isProved }
}

async function enter(member: Somebody, one: Somebody, call: string, others: readonly Somebody[] = []) {
  const { made, isProved } = await exchange(member, one, call)
  expect(isProved).toBe(true)
  const { welcomes, tree } = await commit(member, { adds: [made.member] }, others)
  const [parcel] = welcomes
  if (parcel === undefined || tree === undefined) throw new Error("no welcome")
  return one.ask({ do: "join-group", call, welcome: parcel.welcome, tree }, "group-joined")
}

test("D18.6: who types the password is let in, and both are in one epoch", async () => {
  const { home, policy, ada, call } = await behindPassword()
  const ben = await guest(home, "Ben", { policy })
  expect(await ben.keeper.perform({ do: "make-knock", call, member: id() })).toEqual({
    ...{ type: "order-failed", order: "make-knock", failure: "password-needed" },
  })
  ben.passwords.type(right)
  const { group } = await enter(ada, ben, call)
  expect(group.policy).toMatchObject({ hasPassword: true, passwordVersion: 2 })
  expect(await printOf(lastKey(ben).key)).toBe(await printOf(lastKey(ada).key))
  expect([ada.bugs, ben.bugs]).toEqual([[], []])
})

test("D18.6: a wrong password is told to the knocker alone, nobody is added by it, and the next knock may be right", async () => {
  const { home, policy, ada, call } = await behindPassword()
  const eve = await guest(home, "Eve", { policy })
  eve.passwords.type(wrong)
  const { made, checked } = await exchange(ada, eve, call)
  expect(checked).toEqual({ type: "password-wrong", wasTyped: true })
  expect(await ada.keeper.perform({ do: "build-commit", change: { adds: [made.member], removes: [] } })).toMatchObject({
    failure: "refused",
  })
  expect(await eve.keeper.perform({ do: "make-knock", call, member: id() })).toMatchObject({ failure: "password-needed" })
  eve.passwords.type(right)
  await enter(ada, eve, call)
})

test("D18.6: a knock is answered once, however often it is shown, and a tag is heard once", async () => {
  const { home, policy, ada, call } = await behindPassword()
  const ben = await guest(home, "Ben", { policy })
  ben.passwords.type(right)
  const made = await knock(ben, call)
  const answer = { do: "answer-door", member: made.member } as const
  await ada.ask(readOrder(made), "knock-read")
  const { box } = await ada.ask(answer, "door-answered")
  await ada.ask(readOrder(made), "knock-read")
  expect(await ada.keeper.perform(answer)).toEqual({ type: "door-heard", member: made.member, isProved: false })
  const checked = await ben.ask({ do: "check-door", box }, "door-checked")
  expect(await ben.keeper.perform({ do: "check-door", box })).toMatchObject({ type: "order-failed" })
  const altered = checked.box.map((byte, at) => (at === 40 ? byte ^ 1 : byte))
  for (const bad of [altered, box, new Uint8Array(5)])
    expect(await ada.ask({ do: "hear-door", member: made.member, box: bad }, "door-heard")).toMatchObject({ isProved: false })
  expect(await ada.ask({ do: "hear-door", member: made.member, box: checked.box }, "door-heard")).toMatchObject({ isProved: true })
})

test("D18.2: boxes of one knock open at no other", async () => {
  const { home, policy, ada, call } = await behindPassword()
  const [ben, cleo] = [await guest(home, "Ben", { policy }), await guest(home, "Cleo", { policy })]
  const knocks = []
  for (const one of [ben, cleo]) {
    one.passwords.type(right)
    const made = await knock(one, call)
    await ada.ask(readOrder(made), "knock-read")
    knocks.push(await ada.ask({ do: "answer-door", member: made.member }, "door-answered"))
  }
  const [toBen, toCleo] = knocks
  if (toBen === undefined || toCleo === undefined) throw new Error("no answers")
  expect(await ben.keeper.perform({ do: "check-door", box: toCleo.box })).toMatchObject({ type: "order-failed" })
  const { box } = await ben.ask({ do: "check-door", box: toBen.box }, "door-checked")
  expect(await ada.ask({ do: "hear-door", member: toCleo.member, box }, "door-heard")).toMatchObject({ isProved: false })
})

test("D18.6: who did not prove it is not added, nor who proved an older password", async () => {
  const room = await behindPassword()
  const { home, policy, ada, call } = room
  const [ben, cleo] = [await guest(home, "Ben", { policy }), await guest(home, "Cleo", { policy })]
  for (const one of [ben, cleo]) one.passwords.type(right)
  const unproved = await knock(ben, call)
  await ada.ask(readOrder(unproved), "knock-read")
  const { made, isProved } = await exchange(ada, cleo, call)
  expect(isProved).toBe(true)
  const add = (member: string) => ada.keeper.perform({ do: "build-commit", change: { adds: [member], removes: [] } })
  expect(await add(unproved.member)).toMatchObject({ type: "order-failed", failure: "refused" })
  await setPassword(room, "another word")
  expect(await add(made.member)).toMatchObject({ type: "order-failed", failure: "refused" })
})

/** Mallory, who has no manners, was in before there was a password, and has it from the commit that set it. */
async function withMallory() {
  const room = await behindPassword()
  const { home, ada, call } = room
  await ada.ask({ do: "build-commit", change: { adds: [], removes: [], policy: { set: "password", to: false } } }, "commit-built")
  await ada.ask({ do: "merge-commit" }, "commit-merged")
  const mallory = await admitRogue({ house: home, committer: ada, call })
  room.shown.policy = good(await signNext(room.shown.policy, nextOf(room, undefined), { roomKey: home.roomKey, device: ada.device }))
  const { commit: change } = await setPassword(room, right)
  mallory.raw.process(change)
  mallory.raw.accept()
  return { ...room, mallory, change }
}

function nextOf({ shown }: Pick<Room, "shown">, password: { readonly salt: string } | undefined): Policy {
  const next = edited(shown.policy.policy, { password })
  if (next === undefined) throw new Error("no policy")
  return next
}

test("D18.5: an Add with the PSK of the link alone is refused by everyone else", async () => {
  const { home, ada, call, mallory } = await withMallory()
  const eve = await somebody(home, "Eve")
  const made = await knock(eve, call)
  const bad = await rogueCommit(mallory, { adds: [made.keyPackage], psk: pskIdOf(home.room, 1) })
  expect(await ada.keeper.perform({ do: "process-commit", seq: 9, commit: bad.commit, gone: [] })).toMatchObject({
    ...{ type: "commit-refused", rule: "psk-missing" },
  })
})

test("D18.3: without a member's proof no Welcome is entered, whatever password was typed", async () => {
  const { home, policy, shown, call, mallory } = await withMallory()
  const asked = shown.policy.policy.password
  const ben = await guest(home, "Ben", { policy })
  ben.passwords.type(right)
  const key = asked && (await ben.passwords.keyFor(asked))
  if (asked === undefined || key === undefined) throw new Error("no password")
  mallory.raw.storePsk(pskIdOf(home.room, 1, asked.version), (await pskWithPassword(home.keys.psk, key.key, home.room)).expose())
  const made = await knock(ben, call)
  const { welcomes, tree } = await rogueCommit(mallory, { adds: [made.keyPackage], psk: pskIdOf(home.room, 1, asked.version) })
  const [welcome] = welcomes
  if (welcome === undefined || tree === undefined) throw new Error("no welcome")
  expect(await ben.keeper.perform({ do: "join-group", call, welcome, tree })).toMatchObject({ type: "order-failed", failure: "refused" })
  expect(await ben.passwords.provedFor(asked)).toBeUndefined()
})

test("D18.9: whoever is inside gets the new password with the commit, and can let in by it", async () => {
  const room = await behindPassword()
  const { home, policy, ada, call } = room
  const [ben, cleo] = [await guest(home, "Ben", { policy }), await guest(home, "Cleo", { policy })]
  ben.passwords.type(right)
  await enter(ada, ben, call)
  await setPassword(room, "another word", [ben])
  cleo.passwords.type(right)
  expect((await exchange(ben, cleo, call)).checked).toEqual({ type: "password-wrong", wasTyped: true })
  cleo.passwords.type("another word")
  await enter(ben, cleo, call, [ada])
  expect(await printOf(lastKey(cleo).key)).toBe(await printOf(lastKey(ada).key))
})

test("D18.9: taken away, nobody is asked; and a password set anew has a new version", async () => {
  const { home, ada, call, shown } = await behindPassword()
  const { group } = await commit(ada, { policy: { set: "password", to: false } })
  expect(group.policy).toMatchObject({ hasPassword: false })
  expect(group.policy.passwordVersion).toBeUndefined()
  const without = edited(shown.policy.policy, { password: undefined })
  const policy = good(await signNext(shown.policy, without ?? shown.policy.policy, { roomKey: home.roomKey, device: ada.device }))
  const ben = await guest(home, "Ben", { policy: () => policy })
  const made = await knock(ben, call)
  expect(await ada.ask(readOrder(made), "knock-read")).not.toHaveProperty("password")
  await commit(ada, { adds: [made.member] })
  ada.passwords.choose(right)
  expect((await commit(ada, { policy: set })).group.policy.passwordVersion).toBe(4)
})

test("D18.9: without a chosen password, or with none to take away, there is no such change", async () => {
  const home = await house()
  const ada = await guest(home, "Ada", { shelf: home.shelf, roomKey: home.roomKey })
  await found(ada)
  for (const policy of [set, { set: "password", to: false } as const])
    expect(await ada.keeper.perform({ do: "build-commit", change: { adds: [], removes: [], policy } })).toMatchObject({
      failure: "refused",
    })
})

test("D18.10: a reload proves with what is kept; on another device it is asked for", async () => {
  const { home, policy, ada, call } = await behindPassword()
  const ben = await guest(home, "Ben", { policy })
  ben.passwords.type(right)
  await enter(ada, ben, call)
  const again = await guest(home, "Ben", { policy, shelf: ben.shelf, kept: ben.kept })
  const { made, isProved } = await exchange(ada, again, call)
  expect(isProved).toBe(true)
  await commit(ada, { adds: [made.member], removes: [{ leaf: 1, why: "returned" }] })
})

test("D18.11: a call under a password is founded only by a device that was in one", async () => {
  const { home, policy, ada } = await behindPassword()
  const eve = await guest(home, "Eve", { policy })
  const order = { do: "found-group", call: id(), member: id() } as const
  expect(await eve.keeper.perform(order)).toEqual({ type: "order-failed", order: "found-group", failure: "host-needed" })
  eve.passwords.type(right)
  expect(await eve.keeper.perform(order)).toMatchObject({ failure: "host-needed" })
  const back = await guest(home, "Ada", { policy, shelf: home.shelf, kept: ada.kept })
  await back.ask(order, "group-founded")
})

test("A1.12: password and stretched key are in no fact, box or shelf", async () => {
  const { home, policy, ada, call, shown } = await behindPassword()
  const ben = await guest(home, "Ben", { policy })
  ben.passwords.type(right)
  const told: unknown[] = []
  const { made, checked } = await exchange(ada, ben, call)
  told.push(made, checked, shown.policy.policy, new TextDecoder().decode(shown.policy.bytes), ada.bugs, ben.bugs)
  ada.passwords.choose("canary password")
  const stretched = ada.passwords.chosen?.stretched.expose().slice() ?? new Uint8Array()
  told.push(String(ada.passwords.chosen?.stretched), JSON.stringify(ada.passwords.chosen))
  told.push(await ada.keeper.perform({ do: "build-commit", change: { adds: [], removes: [], policy: set } }))
  told.push(await ada.keeper.perform({ do: "merge-commit" }))
  const text = JSON.stringify(told, (_, value: unknown) => (value instanceof Uint8Array ? toBase64url(value) : value))
  const bytes = Buffer.concat(told.flatMap(bytesIn))
  for (const secret of ["canary password", right, Buffer.from(stretched).toString("base64url"), Buffer.from(stretched).toString("hex")])
    expect(text).not.toContain(secret)
  expect(bytes.indexOf(stretched)).toBe(-1)
  expect(bytes.indexOf("canary password")).toBe(-1)
})

function bytesIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(bytesIn) : []
}
