import { expect, test } from "vitest"
import fc from "fast-check"
import { ada, baseKeyOf, ben, cleo, dan, codecFor, epochKey, outcomeOf, pair, Person, picture, sound } from "./people.fixture.ts"
import { decodeHeader, encodeHeader } from "./header.ts"
import { deriveStreamSecrets, importBaseKey } from "./keys.ts"
import { FrameSealer } from "./sealer.ts"
import { mediaKinds, packKeyId, unpackKeyId } from "./key-id.ts"
import { oldEpochMs } from "./key-ring.ts"
import { ourSuite } from "./suites.ts"
import { sealFrame } from "./cipher.ts"
import { windowSize } from "./replay-window.ts"

const bytes = (most: number): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc.uint8Array({ minLength: 1, maxLength: most }).map((some) => Uint8Array.from(some))

test("D22: what ada seals ben opens, byte for byte, with ada's leaf, kind and epoch", async () => {
  const [one, other] = await pair()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...mediaKinds), bytes(2000), async (kind, data) => {
      const sealed = await one.seal(kind, data)
      if (sealed === undefined) {
        expect(codecFor(kind) === "vp8" && data.length < 10).toBe(true)
        return
      }
      expect(await other.open(kind, sealed)).toMatchObject({ kind: "opened", leaf: ada, media: kind, epoch: 5, data })
    }),
    { numRuns: 60 },
  )
})

test("A2.02: beyond the clear bytes nothing of the frame is in what is sent", async () => {
  const [one] = await pair()
  for (const [kind, frame, clear] of [
    ["microphone", sound(200), 0],
    ["camera", picture(200, true), 10],
    ["camera", picture(200), 1],
  ] as const) {
    const sealed = await one.sealed(kind, frame)
    expect([...sealed.subarray(0, clear)]).toEqual([...frame.subarray(0, clear)])
    const text = Buffer.from(sealed).toString("latin1")
    for (let at = clear; at + 4 <= frame.length; at++)
      expect(text.includes(Buffer.from(frame.subarray(at, at + 4)).toString("latin1"))).toBe(false)
  }
})

test("D22: without a key, or with a wiped one, nothing is sealed and nothing opened", async () => {
  const [one, other] = await pair()
  const sealed = await one.sealed("microphone")
  const nobody = new Person(ben)
  expect(await nobody.seal("microphone", sound())).toBeUndefined()
  expect(outcomeOf(await nobody.open("microphone", sealed))).toBe("unknownKey")
  other.ring.wipe()
  expect(await other.seal("microphone", sound())).toBeUndefined()
  expect(outcomeOf(await other.open("microphone", sealed))).toBe("unknownKey")
})

test("D24.3: a frame being worked on when the keys are wiped does not come out", async () => {
  const [one, other] = await pair()
  const sealed = await one.sealed("microphone")
  const opening = other.open("microphone", sealed)
  const sealing = other.seal("microphone", sound())
  other.ring.wipe()
  expect(outcomeOf(await opening)).toBe("unknownKey")
  expect(await sealing).toBeUndefined()
})

test("D24: a frame being opened when its sender is removed does not come out", async () => {
  const [one, other] = await pair()
  const next = await epochKey(6, ben, { leaves: [ben, cleo], removed: [ada] })
  const opening = other.open("microphone", await one.sealed("microphone"))
  other.ring.add(next, 0)
  expect(outcomeOf(await opening)).toBe("unknownKey")
})

test("D22: a wrong key opens nothing, an unknown key id asks for no key at all", async () => {
  const [one] = await pair()
  const stranger = new Person(ben)
  await stranger.enter(5, { group: 1 })
  expect(outcomeOf(await stranger.open("microphone", await one.sealed("microphone")))).toBe("authentication")
  const later = new Person(ben)
  await later.enter(6)
  expect(outcomeOf(await later.open("microphone", await one.sealed("microphone")))).toBe("unknownKey")
})

test("A2.03: every frame passes once, at any lag", async () => {
  const [one, other] = await pair()
  const frames: Uint8Array<ArrayBuffer>[] = []
  for (let i = 0; i < windowSize + 200; i++) frames.push(await one.sealed("microphone", sound(20)))
  for (const frame of frames) expect(outcomeOf(await other.open("microphone", frame))).toBe("opened")
  for (const frame of frames) expect(outcomeOf(await other.open("microphone", frame))).toBe("replay")
})

