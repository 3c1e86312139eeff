import { argon2Sync, hkdfSync } from "node:crypto"
import { expect, test } from "vitest"
import fc from "fast-check"
import { toBase64url } from "../base64url.ts"
import { randomBytes } from "../platform.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { Secret } from "../secret.ts"
import { begin, respond, type PasswordRun } from "./exchange.ts"
import { parsePassword } from "./password.ts"
import { memoryPasswordShelf, passwordsOf, type PasswordKey } from "./passwords.ts"
import { guessOf, pskWithPassword, stretch, stretchedKey } from "./stretch.ts"
import type { PolicyPassword } from "../room/policy.ts"

const id = (): string => toBase64url(randomBytes(16))
const [ada, ben] = [randomBytes(32), randomBytes(32)]
const run: PasswordRun = { guess: randomBytes(32), room: id(), call: id(), version: 1, keyPackageHash: randomBytes(32) }

function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

interface Changed {
  readonly of?: Partial<PasswordRun>
  /** What each is told of the other's device. */
  readonly knocker?: Uint8Array
  readonly member?: Uint8Array
}

/** Ada at the door, Ben inside: what each makes of the other. */
function knock({ of = {}, knocker = ada, member = ben }: Changed = {}): "proved" | "knocker refuses" | "member refuses" {
  const outside = begin({ ...run, ...of }, ada)
  const inside = good(respond(run, ben, { share: outside.share, device: knocker }))
  const tag = outside.finish({ share: inside.share, tag: inside.tag, device: member })
  if (isRefusal(tag)) return "knocker refuses"
  return inside.isProvedBy(tag) ? "proved" : "member refuses"
}

test("D18.2: who knows the password is let through, and knows that the member knew it too", () => {
  expect(knock()).toBe("proved")
})

test("D18.2: a wrong password, another room, call, version or knock is one wrong guess", () => {
  const others: Partial<PasswordRun>[] = [
    { guess: randomBytes(32) },
    ...[{ room: id() }, { call: id() }, { version: 2 }, { keyPackageHash: randomBytes(32) }],
  ]
  for (const of of others) expect(knock({ of })).toBe("knocker refuses")
})

test("D18.3: a run in which somebody stands between the two, with devices of its own, fails", () => {
  expect(knock({ knocker: randomBytes(32) })).toBe("knocker refuses")
  expect(knock({ member: randomBytes(32) })).toBe("knocker refuses")
})

test("D18.3: the knocker says nothing that depends on the password before it has seen a right tag, and once only", () => {
  const outside = begin(run, ada)
  const inside = good(respond(run, ben, { share: outside.share, device: ada }))
  const other = { ...inside, device: ben, tag: inside.tag.map((byte, at) => (at === 63 ? byte ^ 1 : byte)) }
  expect(outside.finish(other)).toEqual({ refused: "wrong-password" })
  expect(() => outside.finish({ ...inside, device: ben })).toThrow("bug")
  for (const cut of [0, 1, 32, 63]) {
    const again = begin(run, ada)
    const answer = good(respond(run, ben, { share: again.share, device: ada }))
    expect(again.finish({ ...answer, tag: answer.tag.subarray(0, cut), device: ben })).toEqual({ refused: "wrong-password" })
    expect(answer.isProvedBy(answer.tag.subarray(0, cut))).toBe(false)
    expect(() => answer.isProvedBy(answer.tag)).toThrow("bug")
  }
})

test("D18.3: reflected messages prove nothing", () => {
  const outside = begin(run, ada)
  const inside = good(respond(run, ben, { share: outside.share, device: ada }))
  // The member's own tag, sent back to it.
  expect(inside.isProvedBy(inside.tag)).toBe(false)
  // The knocker's own share, sent back to it by one who does not know the password.
  expect(outside.finish({ share: outside.share, tag: randomBytes(64), device: ben })).toEqual({ refused: "wrong-password" })
})

