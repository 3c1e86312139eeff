import { createPrivateKey, sign } from "node:crypto"
import { expect, test } from "vitest"
import { owned, joined, textOf, utf8 } from "./bytes.ts"
import { printCanonical, readCanonical } from "./json.ts"
import { mediaKey } from "./mls/media-key.ts"
import { pskIdOf } from "./mls/membership.ts"
import { openNote, printNote } from "./mls/note.ts"
import type { RawMember } from "./mls/raw-engine.ts"
import { bundleJson, makeBundle, parseBundle, verifyBundle, type Bundle } from "./room/bundle.ts"
import { doorWords } from "./room/door-words.ts"
import { openKnock } from "./room/knock.ts"
import { deriveLinkKeys, hashOfAccess } from "./room/link-keys.ts"
import { parseLink, printLink } from "./room/link.ts"
import { readOpening, transportKey } from "./room/opening.ts"
import { policyBody } from "./room/policy.ts"
import { openPolicy, signFirst, signNext } from "./room/policy-chain.ts"
import { good } from "./room/policy.fixture.ts"
import { openShelf, roomChangeBytes } from "./room/shelf.ts"
import { safetyCode } from "./room/safety-words.ts"
import { isSignedBy, type SigningKey } from "./room/signing-key.ts"
import { wordList } from "./room/word-list.ts"
import { sealFrame, openFrame } from "./sframe/cipher.ts"
import { encodeHeader } from "./sframe/header.ts"
import { epochBitsOf, packKeyId, unpackKeyId, type MediaKind } from "./sframe/key-id.ts"
import { deriveStreamSecrets, importFor } from "./sframe/keys.ts"
import { ourSuite } from "./sframe/suites.ts"
import { fields, hex, id, read, sealingKey, type Fields } from "./vectors.fixture.ts"

/** The Ed25519 key of a seed (RFC 8410 section 7). */
function keyOf(seed: string | undefined, publicKey: Uint8Array<ArrayBuffer>): SigningKey & { signNow(message: Uint8Array): Uint8Array } {
  const der = joined(hex("302e020100300506032b657004220420"), hex(seed))
  const key = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" })
  const signNow = (message: Uint8Array): Uint8Array<ArrayBuffer> => owned(sign(undefined, message, key))
  return { publicKey, signNow, sign: (message) => Promise.resolve(signNow(message)) }
}

test("D2, D4.15, D8.1: a link and all that follows from its secret", async () => {
  const vector = fields("link")
  const link = good(parseLink(`https://meet.example${vector["path"] ?? ""}`))
  expect(printLink(link)).toBe(`https://meet.example${vector["path"] ?? ""}`)
  expect([link.room, link.secret.expose()]).toEqual([id(vector["room"]), hex(vector["secret"])])
  const keys = await deriveLinkKeys(link.secret, link.room)
  expect([keys.access, await hashOfAccess(keys.access), keys.psk.expose()]).toEqual(
    ["access", "accessHash", "psk"].map((name) => hex(vector[name])),
  )
  expect(keys.secretHash).toBe(vector["secretHash"])
  expect(pskIdOf(link.room, 1)).toEqual(hex(vector["pskId"]))
})

test("D10, D17.14: certificate and endorsement of a bundle", async () => {
  const vector = fields("bundle")
  const [devicePublicKey, leafPublicKey] = [hex(vector["devicePublicKey"]), hex(vector["leafPublicKey"])]
  const leafSigner = keyOf(vector["leafSeed"], leafPublicKey)
  const place = { room: id(vector["room"]), call: id(vector["call"]) }
  const leaf = {
    publicKey: leafPublicKey,
    endorse: (statement: Uint8Array) => leafSigner.signNow(joined(utf8("Conclave 1 device\0"), statement)),
  }
  const about = { member: id(vector["member"]), name: String(vector["name"]), expiry: Number(vector["expiry"]) }
  const made = await makeBundle({ device: keyOf(vector["deviceSeed"], devicePublicKey), leaf }, place, about)
  expect([made.signature, made.endorsement]).toEqual([hex(vector["certificate"]), hex(vector["endorsement"])])
  expect(printCanonical(bundleJson(made))).toBe(vector["json"])
  const parsed = parseBundle(readCanonical(utf8(vector["json"] ?? ""), 4096))
  expect(parsed).toEqual(made)
  expect(await verifyBundle(parsed as Bundle, place, about.expiry - 1)).toBe(parsed)
})

interface PolicyVector {
  readonly [name: string]: unknown
  readonly seeds: readonly string[]
  readonly bodies: readonly string[]
  readonly links: readonly string[]
  readonly roomChange: {
    readonly version: number
    readonly accessHash: string
    readonly keys: readonly string[]
    readonly by: string
    readonly signature: string
  }
}

test("D4.10, D5.1: a policy from the room key through a host to a take-over", async () => {
  const vector = read("policy") as PolicyVector
  const chain = hex(vector["chain"] as string)
  const anchor = { kind: "link" as const, room: id(vector["room"] as string), keyHash: hex(vector["keyHash"] as string) }
  const opened = good(await openPolicy(chain, anchor))
  expect(opened.links.map((link) => Buffer.from(link.bytes).toString("hex"))).toEqual(vector.links)
  expect(opened.links.map((link) => textOf(policyBody(link.policy)))).toEqual(vector.bodies)
  // And signed again, by the same keys.
  const signers = opened.links.map((link, i) => keyOf(vector.seeds[i], link.signer))
  const [roomKey, ...devices] = signers
  const [first, ...later] = opened.links
  if (roomKey === undefined || first === undefined) throw new Error("no first link")
  let signed = await signFirst(roomKey, first.policy)
  for (const [i, device] of devices.entries()) signed = good(await signNext(signed, later[i]?.policy ?? first.policy, { device }))
  expect(signed.bytes).toEqual(chain)
})