test("A2.03: of copies opened at the same time exactly one passes", async () => {
  const [one, other] = await pair()
  for (let round = 0; round < 20; round++) {
    const frame = await one.sealed("camera", picture(), round % 3)
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => other.open("camera", frame)))
    expect(outcomes.map(outcomeOf).filter((outcome) => outcome === "opened")).toHaveLength(1)
  }
})

test("A2.03: copies of a new stream's frame pass once, though its key is forgotten and derived again in between", async () => {
  const [one, other] = await pair()
  const frame = await one.sealed("microphone")
  const first = other.open("microphone", frame)
  const garbage = Array.from({ length: 100 }, (_, start) => other.open("microphone", forged({ leaf: cleo, start: start + 10 })))
  const second = other.open("microphone", frame)
  const outcomes = (await Promise.all([first, second])).map(outcomeOf).sort()
  await Promise.all(garbage)
  expect(outcomes).toEqual(["opened", "replay"])
})

test("A2.04: a frame's sender, kind and epoch are its key id's: no swap makes it another's", async () => {
  const people = [new Person(ada), new Person(ben), new Person(cleo), new Person(dan)]
  const watcher = new Person(9)
  for (const person of [...people, watcher]) {
    await person.enter(4, { leaves: [ada, ben, cleo, dan, 9] })
    await person.enter(5, { leaves: [ada, ben, cleo, dan, 9] })
  }
  const claims = people.flatMap(({ leaf }) => mediaKinds.flatMap((kind) => [4, 5].map((epoch) => ({ leaf, kind, epoch }))))
  for (const person of people) {
    for (const kind of ["microphone", "camera", "screen"] as const) {
      const frame = await person.sealed(kind, codecFor(kind) === "vp8" ? picture(60) : sound(60))
      const clear = codecFor(kind) === "vp8" ? 1 : 0
      const header = decodeHeader(frame.subarray(clear))!
      for (const claim of claims) {
        if (claim.leaf === person.leaf && claim.kind === kind && claim.epoch === 5) continue
        const keyId = packKeyId({ leaf: claim.leaf, kind: claim.kind, epochBits: claim.epoch, start: 0 })
        const relabelled = joined(
          frame.subarray(0, clear),
          encodeHeader({ keyId, counter: header.counter }),
          frame.subarray(clear + header.length),
        )
        // Whatever codec the SFU says the stream is in.
        for (const codec of ["opus", "vp8", "vp9"] as const)
          expect((await watcher.opener.open({ codec, data: relabelled, now: 0 })).kind).toBe("refused")
      }
      expect(await watcher.open(kind, frame)).toMatchObject({ kind: "opened", leaf: person.leaf, media: kind })
    }
  }
})

test("D22.7: a frame of one video codec does not open as the other, whatever the SFU says the stream is in", async () => {
  const [one, other] = await pair()
  for (const [codec, lie] of [
    ["vp8", "vp9"],
    ["vp9", "vp8"],
  ] as const) {
    // One clear byte by the rules of both codecs, so that nothing but the bound name tells them apart.
    const data = picture(60)
    data[0] = 0x87
    const sealed = await one.sealer.seal({ track: 9, kind: "camera", codec, data: data.slice(), now: 0 })
    if (sealed === undefined) throw new Error("bug: nothing sealed")
    expect((await other.opener.open({ codec: lie, data: sealed.data.slice(), now: 0 })).kind).toBe("refused")
    expect(await other.opener.open({ codec, data: sealed.data.slice(), now: 0 })).toMatchObject({ kind: "opened", data })
  }
})

test("A2.07: no frame with one bit turned is opened, nor does it hurt the true one", async () => {
  const [one, other] = await pair()
  for (const [kind, data] of [
    ["microphone", sound(30)],
    ["camera", picture(30)],
    ["camera", picture(30, true)],
  ] as const) {
    const frame = await one.sealed(kind, data)
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const turned = frame.slice()
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect((await other.open(kind, turned)).kind).toBe("refused")
    }
    expect(outcomeOf(await other.open(kind, frame))).toBe("opened")
  }
})

