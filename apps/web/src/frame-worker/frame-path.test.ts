import { expect, test } from "vitest"
import { audio, FakeFrame, Member, settled, video, vp9, type FakeTransformer } from "./fake-frames.fixture.ts"

const ada = 0
const ben = 1

/** Ada and Ben in one epoch; what ada's `sender` lets out can be handed to ben's `receiver`. */
async function meeting(): Promise<[Member, Member]> {
  const members: [Member, Member] = [new Member(ada), new Member(ben)]
  for (const member of members) await member.enter(5)
  return members
}

/** What has come out of a transform, carried to another as the SFU would. */
async function carry(from: FakeTransformer, to: FakeTransformer): Promise<void> {
  await settled()
  to.put(...from.out.splice(0).map((frame) => new FakeFrame(Uint8Array.from(frame.bytes), frame.getMetadata().mimeType)))
  await settled()
}

test("D23.1: the first frames of a receiver wait until the page has accepted their sender; then they pass unchanged and in order", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  sender.put(audio(1))
  await carry(sender, receiver)
  expect(receiver.out).toEqual([])
  expect(other.asked).toEqual(["4: 0 microphone in 5"])
  other.path.accept(4, { leaf: ada, kind: "microphone" })
  sender.put(...Array.from({ length: 50 }, (_, i) => audio(i)))
  await carry(sender, receiver)
  expect(receiver.out.map((frame) => frame.bytes[3])).toEqual(Array.from({ length: 50 }, (_, i) => i))
  expect(other.counts()).toMatchObject({ received: 50, refused: {}, outsideWindow: 0 })
  expect(one.counts()).toMatchObject({ sent: 51 })
})

test("D23: when the SFU puts another member's stream under a receiver, it is held back until accepted; the old one's goes on", async () => {
  const [one, other] = await meeting()
  const third = new Member(2)
  await third.enter(5)
  const [first, second] = [one.sender(1, "camera"), third.sender(1, "camera")]
  const receiver = other.attach({ role: "receive", receiver: 4 })
  first.put(video(1))
  await carry(first, receiver)
  other.path.accept(4, { leaf: ada, kind: "camera" })
  second.put(video(2), video(2))
  await carry(second, receiver)
  expect(receiver.out).toEqual([])
  expect(other.asked).toEqual(["4: 0 camera in 5", "4: 2 camera in 5"])
  first.put(video(3))
  await carry(first, receiver)
  expect(receiver.out.map((frame) => frame.bytes[5])).toEqual([3])
  other.path.accept(4, { leaf: 2, kind: "camera" })
  second.put(video(4))
  await carry(second, receiver)
  expect(receiver.out.map((frame) => frame.bytes[5])).toEqual([3, 4])
})

test("D23: an answer to a question that was not asked accepts nobody", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "camera")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  other.path.accept(4, { leaf: ada, kind: "camera" })
  other.path.accept(9, { leaf: ada, kind: "camera" })
  sender.put(video(1))
  await carry(sender, receiver)
  other.path.accept(4, { leaf: 2, kind: "camera" })
  other.path.accept(4, { leaf: ada, kind: "screen" })
  sender.put(video(1))
  await carry(sender, receiver)
  expect(receiver.out).toEqual([])
})

test("D23: a leaf's next member must be accepted anew", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  sender.put(audio())
  await carry(sender, receiver)
  other.path.accept(4, { leaf: ada, kind: "microphone" })
  await other.enter(6, { removed: [ada] })
  const next = new Member(ada)
  await next.enter(6)
  const stranger = next.sender(1, "microphone")
  stranger.put(audio())
  await carry(stranger, receiver)
  expect(receiver.out).toEqual([])
  expect(other.asked.at(-1)).toBe("4: 0 microphone in 6")
})

test("D23.2: the page is asked about an owner once a second, not once a frame", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  for (let i = 0; i < 5; i++) {
    sender.put(...Array.from({ length: 10 }, () => audio()))
    await carry(sender, receiver)
    other.now += 400
  }
  expect(other.asked).toHaveLength(2)
})

test("D25.1: without keys, with wiped keys, without a kind or after the end nothing comes out at either side", async () => {
  const [one, other] = await meeting()
  const keyless = new Member(2)
  const unstarted = keyless.sender(1, "microphone")
  const nameless = one.attach({ role: "send", track: 7 })
  unstarted.put(audio(), video())
  nameless.put(audio(), video())
  await settled()
  expect([...unstarted.out, ...nameless.out]).toEqual([])
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  sender.put(audio())
  await carry(sender, receiver)
  other.path.accept(4, { leaf: ada, kind: "microphone" })
  sender.put(audio(), audio())
  await settled()
  other.path.keysCame({ type: "wipe" })
  await carry(sender, receiver)
  one.path.stop()
  await one.enter(9)
  sender.put(audio())
  await settled()
  expect([...receiver.out, ...sender.out]).toEqual([])
})