test("A1.12: random shares and tags are refused, never thrown at", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (noise) => {
      const answer = respond(run, ben, { share: noise, device: ada })
      if (isRefusal(answer)) expect(answer).toEqual({ refused: "password-share" })
      else expect(answer.isProvedBy(noise)).toBe(false)
      expect(begin(run, ada).finish({ share: noise, tag: noise, device: ben })).toEqual({ refused: "wrong-password" })
    }),
    { numRuns: 50 },
  )
})

test("D18.4: a password is one text however it was typed", () => {
  expect(parsePassword("Zoe\u0308 \u00a0x")).toBe("Zo\u00eb  x")
  expect(parsePassword(" xy ")).toBe(" xy ")
  for (const short of ["", "abc", "\u{1F600}".repeat(3)]) expect(parsePassword(short)).toEqual({ refused: "password-too-short" })
  expect(parsePassword("abc\nd")).toEqual({ refused: "password-not-plain" })
  expect(parsePassword("\u{1F600}".repeat(128))).toHaveLength(256)
  for (const length of [129, 5000]) expect(parsePassword("x".repeat(length))).toEqual({ refused: "password-too-long" })
})

test("D18.5: the stretched password changes the PSK, as another library works it out too", async () => {
  const [psk, salt, room] = [new Secret(randomBytes(32)), randomBytes(16), id()]
  const stretched = stretch("open sesame", salt)
  const key = await stretchedKey(stretched)
  const mixed = await pskWithPassword(psk, key, room)
  const parameters = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 }
  const reference = argon2Sync("argon2id", { message: "open sesame", nonce: salt, ...parameters })
  expect(stretched.expose()).toEqual(new Uint8Array(reference))
  const hkdf = (ikm: Uint8Array, info: string): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", ikm, Buffer.from(room, "base64url"), info, 32))
  expect(await guessOf(key, room)).toEqual(hkdf(reference, "Conclave 1 password guess"))
  const ikm = Buffer.concat([psk.expose(), hkdf(reference, "Conclave 1 password part")])
  expect(mixed.expose()).toEqual(hkdf(ikm, "Conclave 1 psk password"))
  const other = await stretchedKey(stretch("open sesamE", salt))
  expect(mixed.expose()).not.toEqual((await pskWithPassword(psk, other, room)).expose())
  expect(() => stretch("x", new Uint8Array(15))).toThrow("bug")
})

const asked = (version = 3): PolicyPassword => ({ version, salt: toBase64url(randomBytes(16)) })

test("D18.10: what was proved is kept for that password only, and cannot be read out", async () => {
  const [shelf, room, password] = [memoryPasswordShelf(), id(), asked()]
  const here = passwordsOf(shelf, room)
  expect(await here.keyFor(password)).toBeUndefined()
  expect(here.type("open sesame")).toBeUndefined()
  const key = await here.keyFor(password)
  expect(await here.provedFor(password)).toBeUndefined()
  if (key === undefined) throw new Error("no key")
  await here.prove(key)
  const later = passwordsOf(shelf, room)
  expect(await later.provedFor(password)).toEqual(key)
  expect(key.key.extractable).toBe(false)
  for (const other of [
    { ...password, version: 4 },
    { ...password, salt: asked().salt },
  ])
    expect(await later.keyFor(other)).toBeUndefined()
  expect(await passwordsOf(shelf, id()).keyFor(password)).toBeUndefined()
})

test("D18.10: a wrong password is forgotten; a kept one that somebody calls wrong is asked for, and stays", async () => {
  const [shelf, room, password] = [memoryPasswordShelf(), id(), asked()]
  const here = passwordsOf(shelf, room)
  here.type("open sesame")
  expect(here.forget()).toBe(true)
  expect(await here.keyFor(password)).toBeUndefined()
  here.type("open sesame")
  await here.prove((await here.keyFor(password)) as PasswordKey)
  expect(here.forget()).toBe(false)
  expect(await here.keyFor(password)).toBeUndefined()
  expect(await here.provedFor(password)).toBeDefined()
})
