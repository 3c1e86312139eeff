import { test, expect } from "vitest"
import { createHash } from "node:crypto"
import { joined, uint32 } from "../bytes.ts"
import { randomBytes } from "../platform.ts"
import { safetyCode, type Comparable } from "./safety-words.ts"
import { wordList } from "./word-list.ts"

const filled = (value: number, length: number): Uint8Array => new Uint8Array(length).fill(value)

const state: Comparable = {
  authenticator: filled(1, 48),
  groupId: filled(2, 16),
  roster: [
    { leaf: 0, member: filled(3, 16), leafKey: filled(4, 32) },
    { leaf: 2, member: filled(5, 16), leafKey: filled(6, 32) },
  ],
}

test("D15: the word list is the one it says it is", () => {
  expect(wordList.length).toBe(2048)
  expect(new Set(wordList.map((word) => word.slice(0, 4))).size).toBe(2048)
  const file = createHash("sha256")
    .update(`${wordList.join("\n")}\n`)
    .digest("hex")
  expect(file).toBe("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda")
})

test("D15.1: the code of a known state is the published one", async () => {
  const code = await safetyCode(state)
  expect(code).toMatchInlineSnapshot(`
    {
      "digits": "16783 39435 72880 35867 69945 89927",
      "words": [
        "staff",
        "power",
        "keep",
        "swim",
        "engage",
        "radar",
        "ask",
        "anxiety",
      ],
    }
  `)
  // The same, worked out from the drawing by another hand.
  const sha = (...parts: Uint8Array[]): Uint8Array =>
    createHash("sha256")
      .update(joined(...parts))
      .digest()
  const roster = sha(uint32(0), filled(3, 16), filled(4, 32), uint32(2), filled(5, 16), filled(6, 32))
  const bits = [...sha(new TextEncoder().encode("Conclave 1 words\0"), filled(1, 48), filled(2, 16), roster)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("")
  expect(code.words).toEqual(Array.from({ length: 8 }, (_, i) => wordList[parseInt(bits.slice(11 * i, 11 * i + 11), 2)]))
  expect(code.digits.replaceAll(" ", "")).toBe((BigInt(`0b${bits.slice(88)}`) % 10n ** 30n).toString().padStart(30, "0"))
})

test("D15.1: the order in which the roster is told does not matter", async () => {
  expect(await safetyCode({ ...state, roster: state.roster.toReversed() })).toEqual(await safetyCode(state))
})

test("D15: of 10 000 random states no two have the same words, nor the same digits", async () => {
  const words = new Set<string>()
  const digits = new Set<string>()
  for (let i = 0; i < 10_000; i++) {
    const code = await safetyCode({ ...state, authenticator: randomBytes(48) })
    words.add(code.words.join(" "))
    digits.add(code.digits)
  }
  expect([words.size, digits.size]).toEqual([10_000, 10_000])
})

test("A1.19: the code changes with the epoch, the call and the roster, whichever alone", async () => {
  const first = state.roster[0]
  const others: Comparable[] = [
    { ...state, authenticator: filled(9, 48) },
    { ...state, groupId: filled(9, 16) },
    { ...state, roster: state.roster.slice(0, 1) },
    { ...state, roster: [{ leaf: 1, member: filled(3, 16), leafKey: filled(4, 32) }, ...state.roster.slice(1)] },
    { ...state, roster: [{ leaf: 0, member: filled(9, 16), leafKey: filled(4, 32) }, ...state.roster.slice(1)] },
    { ...state, roster: [{ leaf: 0, member: filled(3, 16), leafKey: filled(9, 32) }, ...state.roster.slice(1)] },
  ]
  expect(first).toBeDefined()
  const codes = await Promise.all([state, ...others].map(safetyCode))
  expect(new Set(codes.map((code) => code.words.join(" "))).size).toBe(codes.length)
  expect(new Set(codes.map((code) => code.digits)).size).toBe(codes.length)
})