test("D22.10: a sender seals the codec that was chosen for it and drops every other, whatever the SFU's answer made of it", async () => {
  const [one] = await meeting()
  const camera = one.sender(1, "camera")
  camera.put(vp9(), vp9(), new FakeFrame(new Uint8Array(60).fill(9), "video/H264"), new FakeFrame(new Uint8Array(60).fill(9), undefined))
  await settled()
  expect(camera.out).toEqual([])
  camera.put(video(1, true))
  await settled()
  expect(camera.out).toHaveLength(1)
  const screen = one.sender(2, "screen")
  one.carry(2, "screen", "vp9")
  screen.put(video(1, true), vp9(), video(2))
  await settled()
  expect(screen.out.map((frame) => frame.getMetadata().mimeType)).toEqual(["video/VP9"])
  one.carry(2, "screen", "vp8")
  screen.put(vp9(), video(3, true))
  await settled()
  expect(screen.out.map((frame) => frame.getMetadata().mimeType)).toEqual(["video/VP9", "video/VP8"])
})

test("D25.1: a transform whose options we cannot read passes nothing", async () => {
  const [one] = await meeting()
  for (const options of [
    undefined,
    {},
    { role: "send" },
    { role: "send", track: -1 },
    { role: "both", track: 1 },
    { role: "receive", receiver: 1, extra: 1 },
  ]) {
    const transformer = one.attach(options)
    transformer.put(audio(), video(), new FakeFrame(new Uint8Array(0), "audio/opus"))
    transformer.end()
    await transformer.done
    expect(transformer.out).toEqual([])
  }
})

test("D25.1: empty frames are passed on when sending, dropped when receiving, and take no counter", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  const empty = (): FakeFrame => new FakeFrame(new Uint8Array(0), "audio/opus")
  sender.put(empty(), audio(), empty(), audio())
  await settled()
  expect(sender.out.map((frame) => frame.data.byteLength > 0)).toEqual([false, true, false, true])
  expect(one.counts()).toMatchObject({ sent: 2 })
  receiver.put(empty())
  await settled()
  expect(receiver.out).toEqual([])
  expect(other.counts()).toMatchObject({ received: 0, refused: {} })
})

test("D22.5: RED, other codecs and frames without one are not sent, and not taken", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  for (const type of ["audio/red", "video/VP9", "video/AV1", undefined]) {
    sender.put(new FakeFrame(new Uint8Array(40), type))
    receiver.put(new FakeFrame(new Uint8Array(40), type))
  }
  await settled()
  expect([...sender.out, ...receiver.out]).toEqual([])
  expect(other.counts()?.refused).toEqual({ [-1]: { unknownKey: 0, authentication: 0, replay: 0, malformed: 4 } })
})

test("D25: a frame that throws on being looked at is dropped, and the next one passes", async () => {
  const [one] = await meeting()
  const sender = one.sender(1, "microphone")
  const broken = audio()
  broken.getMetadata = () => {
    throw new Error("detached")
  }
  sender.put(broken, audio())
  await settled()
  expect(sender.out).toHaveLength(1)
})

test("D25: a track that ends or fails ends its transform and nothing else", async () => {
  const [one] = await meeting()
  const [ending, failing, going] = [one.sender(1, "microphone"), one.sender(2, "microphone"), one.sender(3, "microphone")]
  ending.end()
  failing.fail()
  await Promise.all([ending.done, failing.done])
  going.put(audio())
  await settled()
  expect(going.out).toHaveLength(1)
})

test("D25.2: refused frames are counted by the member they claim; who is no member shares a line", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  sender.put(audio())
  await settled()
  const genuine = Uint8Array.from(sender.out[0]?.bytes ?? [])
  const spoilt = genuine.slice()
  spoilt[spoilt.length - 1] = (spoilt[spoilt.length - 1] ?? 0) ^ 1
  for (const bytes of [spoilt, spoilt, genuine, genuine, Uint8Array.of(0xf8, 0xff, 0xfe)]) receiver.put(new FakeFrame(bytes, "audio/opus"))
  await settled()
  expect(other.counts()?.refused).toEqual({
    [ada]: { unknownKey: 0, authentication: 2, replay: 1, malformed: 0 },
    [-1]: { unknownKey: 0, authentication: 0, replay: 0, malformed: 1 },
  })
})

