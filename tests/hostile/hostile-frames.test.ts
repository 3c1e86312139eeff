/** The frame path under an SFU, or a member, that lies. No browser: sealers, openers and the worker's path as they are. */

import { randomBytes } from "node:crypto"
import { FrameSealer, importBaseKey, KeyRing, mediaKinds, type MediaKind, type Opened, type Refused } from "@conclave/crypto/sframe"
import { chance } from "@conclave/testkit"
import { expect, test } from "vitest"
import { FakeFrame, Member, settled, type FakeTransformer } from "../../apps/web/src/frame-worker/fake-frames.fixture.ts"
import {
  ada,
  baseKeyOf,
  ben,
  cleo,
  codecFor,
  dan,
  outcomeOf,
  pair,
  Person,
  picture,
  sound,
} from "../../packages/crypto/src/sframe/people.fixture.ts"
import { openFrame, sealFrame } from "../../packages/crypto/src/sframe/cipher.ts"
import { packKeyId } from "../../packages/crypto/src/sframe/key-id.ts"
import { deriveStreamSecrets } from "../../packages/crypto/src/sframe/keys.ts"
import { ourSuite } from "../../packages/crypto/src/sframe/suites.ts"
import { counts } from "./counts.ts"
import { blocked } from "./ledger.ts"
import { bodyAt, claimOf, joined, LyingRelay, type Carried } from "./lying-relay.ts"
import { doubleFrame } from "./two-keys.ts"

type Bytes = Uint8Array<ArrayBuffer>

const chanceBytes = (dice: ReturnType<typeof chance>, size: number): Bytes => Uint8Array.from(dice.bytes(size))

const open = (person: Person, { codec, data }: Carried): Promise<Opened | Refused> => person.opener.open({ codec, data, now: person.now })

/** How many of these an opener takes. One that throws fails the test: a lie must cost a frame and nothing else. */
async function taken(person: Person, frames: readonly Carried[]): Promise<number> {
  let through = 0
  for (let at = 0; at < frames.length; at += 500) {
    const outcomes = await Promise.all(frames.slice(at, at + 500).map((frame) => open(person, frame)))
    through += outcomes.filter(({ kind }) => kind === "opened").length
  }
  return through
}

/** Ada's frames, sealed and carried: sound and pictures by turns, of many sizes. */
async function spoken(relay: LyingRelay, one: Person, many: number): Promise<Carried[]> {
  const frames: Carried[] = []
  for (let i = 0; i < many; i++) {
    const kind: MediaKind = i % 2 === 0 ? "microphone" : "camera"
    const data = kind === "microphone" ? sound(12 + (i % 60)) : picture(14 + (i % 80), i % 10 === 1)
    frames.push(relay.carry(codecFor(kind), await one.sealed(kind, data)))
  }
  return frames
}

/** Ben's receiver of Ada's microphone, accepted by his page, and what reaches it. */
async function listening(): Promise<{ sender: FakeTransformer; receiver: FakeTransformer; ben: Member }> {
  const [one, other] = [new Member(ada), new Member(ben)]
  for (const member of [one, other]) await member.enter(5)
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  sender.put(new FakeFrame(sound(), "audio/opus"))
  await settled()
  receiver.put(...sender.out.splice(0).map((frame) => new FakeFrame(Uint8Array.from(frame.bytes), "audio/opus")))
  await settled()
  other.path.accept(4, { leaf: ada, kind: "microphone" })
  return { sender, receiver, ben: other }
}

const refusedIn = (member: Member): number =>
  Object.values(member.counts()?.refused ?? {}).reduce((sum, line) => sum + line.malformed + line.authentication + line.unknownKey, 0)

test("A2.01: frames in clear, said to be unencrypted, reach no decoder and are all counted", async () => {
  const { receiver, ben: other } = await listening()
  const dice = chance(201)
  const many = counts.clearFrames
  for (let i = 0; i < many; i++) {
    // What a real encoder makes: an Opus TOC byte or a VP8 frame tag, and noise for the rest.
    const isSound = i % 2 === 0
    const data = chanceBytes(dice, dice.between(3, 120))
    data[0] = isSound ? 0x78 : dice.pick([0x10, 0x11, 0x50, 0x51])
    receiver.put(new FakeFrame(data, isSound ? "audio/opus" : "video/VP8"))
  }
  await settled()
  blocked({ row: "A2.01", what: "frames in clear at an accepted receiver", tries: many, through: receiver.out.length })
  // The alarm: every one of them stands in the security panel.
  expect(refusedIn(other)).toBe(many)
})

