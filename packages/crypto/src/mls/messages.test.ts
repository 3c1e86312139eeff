import { test, expect } from "vitest"
import fc from "fast-check"
import { utf8 } from "../bytes.ts"
import { randomBytes } from "../platform.ts"
import { toBase64url } from "../base64url.ts"
import { readHeader } from "./envelope.ts"
import { filled, unfilled } from "./filling.ts"
import { mlsFuzzTargets } from "./fuzz.ts"
import { parseNote } from "./note.ts"
import { maxIntroduced, parseMessage, printMessage, type ClaimedMessage } from "./messages.ts"

const transcript = toBase64url(randomBytes(48))
const media = { microphone: true, camera: false, screen: false }
const bundle = () => ({
  ...{ member: toBase64url(randomBytes(16)), name: "Ada", devicePublicKey: randomBytes(32) },
  ...{ leafKey: randomBytes(32), expiry: 1_800_000_000_000 },
  ...{ signature: randomBytes(64), endorsement: randomBytes(64) },
})

const someMessages: ClaimedMessage[] = [
  { kind: "heartbeat", epoch: 7, transcript, media, state: "" },
  { kind: "heartbeat", epoch: 7, transcript, media, state: '{"hand":1}' },
  { kind: "word", body: "" },
  { kind: "word", body: "\u{1F600}".repeat(8_000) },
  { kind: "leave" },
  { kind: "ask", leaves: [0, 1023] },
  { kind: "introduce", bundles: [bundle(), { ...bundle(), token: "a.b.c" }] },
  { kind: "standing", former: [toBase64url(randomBytes(32))], blocked: [], isUsed: true },
  { kind: "standing", former: [], blocked: [], isUsed: true, guesses: [toBase64url(randomBytes(32))] },
  { kind: "guess", device: toBase64url(randomBytes(32)) },
  { kind: "block", devices: [toBase64url(randomBytes(32))], isBlocked: false },
]

/** A sample with a few bytes changed and perhaps cut. */
const bent = (samples: readonly Uint8Array[]) =>
  fc
    .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }), fc.nat(400))
    .map(([sample, changes, end]) => sample.slice(0, end).map((byte, at) => changes.find(([where]) => where === at)?.[1] ?? byte))

test("D13.20: every message is read back as it was printed", () => {
  for (const message of someMessages) expect(parseMessage(printMessage(message))).toEqual(message)
})

test("D13.20: a message with another field, another spelling or a value out of bounds is refused", () => {
  const beat = (over: object): string => JSON.stringify({ epoch: 7, kind: "heartbeat", media, state: "", transcript, ...over })
  const texts = [
    ...["", "null", "[]", "{}", '{"kind":"other"}', '{"kind":"leave","now":1}', ' {"kind":"leave"}', '{"kind":"leave"}\n'],
    ...[
      { epoch: -1 },
      { epoch: 1.5 },
      { epoch: "7" },
      { transcript: "x" },
      { transcript: `${transcript}A` },
      { media: {} },
      { state: 1 },
      { state: "x".repeat(1_001) },
      { from: 1 },
    ].map(beat),
    ...[beat({ media: { ...media, extra: true } }), beat({ media: { ...media, camera: 1 } })],
    ...['{"devices":["A"],"isBlocked":true,"kind":"block"}', '{"blocked":[],"former":[],"isUsed":1,"kind":"standing"}'],
    ...[
      '{"kind":"word"}',
      '{"body":1,"kind":"word"}',
      `{"body":"${"x".repeat(16_001)}","kind":"word"}`,
      '{"body":"\\ud800","kind":"word"}',
    ],
    ...['{"kind":"ask","leaves":[1024]}', '{"kind":"ask","leaves":[-1]}', '{"kind":"ask"}', '{"bundles":[{}],"kind":"introduce"}'],
  ]
  for (const text of texts) expect(parseMessage(filled(utf8(text)))).toBeUndefined()
})

test("D34.17: whatever it is about, what people say is of one size, and filled in one way only", () => {
  const sizes = someMessages
    .filter(({ kind }) => kind !== "introduce" && kind !== "standing")
    .map((message) => printMessage(message).length)
  expect(new Set(sizes.filter((size) => size < 16_000))).toEqual(new Set([512]))
  const text = utf8('{"kind":"leave"}')
  expect(parseMessage(filled(text))).toEqual({ kind: "leave" })
  const more = new Uint8Array(1024).fill(0x20)
  more.set(text)
  const other = filled(text)
  other[500] = 0x0a
  for (const bytes of [text, more, other, filled(text).subarray(1), new Uint8Array(512).fill(0x20), new Uint8Array()])
    expect(parseMessage(bytes)).toBeUndefined()
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 1_100 }), (bytes) => {
      if (bytes.at(-1) !== 0x20) expect(unfilled(filled(bytes))).toEqual(bytes)
    }),
  )
})

test("D17.12: an introduction is bounded, in people and in bytes", () => {
  const people = Array.from({ length: maxIntroduced + 1 }, () => ({ ...bundle(), name: "\u{1F600}".repeat(80) }))
  expect(parseMessage(printMessage({ kind: "introduce", bundles: people }))).toBeUndefined()
  const most = printMessage({ kind: "introduce", bundles: people.slice(1) })
  expect(most.length).toBeLessThan(240 * 1024)
  expect(parseMessage(most)).toBeDefined()
  expect(parseMessage(filled(utf8(`{"kind":"${"a".repeat(300_000)}"}`)))).toBeUndefined()
})

test("A1.12: what the fuzzer bends is accepted unbent", () => {
  const samples = (name: string): readonly Uint8Array[] => mlsFuzzTargets.find((target) => target.name === name)?.samples ?? []
  for (const bytes of samples("mls/header")) expect(readHeader(bytes)).toMatchObject({ content: "commit" })
  for (const bytes of samples("mls/message")) expect(parseMessage(filled(bytes))).toBeDefined()
  expect(samples("mls/message")).toHaveLength(7)
  for (const bytes of samples("mls/note")) expect(parseNote(bytes)).toMatchObject({ removes: [{ leaf: 1023, why: "left" }] })
})

test.each(mlsFuzzTargets)("A1.12: $name reads or refuses 1 000 random inputs and never throws", (target) => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), bent(target.samples)), (bytes) => {
      target.run(bytes)
    }),
    { numRuns: 1000 },
  )
})
