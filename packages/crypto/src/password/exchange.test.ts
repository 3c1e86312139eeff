import { argon2Sync, hkdfSync } from "node:crypto"
import { expect, test } from "vitest"
import fc from "fast-check"
import { toBase64url } from "../base64url.ts"
import { randomBytes } from "../platform.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { Secret } from "../secret.ts"
import { begin, respond, type PasswordRun } from "./exchange.ts"
import { parsePassword } from "./password.ts"
import { pskWithPassword, stretch } from "./stretch.ts"

const id = (): string => toBase64url(randomBytes(16))
const [ada, ben] = [randomBytes(32), randomBytes(32)]
const run: PasswordRun = { password: "open sesame", room: id(), call: id(), version: 1, keyPackageHash: randomBytes(32) }

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

/** Ada at the door, Ben inside. `undefined` is what Ben says of a wrong guess. */
function knock({ of = {}, knocker = ada, member = ben }: Changed = {}): boolean | undefined {
  const outside = begin({ ...run, ...of }, ada)
  const inside = good(respond(run, ben, { share: outside.share, device: knocker }))
  const finished = good(outside.finish({ share: inside.share, device: member }))
  const answer = inside.confirm(finished.tag)
  return answer === undefined ? undefined : finished.accepts(answer)
}

test("D18.2: who knows the password is let through, and knows that the member knew it too", () => {
  expect(knock()).toBe(true)
})

test("D18.2: a wrong password, another room, call, version or knock is one wrong guess", () => {
  const others: Partial<PasswordRun>[] = [
    ...[{ password: "open sesamE" }, { password: "open sesame " }, { password: "" }, { room: id() }, { call: id() }],
    ...[{ version: 2 }, { keyPackageHash: randomBytes(32) }],
  ]
  for (const of of others) expect(knock({ of })).toBeUndefined()
})

test("D18.3: a run in which somebody stands between the two, with devices of its own, fails", () => {
  expect(knock({ knocker: randomBytes(32) })).toBeUndefined()
  expect(knock({ member: randomBytes(32) })).toBeUndefined()
})

test("D18.3: the member says nothing that depends on the password before it has seen a right tag", () => {
  const outside = begin(run, ada)
  const inside = good(respond(run, ben, { share: outside.share, device: ada }))
  const { tag } = good(outside.finish({ share: inside.share, device: ben }))
  expect(inside.confirm(tag.map((byte, at) => (at === 63 ? byte ^ 1 : byte)))).toBeUndefined()
  // One guess a run.
  expect(() => inside.confirm(tag)).toThrow("bug")
  expect(() => outside.finish({ share: inside.share, device: ben })).toThrow("bug")
  for (const cut of [0, 1, 32, 63]) {
    const again = good(respond(run, ben, { share: outside.share, device: ada }))
    expect(again.confirm(tag.subarray(0, cut))).toBeUndefined()
  }
})

test("D18.3: reflected messages prove nothing", () => {
  const outside = begin(run, ada)
  const mirror = good(outside.finish({ share: outside.share, device: ada }))
  // A side that is shown its own tag as the other's: it is over the same message, so it must differ from what is accepted of another device.
  const honest = begin(run, ada)
  const finished = good(honest.finish({ share: honest.share, device: ben }))
  expect(finished.accepts(finished.tag)).toBe(false)
  expect(finished.accepts(mirror.tag)).toBe(false)
})

test("A1.12: random shares and tags are refused, never thrown at", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (noise) => {
      const answer = respond(run, ben, { share: noise, device: ada })
      if (isRefusal(answer)) expect(answer).toEqual({ refused: "password-share" })
      else expect(answer.confirm(noise)).toBeUndefined()
    }),
    { numRuns: 50 },
  )
})

test("D18.4: a password is one text however it was typed", () => {
  expect(parsePassword("Zoe\u0308 \u00a0x")).toBe("Zo\u00eb  x")
  expect(parsePassword(" x ")).toBe(" x ")
  expect(parsePassword("")).toEqual({ refused: "password-empty" })
  expect(parsePassword("a\nb")).toEqual({ refused: "password-not-plain" })
  expect(parsePassword("\u{1F600}".repeat(128))).toHaveLength(256)
  for (const length of [129, 5000]) expect(parsePassword("x".repeat(length))).toEqual({ refused: "password-too-long" })
})

test("D18.5: the stretched password changes the PSK, as another library works it out too", async () => {
  const [psk, salt, room] = [new Secret(randomBytes(32)), randomBytes(16), id()]
  const stretched = stretch("open sesame", salt)
  const mixed = await pskWithPassword(psk, stretched, room)
  const parameters = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 }
  const reference = argon2Sync("argon2id", { message: "open sesame", nonce: salt, ...parameters })
  expect(stretched.expose()).toEqual(new Uint8Array(reference))
  const ikm = Buffer.concat([psk.expose(), reference])
  const psk2 = hkdfSync("sha256", ikm, Buffer.from(room, "base64url"), "Conclave 1 psk password", 32)
  expect(mixed.expose()).toEqual(new Uint8Array(psk2))
  expect(mixed.expose()).not.toEqual((await pskWithPassword(psk, stretch("open sesamE", salt), room)).expose())
  expect(() => stretch("x", new Uint8Array(15))).toThrow("bug")
})