test("A2.08: no shortened, lengthened or empty frame is opened", async () => {
  const [one, other] = await pair()
  const frame = await one.sealed("camera", picture(80, true))
  for (let size = 0; size < frame.length; size++) expect((await other.open("camera", frame.slice(0, size))).kind).toBe("refused")
  for (let extra = 1; extra <= 64; extra++) expect((await other.open("camera", joined(frame, new Uint8Array(extra)))).kind).toBe("refused")
  for (let front = 1; front < 20; front++) expect((await other.open("camera", frame.slice(front))).kind).toBe("refused")
  expect(outcomeOf(await other.open("camera", new Uint8Array(5 * 1024 * 1024).fill(1)))).toBe("malformed")
  expect(outcomeOf(await other.open("camera", frame))).toBe("opened")
})

test("A2.09: no (base key, key id, counter) comes twice, over tracks, kinds, epochs, wipes and worker starts", async () => {
  const act = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant("seal" as const),
        track: fc.integer({ min: 0, max: 3 }),
        kind: fc.constantFrom(...mediaKinds),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom({ do: "join" as const }, { do: "removal" as const }, { do: "restart" as const }, { do: "wipe" as const }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 300 }) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 80 }), async (acts) => {
      let epoch = 1
      let starts = 0
      const person = new Person(ada)
      await person.enter(epoch)
      const sent: Promise<string | undefined>[] = []
      for (const step of acts) {
        if (step.do === "wait") person.now += step.ms
        else if (step.do === "join") await person.enter(++epoch, { switch: "soon" })
        else if (step.do === "removal") await person.enter(++epoch, { switch: "now" })
        else if (step.do === "restart") person.sealer = new FrameSealer(person.ring, ++starts)
        else if (step.do === "wipe") {
          // The worst case: the very same epoch again. The key worker never does it, and still nothing repeats.
          person.ring.wipe()
          await person.enter(epoch)
        } else sent.push(pairOf(person, step.track, step.kind))
      }
      const pairs = (await Promise.all(sent)).filter((used) => used !== undefined)
      expect(new Set(pairs).size).toBe(pairs.length)
    }),
    { numRuns: 60 },
  )
})

/** What a frame was sealed with, as text. */
async function pairOf(person: Person, track: number, kind: (typeof mediaKinds)[number]): Promise<string | undefined> {
  const codec = codecFor(kind)
  const sealed = await person.sealer.seal({ track, kind, codec, data: codec === "vp8" ? picture(20) : sound(20), now: person.now })
  if (sealed === undefined) return undefined
  const header = decodeHeader(sealed.data.subarray(codec === "vp8" ? 1 : 0))
  return `${sealed.epoch} ${header?.keyId} ${header?.counter}`
}

test("A2.09: frames sealed all at once have counters in the order they came in", async () => {
  const [one] = await pair()
  const sealed = await Promise.all(Array.from({ length: 300 }, () => one.sealed("microphone", sound(10))))
  expect(sealed.map((frame) => Number(decodeHeader(frame)?.counter))).toEqual(Array.from({ length: 300 }, (_, i) => i))
})

test("A2.10: a track stops before its counter reaches 2^32, for good", async () => {
  const [one, other] = await pair()
  one.sealer = new FrameSealer(one.ring, 0, new Map([[0, 2 ** 32 - 2]]))
  const last = [await one.sealed("microphone"), await one.sealed("microphone")]
  for (let i = 0; i < 3; i++) expect(await one.seal("microphone", sound())).toBeUndefined()
  await one.enter(6)
  expect(await one.seal("microphone", sound())).toBeUndefined()
  expect(await one.seal("microphone", sound(), 1)).toBeDefined()
  for (const frame of last) expect(outcomeOf(await other.open("microphone", frame))).toBe("opened")
})

test("A2.10: a counter of 2^32 or more is nobody's", async () => {
  const [, other] = await pair()
  for (const counter of [2n ** 32n, 2n ** 64n - 1n]) {
    const frame = await genuine({ leaf: ada, epoch: 5, counter })
    expect(outcomeOf(await other.open("microphone", frame))).toBe("malformed")
  }
  expect(outcomeOf(await other.open("microphone", await genuine({ leaf: ada, epoch: 5, counter: 2n ** 32n - 1n })))).toBe("opened")
})

