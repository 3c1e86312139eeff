import { chance } from "@conclave/testkit"
import { expect, test } from "vitest"
import { engineCodeOf, engineCodes, type Member } from "./index.ts"
import { isInMemory, memoryOf } from "./memory.fixture.ts"
import { apply, codeOf, engine, identity, meeting, must, nothing, nowSeconds, openedBy, person, policy, pskId } from "./people.fixture.ts"

test("D7.41: a PublicMessage is refused by its wire format, whatever is in it, and so is everything else that is no message", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const { commit } = first.commit({})
  const withFormat = (format: number): Uint8Array => Uint8Array.of(...commit.slice(0, 2), 0, format, ...commit.slice(4))
  expect(codeOf(() => second.process(withFormat(1)))).toBe("not-private")
  for (const format of [0, 3, 4, 5, 6, 255]) expect(codeOf(() => second.process(withFormat(format)))).toBe("malformed")
  expect(codeOf(() => second.process(Uint8Array.of(0, 2, ...commit.slice(2))))).toBe("malformed")
  expect(codeOf(() => second.process(second.tree()))).toBe("malformed")
  expect(codeOf(() => second.process(commit))).toBe("done")
})

test("T6, A1.12: every prefix of a commit and of a message is refused, and one byte more too", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const message = first.encrypt(identity(1), nothing)
  const { commit } = first.commit({})
  for (const whole of [message, commit]) {
    const cuts = Array.from({ length: whole.length }, (_, length) => codeOf(() => second.process(whole.subarray(0, length))))
    expect(new Set(cuts)).toEqual(new Set(["malformed"]))
    expect(codeOf(() => second.process(Uint8Array.of(...whole, 0)))).toBe("malformed")
  }
  expect(openedBy(second, message).data).toEqual(identity(1))
  apply(second, commit)
})

test("A1.12: a sealed part cut to any length, its own length said rightly, does not open", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const message = first.encrypt(nothing, nothing)
  // version, format, group id (1 + 16), epoch, content type, authenticated data (1), then two vectors.
  const start = 4 + 17 + 8 + 1 + 1
  const senderData = 1 + must(message[start])
  const at = start + senderData
  const ciphertext = message.subarray(at + 2)
  const head = message.subarray(0, at)
  for (let length = 0; length < ciphertext.length; length++) {
    const prefix = length < 64 ? [length] : [0x40 | (length >> 8), length & 0xff]
    const cut = Uint8Array.of(...head, ...prefix, ...ciphertext.subarray(0, length))
    expect(["decryption", "malformed"]).toContain(codeOf(() => second.process(cut)))
  }
  for (let length = 0; length < senderData - 1; length++) {
    const cut = Uint8Array.of(
      ...message.subarray(0, start),
      length,
      ...message.subarray(start + 1, start + 1 + length),
      ...message.subarray(at),
    )
    expect(["decryption", "malformed"]).toContain(codeOf(() => second.process(cut)))
  }
  expect(openedBy(second, message).sender).toBe(0)
})

/** What an attacker does to bytes: flips, cuts, lengthens, splices, repeats. */
function damaged(whole: Uint8Array, other: Uint8Array, draw: ReturnType<typeof chance>): Uint8Array {
  const bytes = whole.slice()
  const at = draw.below(bytes.length)
  switch (draw.below(5)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << draw.below(8))
      return bytes
    case 1:
      return bytes.subarray(0, at)
    case 2:
      return Uint8Array.of(...bytes, ...draw.bytes(1 + draw.below(40)))
    case 3:
      return Uint8Array.of(...bytes.subarray(0, at), ...other.subarray(draw.below(other.length)))
    default:
      bytes.set(draw.bytes(Math.min(8, bytes.length - at)), at)
      return bytes
  }
}