test("D25.2: the page hears of counts when they have changed, not otherwise", async () => {
  const [one] = await meeting()
  const sender = one.sender(1, "microphone")
  const reports = (): number => one.said.filter(({ type }) => type === "counts").length
  one.path.tick()
  one.path.tick()
  expect(reports()).toBe(1)
  sender.put(audio())
  await settled()
  one.path.tick()
  one.path.tick()
  expect(reports()).toBe(2)
})

test("D24.4: the first frame under a new epoch asks for a key frame, once: of the page in Chromium, of the encoder in Firefox", async () => {
  const one = new Member(ada)
  const [chromium, firefox, sound] = [one.sender(1, "camera"), one.sender(2, "screen", true), one.sender(3, "microphone")]
  const needed = (): number[] => one.said.flatMap((message) => (message.type === "key-frame-needed" ? [message.track] : []))
  const say = async (): Promise<void> => {
    chromium.put(video(1), video(1))
    firefox.put(video(1), video(1))
    sound.put(audio())
    await settled()
  }
  await say()
  expect(needed()).toEqual([])
  await one.enter(5)
  await say()
  await say()
  // Frames before the first key were dropped, the key frame among them.
  expect([needed(), firefox.keyFramesGenerated]).toEqual([[1], 1])
  await one.enter(6, { switch: "soon" })
  await say()
  expect([needed(), firefox.keyFramesGenerated]).toEqual([[1], 1])
  one.now += 250
  await say()
  expect([needed(), firefox.keyFramesGenerated]).toEqual([[1, 1], 2])
})

test("D24.4: a track that begins with its key there needs no extra key frame", async () => {
  const [one] = await meeting()
  const sender = one.sender(1, "camera")
  sender.put(video(1, true), video(1))
  await settled()
  expect(one.said).toEqual([])
})

test("D24.5: a receiver asks for a key frame when it accepts an owner, and when the key it missed has come; once each", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "camera")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  sender.put(video(1))
  await carry(sender, receiver)
  expect(receiver.keyFrameRequests).toBe(0)
  other.path.accept(4, { leaf: ada, kind: "camera" })
  await settled()
  expect(receiver.keyFrameRequests).toBe(1)
  await one.enter(6)
  sender.put(video(1), video(1))
  await carry(sender, receiver)
  expect(receiver.keyFrameRequests).toBe(1)
  await other.enter(6)
  sender.put(video(1), video(1))
  await carry(sender, receiver)
  expect(receiver.keyFrameRequests).toBe(2)
})

test("D24.5: an epoch that no video was missed for asks for nothing, and audio never does", async () => {
  const [one, other] = await meeting()
  const [sight, sound] = [one.sender(1, "camera"), one.sender(2, "microphone")]
  const [screen, speaker] = [other.attach({ role: "receive", receiver: 4 }), other.attach({ role: "receive", receiver: 5 })]
  sight.put(video())
  sound.put(audio())
  await carry(sight, screen)
  await carry(sound, speaker)
  other.path.accept(4, { leaf: ada, kind: "camera" })
  other.path.accept(5, { leaf: ada, kind: "microphone" })
  await other.enter(6)
  await one.enter(6)
  sight.put(video())
  sound.put(audio())
  await carry(sight, screen)
  await carry(sound, speaker)
  expect([screen.keyFrameRequests, speaker.keyFrameRequests]).toEqual([1, 0])
  expect([screen.out.length, speaker.out.length]).toEqual([1, 1])
})

test("D24.6: undecryptable frames near a change of keys are inside the window, all others outside; blank frames are neither", async () => {
  const [one, other] = await meeting()
  const sender = one.sender(1, "microphone")
  const receiver = other.attach({ role: "receive", receiver: 4 })
  const unknown = async (): Promise<void> => {
    sender.put(audio())
    await carry(sender, receiver)
  }
  const outside = (): number | undefined => other.counts()?.outsideWindow
  await one.enter(6)
  await unknown()
  other.now += 6000
  expect(outside()).toBe(0)
  // The commit reaches this member after the frame: explained.
  await unknown()
  other.now += 4000
  await other.enter(7)
  other.now += 20_000
  expect(outside()).toBe(0)
  // Nothing explains these two; the SFU's silence does not count.
  await unknown()
  await unknown()
  receiver.put(audio(0xff), new FakeFrame(new Uint8Array(80).fill(0xf8, 0, 1), "audio/opus"))
  await settled()
  other.now += 6000
  expect(outside()).toBe(2)
  // A receiver that is just there.
  const fresh = other.attach({ role: "receive", receiver: 5 })
  sender.put(audio())
  await carry(sender, fresh)
  other.now += 6000
  expect(outside()).toBe(2)
})

