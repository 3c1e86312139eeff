import { createSocket, type Socket } from "node:dgram"
import { once } from "node:events"
import { afterEach, beforeEach, expect, test } from "vitest"
import fc from "fast-check"
import { packetCutter, udpDoor } from "./doors.ts"
import { attributeOf, attributeTypes, methods } from "./stun-message.ts"
import { channelOf, lifetimeOf, openUdp, peerIn, TurnClient, udpWanted, udpWire } from "./turn-client.fixture.ts"
import { Turn } from "./turn.ts"
import { parseXorAddress, printXorAddress, type Endpoint } from "./xor-address.ts"

/** Answers what it hears. */
let sfu: Socket
let peer: Endpoint
let at: Endpoint
let turn: Turn
let now = 0
let ends: (() => void)[] = []

beforeEach(async () => {
  now = 1_000_000
  sfu = await openUdp("127.0.0.1")
  sfu.on("message", (data, from) => sfu.send(`re ${data.toString()}`, from.port, from.address))
  peer = { address: "127.0.0.1", port: sfu.address().port }
  turn = new Turn({ sfu: peer, now: () => now })
  const free = await openUdp("127.0.0.1")
  at = { address: "127.0.0.1", port: free.address().port }
  free.close()
  const door = await udpDoor(turn, at)
  ends = [() => door.close(), () => turn.stop(), () => sfu.close()]
})
afterEach(() => ends.forEach((end) => end()))

async function client(who = "ada", given = turn.give(who)): Promise<TurnClient> {
  if (given === undefined) throw new Error("bug: a credential is given")
  const wire = await udpWire(at)
  ends.push(() => wire.close())
  return new TurnClient(wire, given)
}

test("D27.13: who has a credential reaches the SFU, by indications and on a channel, and hears it", async () => {
  const ada = await client()
  const { code, message } = await ada.allocate()
  expect(code).toBe(0)
  const relayed = parseXorAddress(attributeOf(message, attributeTypes.relayedAddress) ?? Buffer.alloc(0), message.transaction)
  expect(relayed).toMatchObject({ address: "127.0.0.1" })
  expect(await ada.codeOfPeer(methods.createPermission, peer)).toBe(0)
  ada.sendTo(peer, "one")
  expect(await ada.heard()).toBe("re one")
  expect(await ada.codeOfPeer(methods.channelBind, peer, [channelOf(0x4001)])).toBe(0)
  ada.sendOn(0x4001, "three")
  expect(await ada.heard()).toBe("channel re three")
})

test("A2.18, D27.13: a valid credential reaches no other address and no other port, whatever is asked for", async () => {
  const other = await openUdp("127.0.0.1")
  const [loopback, wildcard] = [await openUdp("127.0.0.2"), createSocket("udp4").bind(0)]
  await once(wildcard, "listening")
  const heard: string[] = []
  const sockets = [other, loopback, wildcard]
  for (const socket of sockets) {
    ends.push(() => socket.close())
    socket.on("message", (data) => heard.push(data.toString()))
  }
  const ada = await client()
  await ada.allocate()
  const foreign = ["127.0.0.2", "10.0.0.1", "192.168.1.1", "169.254.169.254", "192.0.2.7", "0.0.0.0", "255.255.255.255", "224.0.0.1"]
  for (const address of foreign) {
    expect(await ada.codeOfPeer(methods.createPermission, { address, port: peer.port }), address).toBe(403)
    expect(await ada.codeOfPeer(methods.channelBind, { address, port: peer.port }, [channelOf(0x4000)]), address).toBe(403)
  }
  expect(await ada.codeOfPeer(methods.createPermission, { address: "::1", port: peer.port })).toBe(443)
  // One good peer does not let a bad one in.
  expect((await ada.ask(methods.createPermission, [peerIn(peer), peerIn({ address: "10.0.0.1", port: 1 })])).code).toBe(403)
  expect(await ada.codeOfPeer(methods.createPermission, peer)).toBe(0)
  for (const socket of sockets) {
    const { address, port } = socket.address()
    expect(await ada.codeOfPeer(methods.channelBind, { address: "127.0.0.1", port }, [channelOf(0x4000)])).toBe(403)
    ada.sendTo({ address, port }, "to others")
    ada.sendTo({ address: "127.0.0.1", port }, "to others")
  }
  ada.sendOn(0x4000, "never bound")
  ada.sendTo(peer, "last")
  expect(await ada.heard()).toBe("re last")
  expect(heard).toEqual([])
})