test("E3, D35.42: 1 000 damaged inputs give codes and nothing else, and the group goes on unharmed", async () => {
  const seed = 4_800
  const draw = chance(seed)
  const [first, second] = (await meeting(2)) as [Member, Member]
  const message = first.encrypt(identity(1), nothing)
  const packageOfThird = (await person(3)).keyPackage()
  const { commit, welcomes, tree } = first.commit({ adds: [packageOfThird], psk: pskId })
  const welcome = must(welcomes[0])
  const joiner = await person(4)
  const own = joiner.keyPackage()
  first.clearCommit()
  const invited = first.commit({ adds: [own], psk: pskId })
  const wholes = [message, commit, packageOfThird, welcome, must(tree)]
  const uses: readonly ((bytes: Uint8Array) => unknown)[] = [
    (bytes) => second.process(bytes),
    (bytes) => second.readKeyPackage(bytes, nowSeconds),
    (bytes) => second.commit({ adds: [bytes], psk: pskId }),
    (bytes) => joiner.join(bytes, must(invited.tree)),
    (bytes) => joiner.join(must(invited.welcomes[0]).subarray(0, -1), bytes),
  ]
  const told = new Set<string>()
  for (let round = 0; round < 1_000; round++) {
    const bytes = damaged(draw.pick(wholes), draw.pick(wholes), draw)
    try {
      draw.pick(uses)(bytes)
    } catch (thrown) {
      expect(thrown, `seed ${seed}, round ${round}`).toBeInstanceOf(Error)
      expect(engineCodes, `seed ${seed}, round ${round}`).toContain((thrown as Error).message)
      told.add(engineCodeOf(thrown))
    }
  }
  expect(told).not.toContain("bug")
  expect(told.size).toBeGreaterThan(3)
  expect(openedBy(second, message).data).toEqual(identity(1))
})

test("E3: arguments that are no bytes or no numbers are refused without harm", async () => {
  const [first] = (await meeting(1)) as [Member]
  const wrong: readonly unknown[] = [undefined, null, 7, "text", {}, [1, 2]]
  for (const value of wrong) {
    expect(codeOf(() => first.process(value as Uint8Array))).not.toBe("done")
  }
  expect(first.epoch()).toBe(0)
})

test("E4: a wiped member answers nothing but that it was wiped; a freed one throws", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  first.wipe()
  const calls = [
    () => first.epoch(),
    () => first.signatureKey(),
    () => first.keyPackage(),
    () => first.create(identity(9), policy),
    () => first.commit({}),
  ]
  for (const call of calls) expect(codeOf(call)).toBe("wiped")
  first.free()
  expect(codeOf(() => first.epoch())).toBe("bug")
  expect(second.epoch()).toBe(1)
})

test("E4: memory is given back: 100 members made, used and freed need no more than the first 20", async () => {
  const [founder] = (await meeting(1)) as [Member]
  const live = async (): Promise<void> => {
    const joiner = await person(2)
    const { welcomes, tree } = founder.commit({ adds: [joiner.keyPackage()], psk: pskId })
    joiner.join(must(welcomes[0]), must(tree))
    joiner.acceptJoin()
    joiner.encrypt(nothing, nothing)
    founder.clearCommit()
    joiner.wipe()
    joiner.free()
  }
  for (let i = 0; i < 20; i++) await live()
  const before = memoryOf()
  for (let i = 0; i < 100; i++) await live()
  expect(memoryOf()).toBe(before)
})

test("E4, D35.43: secrets that came in or went out are not left in memory after a wipe", async () => {
  const { Member } = await engine()
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const spoken = crypto.getRandomValues(new Uint8Array(64))
  const member = new Member(identity(1), nowSeconds, 3600)
  member.storePsk(pskId, secret)
  member.create(identity(8), policy)
  member.encrypt(spoken, nothing)
  const exported = member.export("test", nothing, 32)
  expect(isInMemory(secret)).toBe(true)
  member.wipe()
  member.free()
  for (const bytes of [secret, spoken, exported]) expect(isInMemory(bytes)).toBe(false)
})