test("A2.02: what the SFU carries is noise: no byte pattern of the tone is in it, and its disorder is that of noise", async () => {
  const [one] = await pair()
  const relay = new LyingRelay()
  // The plainest sound there is: the same frame over and over.
  const tone = new Uint8Array(240).fill(0x55)
  const bodies: Bytes[] = []
  let size = 0
  while (size < counts.measuredBytes) {
    const frame = relay.carry("opus", await one.sealed("microphone", tone))
    bodies.push(frame.data.slice(bodyAt(frame)))
    size += 256
  }
  const all = joined(...bodies)
  const found = Buffer.from(all).indexOf(Buffer.alloc(4, 0x55)) < 0 ? 0 : 1
  expect(entropyOf(all)).toBeGreaterThan(7.9)
  blocked({ row: "A2.02", what: "sealed bytes searched for the tone", tries: all.length, through: found })
})

/** Bits of disorder in a byte. */
function entropyOf(bytes: Uint8Array): number {
  const seen = new Array<number>(256).fill(0)
  for (const byte of bytes) seen[byte] = (seen[byte] ?? 0) + 1
  return seen.reduce((sum, count) => (count === 0 ? sum : sum - (count / bytes.length) * Math.log2(count / bytes.length)), 0)
}

test("A2.03: no frame is taken twice, after no time at all or after a minute, through changes of epoch", async () => {
  const [one, other] = await pair(1)
  const relay = new LyingRelay()
  const lags = [0, 20, 500, 4_900, 5_100, 20_000, 60_000]
  const due: { readonly at: number; readonly frame: Carried }[] = []
  let [through, tries, epoch] = [0, 0, 1]
  for (let i = 0; i < counts.replayedFrames; i++) {
    const [frame] = await spoken(relay, one, 1)
    if (frame === undefined) throw new Error("bug: nothing spoken")
    expect(outcomeOf(await open(other, frame))).toBe("opened")
    const lag = lags[i % lags.length] ?? 0
    due.push({ at: other.now + lag, frame: relay.copy(relay.kept.length - 1) })
    for (const person of [one, other]) person.now += 20
    if (i % 400 === 399) for (const person of [one, other]) await person.enter(epoch + 1, { switch: "soon" })
    if (i % 400 === 399) epoch++
    const now = due.filter(({ at }) => at <= other.now)
    due.splice(0, due.length, ...due.filter(({ at }) => at > other.now))
    tries += now.length
    through += await taken(
      other,
      now.map((each) => each.frame),
    )
  }
  other.now += 60_000
  tries += due.length
  through += await taken(
    other,
    due.map((each) => each.frame),
  )
  blocked({ row: "A2.03", what: "frames repeated after 0 to 60 s", tries, through })
})

test("A2.04: of four senders with four streams each, no frame passes as any other's: by its label, its header or its body", async () => {
  const people = [ada, ben, cleo, dan].map((leaf) => new Person(leaf))
  const watcher = new Person(9)
  for (const person of [...people, watcher]) await person.enter(5, { leaves: [ada, ben, cleo, dan, 9] })
  const relay = new LyingRelay()
  const streams: { readonly leaf: number; readonly kind: MediaKind; readonly frame: Carried }[] = []
  for (const person of people)
    for (const kind of mediaKinds) {
      const data = codecFor(kind) === "vp8" ? picture(60) : sound(60)
      streams.push({ leaf: person.leaf, kind, frame: relay.carry(codecFor(kind), await person.sealed(kind, data)) })
    }
  const lies: Carried[] = []
  for (const one of streams) {
    // The same frame as one of another codec, and everybody else's label on it.
    lies.push({ ...one.frame, codec: one.frame.codec === "vp8" ? "vp9" : "vp8" })
    for (const other of streams) {
      if (one === other) continue
      for (const codec of ["opus", "vp8", "vp9"] as const)
        lies.push(relay.relabel(one.frame, { leaf: other.leaf, kind: other.kind, codec }))
      if (one.frame.codec === other.frame.codec) lies.push(relay.splice(one.frame, other.frame))
    }
  }
  blocked({ row: "A2.04", what: "frames under another's label", tries: lies.length, through: await taken(watcher, lies) })
  // The frames themselves still open, each as what it is.
  for (const { leaf, kind, frame } of streams) expect(await open(watcher, frame)).toMatchObject({ kind: "opened", leaf, media: kind })
})