test("D27.13: nobody but the SFU is heard through a leg", async () => {
  const ada = await client()
  const { message } = await ada.allocate()
  const relayed = parseXorAddress(attributeOf(message, attributeTypes.relayedAddress) ?? Buffer.alloc(0), message.transaction)
  if (typeof relayed !== "object") throw new Error("no relayed address")
  await ada.codeOfPeer(methods.createPermission, peer)
  const stranger = await openUdp("127.0.0.1")
  ends.push(() => stranger.close())
  await new Promise<void>((resolve) => stranger.send("in", relayed.port, relayed.address, () => resolve()))
  ada.sendTo(peer, "after")
  expect(await ada.heard()).toBe("re after")
})

test("D27.14: without a credential, with a wrong password, or with another's nonce nobody gets a leg", async () => {
  const [ada, ben] = [await client(), await client("ben")]
  expect((await ada.askBare(methods.allocate, [udpWanted])).code).toBe(401)
  expect((await ada.ask(methods.allocate, [udpWanted], { password: "A".repeat(32) })).code).toBe(401)
  ben.nonce = ada.nonce
  expect((await ben.allocate()).code).toBe(438)
  const unknown = await client("eve", { username: "AAAAAAAAAAAAAAAAAAAAAA", password: "A".repeat(32) })
  expect((await unknown.allocate()).code).toBe(401)
  expect((await ada.allocate()).code).toBe(0)
})

test("A2.18, D27.14: a credential lives for five minutes after it was given or after its last leg ended", async () => {
  const given = turn.give("ada")
  const early = await client("ada", given)
  now += 299_000
  expect((await early.allocate()).code).toBe(0)
  // Kept alive by its leg, as in a long call.
  now += 599_000
  expect((await early.ask(methods.refresh, [lifetimeOf(600)])).code).toBe(0)
  now += 599_000
  expect((await early.ask(methods.refresh, [lifetimeOf(600)])).code).toBe(438)
  expect((await early.ask(methods.refresh, [lifetimeOf(600)])).code).toBe(0)
  expect((await (await client("ada", given)).allocate()).code).toBe(0)
  now += 601_000
  turn.tend()
  now += 299_000
  const again = await client("ada", given)
  expect((await again.allocate()).code).toBe(0)
  expect((await again.ask(methods.refresh, [lifetimeOf(0)])).code).toBe(0)
  await new Promise(setImmediate)
  now += 300_000
  expect((await (await client("ada", given)).allocate()).code).toBe(401)
})

test("A2.18, D27.14: one has at most twelve legs at a time, whatever credentials it gathers; another's are its own", async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => client()))
  for (const one of all) expect((await one.allocate()).code).toBe(0)
  const thirteenth = await client()
  expect((await thirteenth.allocate()).code).toBe(486)
  expect((await (await client("ben")).allocate()).code).toBe(0)
  expect((await all[0]?.ask(methods.refresh, [lifetimeOf(0)]))?.code).toBe(0)
  await new Promise(setImmediate)
  expect((await thirteenth.allocate()).code).toBe(0)
})

test("D27.13: a leg ends after ten minutes that nobody renewed, and a permission after five", async () => {
  const ada = await client()
  await ada.allocate()
  await ada.codeOfPeer(methods.createPermission, peer)
  now += 300_000
  ada.sendTo(peer, "too late")
  expect(await ada.codeOfPeer(methods.channelBind, peer, [channelOf(0x4002)])).toBe(0)
  ada.sendOn(0x4002, "in time")
  expect(await ada.heard()).toBe("channel re in time")
  now += 300_000
  expect(await ada.codeOfPeer(methods.createPermission, peer)).toBe(437)
})