test("A2.11: a key id selects exactly one key: what another held key would open is refused", async () => {
  const other = new Person(ben)
  await other.enter(5)
  await other.enter(6)
  // Sealed under the base key of epoch 6, which ben holds, but with the key id of epoch 5.
  const baseKey = await importBaseKey(baseKeyOf(6))
  const keyId = packKeyId({ leaf: ada, kind: "microphone", epochBits: 5, start: 0 })
  const secrets = await deriveStreamSecrets(baseKey, { suite: ourSuite, keyId, use: "encrypt" })
  const frame = await sealFrame(secrets, { header: { keyId, counter: 0n }, data: sound(), clearSize: 0 })
  expect(outcomeOf(await other.open("microphone", frame))).toBe("authentication")
})

/** What LiveKit 1.13 puts into muted and closing tracks (pkg/sfu/downtrack.go), with and without the room's trailer. */
const blankPicture = Uint8Array.from([
  0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x08, 0x00, 0x08, 0x00, 0x00, 0x47, 0x08, 0x85, 0x85, 0x88, 0x85, 0x84, 0x88, 0x02, 0x02, 0x00, 0x0c,
  0x0d, 0x60, 0x00, 0xfe, 0xff, 0xab, 0x50, 0x80,
])
const blankSound = joined(Uint8Array.of(0xf8, 0xff, 0xfe), new Uint8Array(77))
const trailer = Uint8Array.from("k3P9dQ2mZ7xW4vB8nT1cY6hJ0fL5sG2aE9rU3oKqXiR", (letter) => letter.charCodeAt(0))

test("A2.12, D25.4: the SFU's blank frames and bare Opus silence are dropped, and are no claim of any member's", async () => {
  const [, other] = await pair()
  for (const frame of [blankSound, joined(blankSound, trailer), Uint8Array.of(0xf8, 0xff, 0xfe), Uint8Array.of(0xf8)]) {
    expect(await other.open("microphone", frame)).toEqual({ kind: "refused", reason: "malformed", leaf: undefined })
  }
  for (const frame of [blankPicture, joined(blankPicture, trailer)]) {
    expect(await other.open("camera", frame)).toEqual({ kind: "refused", reason: "malformed", leaf: undefined })
  }
})

test("A2.13: ten thousand bad frames change nothing: the first good one opens", async () => {
  const [one, other] = await pair()
  const good = [await one.sealed("microphone"), await one.sealed("microphone")]
  const bad = good.map((frame) => frame.slice())
  for (const frame of bad) frame[frame.length - 1] = (frame[frame.length - 1] ?? 0) ^ 1
  for (let i = 0; i < 5000; i += 50) {
    await Promise.all(Array.from({ length: 50 }, () => other.open("microphone", bad[0]!)))
    await Promise.all(
      Array.from({ length: 50 }, (_, j) => other.open("microphone", forged({ leaf: ada, start: i + j, counter: 1_000_000n }))),
    )
  }
  for (const frame of good) expect(outcomeOf(await other.open("microphone", frame))).toBe("opened")
})

test("A1.14: frames of a removed member under the old epoch are refused at once, those of others for 5 s are not", async () => {
  const [eve, one, other] = [new Person(cleo), new Person(ada), new Person(ben)]
  for (const person of [eve, one, other]) await person.enter(5)
  other.now = 1000
  await other.enter(6, { leaves: [ada, ben], removed: [cleo] })
  for (let i = 0; i < 1000; i += 100) {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, async () => other.open("microphone", await eve.sealed("microphone", sound(20)))),
    )
    expect(outcomes.every((outcome) => outcomeOf(outcome) === "unknownKey")).toBe(true)
  }
  expect(outcomeOf(await other.open("microphone", await one.sealed("microphone")))).toBe("opened")
  other.now += oldEpochMs
  expect(outcomeOf(await other.open("microphone", await one.sealed("microphone")))).toBe("unknownKey")
})