test("A2.04: another member's frames under a receiver that shows Ada come out of it for nobody", async () => {
  const { receiver, ben: other } = await listening()
  const third = new Member(cleo)
  await third.enter(5)
  const stranger = third.sender(1, "microphone")
  const screen = third.sender(2, "screen-audio")
  for (let i = 0; i < 50; i++) {
    stranger.put(new FakeFrame(sound(), "audio/opus"))
    screen.put(new FakeFrame(sound(), "audio/opus"))
  }
  await settled()
  const swapped = [...stranger.out, ...screen.out].map((frame) => new FakeFrame(Uint8Array.from(frame.bytes), "audio/opus"))
  receiver.put(...swapped)
  await settled()
  blocked({ row: "A2.04", what: "streams swapped under a receiver", tries: swapped.length, through: receiver.out.length })
  // The page is told whose they truly are.
  expect(other.asked.slice(1)).toEqual(["4: 2 microphone in 5", "4: 2 screen-audio in 5"])
})

test("A2.07: no frame with turned bits is taken, whichever bits, nor does it hurt the true one", async () => {
  const [one, other] = await pair()
  const relay = new LyingRelay()
  const frames = await spoken(relay, one, counts.flippedFrames)
  let [tries, through] = [0, 0]
  for (const frame of frames) {
    const turned = Array.from({ length: frame.data.length * 8 }, (_, bit) => relay.flip(frame, bit))
    tries += turned.length
    through += await taken(other, turned)
  }
  const dice = chance(207)
  for (let left = counts.randomFlips; left > 0; left -= 500) {
    const batch = Array.from({ length: Math.min(500, left) }, () => {
      const frame = dice.pick(frames)
      // Two different bits or more: the same bit twice would be the true frame.
      const bits = new Set(Array.from({ length: dice.between(2, 9) }, () => dice.below(frame.data.length * 8)))
      return relay.flip(frame, ...bits)
    })
    tries += batch.length
    through += await taken(other, batch)
  }
  for (const frame of frames) expect(outcomeOf(await open(other, frame))).toBe("opened")
  blocked({ row: "A2.07", what: "frames with turned bits", tries, through })
})

test("A2.08: no frame cut at any length, lengthened by up to 64 bytes, or empty, is taken", async () => {
  const [one, other] = await pair()
  const relay = new LyingRelay()
  const frames = await spoken(relay, one, counts.cutFrames)
  let [tries, through] = [0, 0]
  for (const frame of frames) {
    const cut = Array.from({ length: frame.data.length }, (_, length) => relay.truncate(frame, length))
    const fronts = Array.from({ length: Math.min(20, frame.data.length - 1) }, (_, from) => ({
      ...frame,
      data: frame.data.slice(from + 1),
    }))
    const longer = Array.from({ length: 64 }, (_, more) => relay.extend(frame, randomBytes(more + 1)))
    for (const lies of [cut, fronts, longer]) {
      tries += lies.length
      through += await taken(other, lies)
    }
  }
  for (const frame of frames) expect(outcomeOf(await open(other, frame))).toBe("opened")
  blocked({ row: "A2.08", what: "frames cut and lengthened", tries, through })
})

/** One member's frame worker through its lives: a new one has a new ring, and the next start number. */
class Worker {
  readonly leaf: number
  ring = new KeyRing()
  starts = 0
  sealer: FrameSealer
  constructor(leaf: number) {
    this.leaf = leaf
    this.sealer = new FrameSealer(this.ring, 0)
  }
  restart(): void {
    this.ring = new KeyRing()
    this.sealer = new FrameSealer(this.ring, ++this.starts)
  }
}