test("D27.13: what TURN forbids is refused: a second channel, another transport, another family, what is not known, another's leg", async () => {
  const ada = await client()
  const leg = () => ada.ask(methods.allocate, [[attributeTypes.transport, Buffer.from([6, 0, 0, 0])]])
  expect((await leg()).code).toBe(442)
  expect((await ada.ask(methods.allocate)).code).toBe(400)
  expect((await ada.ask(methods.allocate, [udpWanted, [attributeTypes.addressFamily, Buffer.from([2, 0, 0, 0])]])).code).toBe(440)
  expect((await ada.ask(methods.allocate, [udpWanted, [0x0018, Buffer.from([128, 0, 0, 0])]])).code).toBe(420)
  expect(await ada.codeOfPeer(methods.createPermission, peer)).toBe(437)
  expect((await ada.allocate()).code).toBe(0)
  expect((await ada.allocate()).code).toBe(437)
  expect(await ada.codeOfPeer(methods.channelBind, peer, [channelOf(0x4000)])).toBe(0)
  expect(await ada.codeOfPeer(methods.channelBind, peer, [channelOf(0x4001)])).toBe(400)
  expect(await ada.codeOfPeer(methods.channelBind, peer, [channelOf(0x3fff)])).toBe(400)
  const given = turn.give("ben")
  if (given === undefined) throw new Error("bug: a credential is given")
  const ben = new TurnClient(ada.wire, given)
  expect(await ben.codeOfPeer(methods.createPermission, peer)).toBe(441)
})

test("A6.01, D27.14: who shows no credential is answered thirty times at once and then five times a second", async () => {
  const answers: Buffer[] = []
  const caller = {
    name: "udp 192.0.2.1 5",
    endpoint: { address: "192.0.2.1", port: 5 },
    send: (packet: Buffer) => answers.push(packet),
    end: () => undefined,
  }
  const request = Buffer.from("000300002112a442000000000000000000000000", "hex")
  for (let count = 0; count < 100; count++) turn.take(caller, request)
  expect(answers).toHaveLength(30)
  now += 1_000
  for (let count = 0; count < 100; count++) turn.take(caller, request)
  expect(answers).toHaveLength(35)
})

test("A6.03, D27.13: whatever a caller sends, the relay neither throws nor opens anything", () => {
  const caller = { name: "udp 192.0.2.1 6", endpoint: { address: "192.0.2.1", port: 6 }, send: () => undefined, end: () => undefined }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.integer({ min: 0, max: 127 }), (some, first) => {
      const packet = Buffer.from(some)
      if (packet.length > 0) packet[0] = first
      turn.take(caller, packet)
      if (packet.length >= 20) {
        packet.writeUInt32BE(0x2112a442, 4)
        packet.writeUInt16BE(packet.length - 20, 2)
        turn.take(caller, packet)
      }
    }),
  )
  expect(turn.hasLeg(caller)).toBe(false)
})

test("A6.03, D27.15: a stream is cut into the same packets however it arrives; what is none ends it", () => {
  const stun = Buffer.from("000300042112a4420000000000000000000000000000abcd", "hex")
  const onChannel = Buffer.from("4000000568656c6c6f000000", "hex")
  const all = [stun, onChannel, stun, onChannel]
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 72 }), { maxLength: 6 }), (cuts) => {
      const cut = packetCutter()
      const whole = Buffer.concat(all)
      const places = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
      const packets = places.slice(1).flatMap((end, index) => cut(whole.subarray(places[index], end)) ?? [])
      expect(packets).toEqual(all)
    }),
  )
  for (const bad of [Buffer.from("GET /").toString("hex"), "80000000", "4000ffff", "0003ffff"]) {
    const other = packetCutter()
    expect([other(Buffer.from(bad, "hex")), other(stun)], bad).toEqual([undefined, undefined])
  }
})

test("D27.13: what an address is written with does not change what it is", () => {
  expect(parseXorAddress(printXorAddress(peer, Buffer.alloc(12, 7)), Buffer.alloc(12, 9))).toEqual(peer)
})