test("D3.10: a shelf, and the change of it that the server is told", async () => {
  const vector = read("policy") as PolicyVector
  const { roomChange } = vector
  const shelf = hex(vector["shelf"] as string)
  const anchor = { kind: "link" as const, room: id(vector["room"] as string), keyHash: hex(vector["keyHash"] as string) }
  const opened = good(await openShelf(await sealingKey(hex(vector["shelfKey"] as string)), shelf, anchor))
  expect(opened.bytes).toEqual(hex(vector["chain"] as string))
  const change = {
    room: anchor.room,
    version: roomChange.version,
    accessHash: hex(roomChange.accessHash),
    shelf,
    keys: roomChange.keys.map(hex),
  }
  expect(await isSignedBy(hex(roomChange.by), hex(roomChange.signature), await roomChangeBytes(change))).toBe(true)
})

test("D17, D17.15: a knock opens, and the words at the door are the device's", async () => {
  const vector = fields("knock")
  const binding = {
    room: id(vector["room"]),
    call: id(vector["call"]),
    member: id(vector["member"]),
    keyPackage: hex(vector["keyPackage"]),
  }
  const { bundle } = good(await openKnock(await sealingKey(hex(vector["key"])), binding, hex(vector["sealed"]), Number(vector["time"])))
  expect(printCanonical({ bundle: bundleJson(bundle), time: Number(vector["time"]) })).toBe(vector["plaintext"])
  const bits = BigInt(`0x${vector["doorCode"] ?? ""}`)
  const words = Array.from({ length: 8 }, (_, i) => wordList[Number((bits >> BigInt(77 - 11 * i)) & 2047n)])
  expect(await doorWords(binding.room, bundle.devicePublicKey)).toEqual(words)
})

test("D8.10: a commit's note opens under the exported key", async () => {
  const vector = fields("note")
  const raw = { export: () => hex(vector["key"]) } as unknown as RawMember
  const note = await openNote(raw, { call: id(vector["call"]), epoch: Number(vector["epoch"]) }, hex(vector["sealed"]))
  if (note === undefined) throw new Error("does not open")
  expect(textOf(printNote(note))).toBe(vector["plaintext"])
})

test("D15.1: words and digits of an epoch", async () => {
  const vector = read("words") as Fields & {
    readonly roster: readonly (Fields & { readonly leaf: never })[]
    readonly bits: readonly number[]
  }
  const code = await safetyCode({
    authenticator: hex(vector["authenticator"]),
    groupId: hex(vector["groupId"]),
    roster: vector.roster.map((one) => ({ leaf: Number(one.leaf), member: hex(one["member"]), leafKey: hex(one["leafKey"]) })),
  })
  expect(code).toEqual({ words: vector.bits.map((n) => wordList[n]), digits: vector["digits"] })
})

test("D39.33: the base key of an epoch of a transport-only room", async () => {
  const vector = fields("transport")
  const [room, call] = [id(vector["room"]), id(vector["call"])]
  const read = readOpening({ opening: id(vector["opening"]), keyHash: room })
  if (read === undefined) throw new Error("no opening")
  const seal = { kind: "transport", server: { issuer: "", clientId: room }, opening: await transportKey(read) } as const
  // No member of a group is asked for anything.
  const key = await mediaKey({} as RawMember, seal, { room, call, epoch: Number(vector["epoch"]) })
  const expected = await importFor(hex(vector["baseKey"]))
  const bits = (of: CryptoKey): Promise<ArrayBuffer> =>
    crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new Uint8Array() }, of, 256)
  expect(await bits(key)).toEqual(await bits(expected))
})

test("D22.3: key ids", () => {
  for (const vector of read("key-ids") as readonly Fields[]) {
    const parts = { epochBits: epochBitsOf(Number(vector["epoch"])), leaf: Number(vector["leaf"]), start: Number(vector["start"]) }
    const kind = vector["kind"] as MediaKind
    expect(packKeyId({ ...parts, kind }).toString()).toBe(vector["keyId"])
    expect(unpackKeyId(BigInt(vector["keyId"] ?? 0))).toEqual({ ...parts, kind })
  }
})

test("D22.1, D22.5: sealed frames, to the byte", async () => {
  for (const vector of read("frames") as readonly Fields[]) {
    const header = { keyId: BigInt(vector["keyId"] ?? 0), counter: BigInt(vector["counter"] ?? 0) }
    const clearSize = Number(vector["clearSize"])
    const base = await importFor(hex(vector["baseKey"]))
    const purpose = { suite: ourSuite, keyId: header.keyId }
    expect(encodeHeader(header)).toEqual(hex(vector["header"]))
    const sealing = await deriveStreamSecrets(base, { ...purpose, use: "encrypt" })
    expect(sealing.salt).toEqual(hex(vector["salt"]))
    expect(await sealFrame(sealing, { header, clearSize, data: hex(vector["frame"]) })).toEqual(hex(vector["sealed"]))
    const sealed = { data: hex(vector["sealed"]), clearSize, counter: header.counter, headerSize: hex(vector["header"]).length }
    expect(await openFrame(await deriveStreamSecrets(base, { ...purpose, use: "decrypt" }), sealed)).toEqual(hex(vector["frame"]))
  }
})