test("A2.09: in minutes of joins, removals, worker restarts, wipes and parallel layers no nonce comes twice under one key", async () => {
  const dice = chance(209)
  const workers = [ada, ben, cleo].map((leaf) => new Worker(leaf))
  const used = new Set<string>()
  let [now, epoch, tries, repeats] = [0, 1, 0, 0]
  const enter = async (worker: Worker, pace: "now" | "soon"): Promise<void> => {
    const key = await importBaseKey(baseKeyOf(epoch))
    worker.ring.add({ epoch, key, own: worker.leaf, leaves: [ada, ben, cleo], removed: [], switch: pace }, now)
  }
  for (const worker of workers) await enter(worker, "now")
  while (now < counts.chaosMinutes * 60_000) {
    now += 100
    if (dice.happens(0.01)) {
      epoch++
      const pace = dice.pick(["now", "soon"] as const)
      for (const worker of workers) await enter(worker, pace)
    }
    for (const worker of workers) {
      // The worst a page can do: a new worker, or no keys for a moment, and then the very same epoch again.
      const fate = dice.below(1_000)
      if (fate < 3) worker.restart()
      else if (fate < 6) worker.ring.wipe()
      if (worker.ring.newest === undefined) await enter(worker, "now")
      const sealed = await Promise.all(
        Array.from({ length: dice.between(2, 12) }, () => {
          // Layers of one picture come as frames of one track, at once.
          const kind = dice.pick(mediaKinds)
          const data = codecFor(kind) === "vp8" ? picture(20) : sound(20)
          return worker.sealer.seal({ track: dice.below(3), kind, codec: codecFor(kind), data, now }).then((out) => ({ kind, out }))
        }),
      )
      for (const { kind, out } of sealed) {
        if (out === undefined) continue
        const claim = claimOf({ codec: codecFor(kind), data: out.data })
        const name = `${out.epoch} ${claim?.keyId} ${claim?.counter}`
        tries++
        if (used.has(name)) repeats++
        used.add(name)
      }
    }
  }
  blocked({ row: "A2.09", what: "frames whose (key, nonce) might repeat", tries, through: repeats })
})

test("A2.10: from five below 2^24 a track goes on in order, from five below 2^32 it stops, for good", async () => {
  const [one, other] = await pair()
  let [tries, wraps] = [0, 0]
  for (const [start, passes] of [
    [2 ** 24 - 5, 20],
    [2 ** 32 - 5, 5],
  ] as const) {
    one.sealer = new FrameSealer(one.ring, tries, new Map([[0, start]]))
    for (let i = 0; i < 20; i++) {
      const sealed = await one.seal("microphone", sound())
      tries++
      expect(sealed === undefined, `frame ${i} from ${start}`).toBe(i >= passes)
      if (sealed === undefined) continue
      if (claimOf({ codec: "opus", data: sealed })?.counter !== BigInt(start + i)) wraps++
      expect(outcomeOf(await other.open("microphone", sealed))).toBe("opened")
    }
    await one.enter(6 + tries)
    await other.enter(6 + tries)
  }
  expect(await one.seal("microphone", sound())).toBeUndefined()
  blocked({ row: "A2.10", what: "frames at the ends of the counter", tries, through: wraps })
})

test("A2.11: a frame made to be valid under two keys is opened under the one that its key id names, by all alike", async () => {
  let through = 0
  for (let n = 0; n < counts.doubleFrames; n++) {
    const label = { keyId: packKeyId({ leaf: ada, kind: "microphone", epochBits: 5, start: n }), counter: BigInt(n) }
    const frame: Carried = { codec: "opus", data: doubleFrame([baseKeyOf(5), baseKeyOf(6)], label) }
    const plain = await Promise.all([5, 6].map((epoch) => openedUnder(epoch, label, frame)))
    // The forgery is a good one: both keys open it, to different sounds.
    expect(plain.every((one) => one !== undefined)).toBe(true)
    expect(plain[0]).not.toEqual(plain[1])
    const [both, later, before] = [new Person(ben), new Person(cleo), new Person(dan)]
    for (const epoch of [5, 6]) await both.enter(epoch)
    await later.enter(6)
    await before.enter(5)
    const heard = await Promise.all([both, later, before].map((person) => open(person, frame)))
    expect(heard.map(outcomeOf)).toEqual(["opened", "unknownKey", "opened"])
    const sounds = heard.flatMap((one) => (one.kind === "opened" ? [one.data] : []))
    if (sounds.some((one) => Buffer.compare(one, plain[0] ?? new Uint8Array()) !== 0)) through++
  }
  blocked({ row: "A2.11", what: "frames valid under two keys", tries: counts.doubleFrames, through })
})

/** What the bare cipher says to a frame under an epoch's key. */
async function openedUnder(epoch: number, label: { keyId: bigint; counter: bigint }, frame: Carried): Promise<Uint8Array | undefined> {
  const secrets = await deriveStreamSecrets(await importBaseKey(baseKeyOf(epoch)), { suite: ourSuite, keyId: label.keyId, use: "decrypt" })
  return openFrame(secrets, { counter: label.counter, data: frame.data, clearSize: 0, headerSize: bodyAt(frame) })
}