test("A1.16: a late joiner opens no frame of an earlier epoch", async () => {
  const [one] = await pair(5)
  const earlier = [await one.sealed("microphone"), await one.sealed("camera", picture(100, true))]
  const late = new Person(dan)
  await late.enter(6)
  expect(outcomeOf(await late.open("microphone", earlier[0]!))).toBe("unknownKey")
  expect(outcomeOf(await late.open("camera", earlier[1]!))).toBe("unknownKey")
  // Nor by saying that it is of the present one.
  const relabelled = await relabel(earlier[0]!, 6)
  expect(outcomeOf(await late.open("microphone", relabelled))).toBe("authentication")
})

test("A1.17: a leaver opens no frame of a later epoch", async () => {
  const [one, leaver] = await pair(5)
  await one.enter(6, { leaves: [ada, cleo], removed: [ben] })
  const later = await one.sealed("microphone")
  expect(outcomeOf(await leaver.open("microphone", later))).toBe("unknownKey")
  expect(outcomeOf(await leaver.open("microphone", await relabel(later, 5)))).toBe("authentication")
})

test("D24: our own frames, sent back to us, are refused", async () => {
  const [one] = await pair()
  expect(await one.open("microphone", await one.sealed("microphone"))).toEqual({ kind: "refused", reason: "unknownKey", leaf: ada })
})

test("D22: a leaf that is no member's is refused though the key would fit", async () => {
  const [, other] = await pair(5, { leaves: [ada, ben] })
  expect(outcomeOf(await other.open("microphone", await genuine({ leaf: cleo, epoch: 5, counter: 0n })))).toBe("unknownKey")
})

test("D22.5: a kind in the wrong codec is not sealed", async () => {
  const [one] = await pair()
  expect(await one.sealer.seal({ track: 0, kind: "camera", codec: "opus", data: sound(), now: 0 })).toBeUndefined()
  expect(await one.sealer.seal({ track: 0, kind: "microphone", codec: "vp8", data: picture(), now: 0 })).toBeUndefined()
})

test("D22.6: a new start of a member's track is heard, the oldest is over after eight, and nothing passes twice", async () => {
  const [one, other] = await pair()
  const frames: Uint8Array<ArrayBuffer>[] = []
  for (let track = 0; track < 12; track++) frames.push(await one.sealed("camera", picture(40), track))
  for (const frame of frames) expect(outcomeOf(await other.open("camera", frame))).toBe("opened")
  for (const frame of frames) expect(outcomeOf(await other.open("camera", frame))).toBe("replay")
  expect(outcomeOf(await other.open("camera", await one.sealed("camera", picture(40), 3)))).toBe("replay")
  expect(outcomeOf(await other.open("camera", await one.sealed("camera", picture(40), 5)))).toBe("opened")
  expect(other.ring.receiving(5, 0)?.streams.size).toBe(8)
})

/** A frame with a header in order and nothing genuine behind it. */
function forged({ leaf = ada, start = 0, counter = 0n }): Uint8Array<ArrayBuffer> {
  const keyId = packKeyId({ leaf, kind: "microphone", epochBits: 5, start })
  return joined(encodeHeader({ keyId, counter }), new Uint8Array(40))
}

/** A frame sealed as a member could who does not keep to the rules. */
async function genuine({ leaf, epoch, counter }: { leaf: number; epoch: number; counter: bigint }): Promise<Uint8Array<ArrayBuffer>> {
  const keyId = packKeyId({ leaf, kind: "microphone", epochBits: epoch % 16, start: 0 })
  const secrets = await deriveStreamSecrets(await importBaseKey(baseKeyOf(epoch)), { suite: ourSuite, keyId, use: "encrypt" })
  return sealFrame(secrets, { header: { keyId, counter }, data: sound(), clearSize: 0 })
}

/** The same sound under the key id of another epoch. */
async function relabel(frame: Uint8Array<ArrayBuffer>, epochBits: number): Promise<Uint8Array<ArrayBuffer>> {
  const header = decodeHeader(frame)!
  const keyId = packKeyId({ ...unpackKeyId(header.keyId)!, epochBits })
  return joined(encodeHeader({ keyId, counter: header.counter }), frame.subarray(header.length))
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