test("D24.6: between two memberships there is no key, and no frame counts as outside the window", async () => {
  const { one, other, speaker } = await watching()
  other.now += 60_000
  other.path.keysCame({ type: "wipe" })
  const sound = one.sender(3, "microphone")
  for (let i = 0; i < 3; i++) {
    sound.put(audio())
    await carry(sound, speaker)
    other.now += 10_000
  }
  expect(other.counts()?.outsideWindow).toBe(0)
  // The next membership may begin at the very same epoch number, and everybody is accepted anew.
  await other.enter(5, { group: 1 })
  await one.enter(6, { group: 1 })
  await other.enter(6, { group: 1 })
  sound.put(audio())
  await carry(sound, speaker)
  expect(speaker.out).toEqual([])
  expect(other.asked.at(-1)).toBe("5: 0 microphone in 6")
})

test("D22.4: a worker is started once", () => {
  const member = new Member(ada)
  expect(member.path.begin(1)).toBe(false)
})

test("A2.09: two transforms with one track number never use a counter twice", async () => {
  const [one] = await meeting()
  const [first, second] = [one.sender(1, "microphone"), one.sender(1, "microphone")]
  for (let i = 0; i < 20; i++) {
    first.put(audio())
    second.put(audio())
  }
  await settled()
  const headers = [...first.out, ...second.out].map((frame) => frame.bytes.slice(0, 6).join())
  expect(headers).toHaveLength(40)
  expect(new Set(headers).size).toBe(40)
})

/** Ben's receiver of ada's camera and of her microphone, each accepted. */
async function watching(): Promise<{
  one: Member
  other: Member
  screen: FakeTransformer
  speaker: FakeTransformer
  sight: FakeTransformer
}> {
  const [one, other] = await meeting()
  const [sight, sound] = [one.sender(1, "camera"), one.sender(2, "microphone")]
  const [screen, speaker] = [other.attach({ role: "receive", receiver: 4 }), other.attach({ role: "receive", receiver: 5 })]
  sight.put(video())
  sound.put(audio())
  await carry(sight, screen)
  await carry(sound, speaker)
  other.path.accept(4, { leaf: ada, kind: "camera" })
  other.path.accept(5, { leaf: ada, kind: "microphone" })
  return { one, other, screen, speaker, sight }
}

test("A2.01: frames in clear are dropped at a receiver whose owner is accepted, whatever the server says of them", async () => {
  const { other, screen, speaker, sight } = await watching()
  for (let i = 0; i < 20; i++) {
    screen.put(video(i), video(i, true))
    speaker.put(audio(i), audio(i, 3))
  }
  await settled()
  expect([...screen.out, ...speaker.out]).toEqual([])
  sight.put(video(9))
  await carry(sight, screen)
  expect(screen.out.map((frame) => frame.bytes[5])).toEqual([9])
  expect(other.counts()).toMatchObject({ received: 1 })
})

test("A2.12: the SFU's blank frames are dropped without alarm: no member is blamed, nothing is outside the window", async () => {
  const { other, screen, speaker } = await watching()
  const key = [
    0x10, 2, 0, 0x9d, 1, 0x2a, 8, 0, 8, 0, 0, 0x47, 8, 0x85, 0x85, 0x88, 0x85, 0x84, 0x88, 2, 2, 0, 0x0c, 0x0d, 0x60, 0, 0xfe, 0xff, 0xab,
    0x50, 0x80,
  ]
  const silence = [0xf8, 0xff, 0xfe, ...Array.from({ length: 77 }, () => 0)]
  const trailer = Array.from({ length: 43 }, (_, i) => 48 + i)
  other.now += 60_000
  for (const tail of [[], trailer]) {
    screen.put(new FakeFrame(Uint8Array.from([...key, ...tail]), "video/VP8"))
    speaker.put(new FakeFrame(Uint8Array.from([...silence, ...tail]), "audio/opus"))
  }
  await settled()
  other.now += 60_000
  expect([...screen.out, ...speaker.out]).toEqual([])
  expect(other.counts()).toMatchObject({
    outsideWindow: 0,
    refused: { [-1]: { unknownKey: 0, authentication: 0, replay: 0, malformed: 4 } },
  })
  expect(Object.keys(other.counts()?.refused ?? {})).toEqual(["-1"])
})