test("A2.12: silence, black pictures and the SFU's own frames, with any trailer, are dropped, and no member is blamed", async () => {
  const { receiver, ben: other } = await listening()
  const black = Uint8Array.from(
    "10020 09d012a080008000047088585888584880202000c0d6000feffab5080"
      .replaceAll(" ", "")
      .match(/../g)
      ?.map((two) => parseInt(two, 16)) ?? [],
  )
  const silence = joined(Uint8Array.of(0xf8, 0xff, 0xfe), new Uint8Array(77))
  const dice = chance(212)
  const many = counts.clearFrames
  for (let i = 0; i < many; i++) {
    const [payload, type] = dice.pick([
      [Uint8Array.of(0xf8, 0xff, 0xfe), "audio/opus"],
      [silence, "audio/opus"],
      [black, "video/VP8"],
    ] as const)
    const trailer = dice.happens(0.5) ? Uint8Array.from({ length: 43 }, () => 48 + dice.below(70)) : new Uint8Array()
    receiver.put(new FakeFrame(joined(payload, trailer), type))
  }
  await settled()
  blocked({ row: "A2.12", what: "frames that an SFU makes itself", tries: many, through: receiver.out.length })
  expect(Object.keys(other.counts()?.refused ?? {})).toEqual(["-1"])
})

test("A2.13: after any number of bad frames the first good one opens", async () => {
  const [one, other] = await pair()
  const relay = new LyingRelay()
  const good = await spoken(relay, one, 4)
  const dice = chance(213)
  let through = 0
  for (let left = counts.garbageFrames; left > 0; left -= 500) {
    const batch = Array.from({ length: Math.min(500, left) }, (): Carried => {
      const frame = dice.pick(good)
      switch (dice.below(4)) {
        case 0:
          return relay.flip(frame, frame.data.length * 8 - 1 - dice.below(128))
        case 1:
          return relay.relabel(frame, { start: dice.below(2 ** 32) })
        case 2:
          return relay.relabel(frame, { counter: BigInt(1 + dice.below(2 ** 31)) })
        default:
          return { codec: frame.codec, data: chanceBytes(dice, dice.between(1, 200)) }
      }
    })
    through += await taken(other, batch)
  }
  for (const frame of good) expect(outcomeOf(await open(other, frame))).toBe("opened")
  blocked({ row: "A2.13", what: "bad frames before a good one", tries: counts.garbageFrames, through })
})

test("A2.15: what a member puts behind a valid tag reaches the decoder as bytes and does nothing else on the way", async () => {
  const { receiver, ben: other } = await listening()
  const dice = chance(215)
  const secrets = new Map<bigint, Awaited<ReturnType<typeof deriveStreamSecrets>>>()
  const key = await importBaseKey(new Uint8Array(16).fill(5))
  let sent = 0
  for (let n = 0; n < counts.bentFrames; n++) {
    const keyId = packKeyId({ leaf: ada, kind: "microphone", epochBits: 5, start: 2 + dice.below(3) })
    const known = secrets.get(keyId) ?? (await deriveStreamSecrets(key, { suite: ourSuite, keyId, use: "encrypt" }))
    secrets.set(keyId, known)
    const data = chanceBytes(dice, dice.below(10) === 0 ? 0 : dice.between(1, 300))
    receiver.put(new FakeFrame(await sealFrame(known, { header: { keyId, counter: BigInt(n) }, data, clearSize: 0 }), "audio/opus"))
    sent++
  }
  await settled()
  // All of it is Ada's: it comes out as hers, byte for byte, and nobody else is blamed.
  expect(receiver.out).toHaveLength(sent)
  blocked({ row: "A2.15", what: "bent codec bytes behind a valid tag", tries: sent, through: refusedIn(other) })
})

test("A1.14: a thousand late frames of a removed member are dropped at once, those of others for five seconds not", async () => {
  const [eve, one, other] = [new Person(cleo), new Person(ada), new Person(ben)]
  for (const person of [eve, one, other]) await person.enter(5)
  other.now = 1_000
  await other.enter(6, { leaves: [ada, ben], removed: [cleo] })
  const late: Carried[] = []
  for (let i = 0; i < counts.lateWords; i++) late.push({ codec: "opus", data: await eve.sealed("microphone", sound(20)) })
  blocked({ row: "A1.14", what: "late frames of a removed member", tries: late.length, through: await taken(other, late) })
  expect(outcomeOf(await open(other, { codec: "opus", data: await one.sealed("microphone") }))).toBe("opened")
})
