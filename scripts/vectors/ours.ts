/** Our own test vectors (docs/protocol.md): what a second client must compute to the byte. Each file is inputs and outputs, in hex or as text. */
import { base64url, box, bytesOf, canonical, gcm, hex, hkdf, join, number, sha256, signer, utf8, type Signer } from "./by-hand.ts"
import { password } from "./password.ts"

const room = bytesOf("room", 16)
const call = bytesOf("call", 16)
const secret = bytesOf("link secret", 16)
const roomKey = signer("room key")
const ada = signer("device of Ada")
const ben = signer("device of Ben")
const leaf = signer("leaf of Ben")
const member = bytesOf("pseudonym of Ben", 16)
const expiry = 1_800_000_000_000
const name = "Ben Zoë"

const linkKey = (label: string): Buffer => hkdf(secret, room, utf8(`Conclave 1 ${label}`), 32)
const secretHash = sha256(utf8("Conclave 1 secret\0"), room, secret).subarray(0, 16)
const keyHash = sha256(roomKey.publicKey).subarray(0, 16)

/** D2, D4.15. */
const link = () => ({
  room: hex(room),
  secret: hex(secret),
  roomPublicKey: hex(roomKey.publicKey),
  path: `/r/${base64url(room)}#${base64url(secret)}.${base64url(keyHash)}`,
  access: hex(linkKey("access")),
  accessHash: hex(sha256(linkKey("access"))),
  knock: hex(linkKey("knock")),
  psk: hex(linkKey("psk")),
  shelf: hex(linkKey("shelf")),
  secretHash: base64url(secretHash),
  pskId: hex(join(utf8("conclave psk"), room, number(1, 4))),
})

const certificate = ada.sign(
  ...[utf8("Conclave 1 member\0"), call, room, member, leaf.publicKey],
  ...[number(expiry, 8), sha256(utf8(name))],
)
const endorsement = leaf.sign(
  ...[utf8("Conclave 1 device\0"), call, room, member, ada.publicKey],
  ...[number(expiry, 8), sha256(utf8(name))],
)
const bundleJson = {
  ...{ member: base64url(member), name, device: base64url(ada.publicKey), leafKey: base64url(leaf.publicKey), expiry },
  ...{ signature: base64url(certificate), endorsement: base64url(endorsement) },
}

/** D10, D17.14. */
const bundle = () => ({
  ...{ room: hex(room), call: hex(call), member: hex(member), name, expiry },
  ...{ deviceSeed: hex(ada.seed), devicePublicKey: hex(ada.publicKey), leafSeed: hex(leaf.seed), leafPublicKey: hex(leaf.publicKey) },
  ...{ certificate: hex(certificate), endorsement: hex(endorsement), json: canonical(bundleJson) },
})

const first = {
  ...{ v: 1, protocol: 1, suite: 78, kind: "link", room: base64url(room), version: 1 },
  ...{ hosts: [base64url(ada.publicKey)], coHosts: [], successors: [], listeners: [], joinAs: "member" },
  ...{ waitingRoom: false, isLocked: false, joinBeforeHost: true, share: "everyone", record: "nobody" },
  ...{ minimumLevel: "guest", issuers: [], secretVersion: 1, secretHash: base64url(secretHash), isSingleUse: false, topic: "Board" },
}
const policies: readonly (readonly [Signer, object])[] = [
  [roomKey, first],
  [ada, { ...first, version: 2, waitingRoom: true, successors: [base64url(ben.publicKey)] }],
  // A take-over: nothing else may differ (D5.1).
  [ben, { ...first, version: 3, waitingRoom: true, hosts: [...first.hosts, base64url(ben.publicKey)] }],
]

/** D4.10, D5.1, D3.10. */
function policy() {
  const links: Buffer[] = []
  for (const [by, rules] of policies) {
    const body = utf8(canonical(rules))
    const before = links.at(-1)
    const signature = by.sign(utf8("Conclave 1 policy\0"), before === undefined ? Buffer.alloc(32) : sha256(before), body)
    links.push(join(number(body.length, 2), by.publicKey, signature, body))
  }
  const chain = join(Uint8Array.of(2, links.length), ...links)
  const shelf = box(linkKey("shelf"), bytesOf("shelf nonce", 12), { plaintext: chain, bound: join(utf8("Conclave 1 shelf\0"), room) })
  const keys = [roomKey, ada, ben].map(({ publicKey }) => publicKey)
  const change = [utf8("Conclave 1 room\0"), room, number(3, 4), sha256(linkKey("access")), sha256(shelf), ...keys]
  return {
    ...{ room: hex(room), keyHash: hex(keyHash), seeds: [roomKey, ada, ben].map(({ seed }) => hex(seed)) },
    ...{ bodies: policies.map(([, rules]) => canonical(rules)), links: links.map(hex), chain: hex(chain) },
    ...{ shelfKey: hex(linkKey("shelf")), shelf: hex(shelf) },
    roomChange: {
      version: 3,
      accessHash: hex(sha256(linkKey("access"))),
      keys: keys.map(hex),
      by: hex(ben.publicKey),
      signature: hex(ben.sign(...change)),
    },
  }
}

/** D17, D17.15. The KeyPackage is any bytes: only its hash counts here. */
function knock() {
  const keyPackage = bytesOf("key package", 300)
  const time = expiry - 24 * 60 * 60 * 1000
  const plaintext = utf8(canonical({ bundle: bundleJson, time }))
  const bound = join(utf8("Conclave 1 knock\0"), room, call, member, sha256(keyPackage))
  const nonce = bytesOf("knock nonce", 12)
  return {
    ...{ room: hex(room), call: hex(call), member: hex(member), keyPackage: hex(keyPackage), time, key: hex(linkKey("knock")) },
    ...{
      nonce: hex(nonce),
      bound: hex(bound),
      plaintext: plaintext.toString("utf8"),
      sealed: hex(box(linkKey("knock"), nonce, { plaintext, bound })),
    },
    doorCode: hex(sha256(utf8("Conclave 1 door\0"), room, ada.publicKey).subarray(0, 11)),
  }
}

/** D18: Ben at the door of a room with a password, Ada inside. */
const passwordAtTheDoor = () =>
  password({
    ...{ room, call, member, knocker: ben.publicKey, host: ada.publicKey },
    ...{ knockKey: linkKey("knock"), psk: linkKey("psk") },
  })

/** D8.10. The key is what MLS-Exporter("Conclave 1 note", "", 32) gave. */
function note() {
  const [key, nonce, epoch] = [bytesOf("exported note key", 32), bytesOf("note nonce", 12), 7]
  const newSecret = bytesOf("next link secret", 16)
  const plaintext = utf8(canonical({ adds: [bundleJson], removes: [{ leaf: 3, why: "returned" }], secret: base64url(newSecret) }))
  const bound = join(utf8("Conclave 1 note\0"), call, number(epoch, 8))
  return {
    ...{ call: hex(call), epoch, key: hex(key), nonce: hex(nonce), bound: hex(bound), plaintext: plaintext.toString("utf8") },
    sealed: hex(box(key, nonce, { plaintext, bound })),
  }
}

/** D15.1. `bits` are the numbers of the eight words; the list is BIP-39's English one. */
function words() {
  const roster = [
    { leaf: 0, member: bytesOf("pseudonym of Ada", 16), leafKey: signer("leaf of Ada").publicKey },
    { leaf: 2, member, leafKey: leaf.publicKey },
  ]
  const authenticator = bytesOf("epoch authenticator", 48)
  const rows = roster.map((one) => join(number(one.leaf, 4), one.member, one.leafKey))
  const code = sha256(utf8("Conclave 1 words\0"), authenticator, call, sha256(...rows))
  const digits = (BigInt(`0x${hex(code.subarray(11))}`) % 10n ** 30n).toString().padStart(30, "0")
  return {
    ...{ authenticator: hex(authenticator), groupId: hex(call) },
    roster: roster.map((one) => ({ leaf: one.leaf, member: hex(one.member), leafKey: hex(one.leafKey) })),
    ...{ code: hex(code), bits: numbersOf(code.subarray(0, 11)), digits: (digits.match(/.{5}/g) ?? []).join(" ") },
  }
}

/** Eight numbers of eleven bits. */
function numbersOf(bytes: Uint8Array): number[] {
  const bits = BigInt(`0x${hex(bytes)}`)
  return Array.from({ length: 8 }, (_, i) => Number((bits >> BigInt(77 - 11 * i)) & 2047n))
}

const kinds = ["microphone", "camera", "screen", "screen-audio"] as const

/** D22.3. Key ids as decimal text: they have up to 48 bits. */
const keyIds = () =>
  [
    { epoch: 0, leaf: 0, kind: 0, start: 0 },
    { epoch: 17, leaf: 2, kind: 1, start: 0 },
    { epoch: 31, leaf: 1023, kind: 2, start: 65_537 },
    { epoch: 5, leaf: 512, kind: 3, start: 2 ** 32 - 1 },
  ].map(({ epoch, leaf: of, kind, start }) => {
    const keyId = ((BigInt(kind) + 4n * BigInt(start)) << 14n) | (BigInt(of) << 4n) | BigInt(epoch % 16)
    return { epoch, leaf: of, kind: kinds[kind], start, keyId: keyId.toString() }
  })

/** D22.5: a VP8 key frame whose first ten bytes stay clear, and an Opus frame with none. */
function frames() {
  const baseKey = bytesOf("SFrame base key", 16)
  const opus = { codec: "opus", keyId: 0x25n, counter: 3n, clear: 0, data: bytesOf("opus frame", 40) }
  const key = bytesOf("vp8 frame", 60)
  key[0] = (key[0] ?? 0) & 0xfe
  return [opus, { codec: "vp8", keyId: 0x14025n, counter: 0x1234n, clear: 10, data: key }].map((one) => {
    const header = headerOf(one.keyId, one.counter)
    const label = (text: string): Buffer => join(utf8(text), number(one.keyId, 8), number(4, 2))
    const sframeKey = hkdf(baseKey, Buffer.alloc(0), label("SFrame 1.0 Secret key "), 16)
    const salt = hkdf(baseKey, Buffer.alloc(0), label("SFrame 1.0 Secret salt "), 12)
    const counter = join(Buffer.alloc(4), number(one.counter, 8))
    const nonce = Buffer.from(salt.map((byte, i) => byte ^ (counter[i] ?? 0)))
    const clear = one.data.subarray(0, one.clear)
    const sealed = gcm("aes-128-gcm", { key: sframeKey, nonce, plaintext: one.data.subarray(one.clear), bound: join(header, clear) })
    return {
      ...{ codec: one.codec, baseKey: hex(baseKey), keyId: one.keyId.toString(), counter: one.counter.toString() },
      ...{ frame: hex(one.data), clearSize: one.clear, header: hex(header), key: hex(sframeKey), salt: hex(salt) },
      sealed: hex(join(clear, header, sealed)),
    }
  })
}

/** RFC 9605 section 4.3. */
function headerOf(keyId: bigint, counter: bigint): Buffer {
  const part = (value: bigint): { nibble: number; bytes: Buffer } => {
    if (value < 8n) return { nibble: Number(value), bytes: Buffer.alloc(0) }
    const length = Math.ceil(value.toString(16).length / 2)
    return { nibble: 8 | (length - 1), bytes: number(value, length) }
  }
  const [id, count] = [part(keyId), part(counter)]
  return join(Uint8Array.of((id.nibble << 4) | count.nibble), id.bytes, count.bytes)
}

/** D39.33. From the base key on, frames are sealed as in every room. */
function transport() {
  const [opening, epoch] = [bytesOf("opening", 16), 7]
  const baseKey = hkdf(opening, room, join(utf8("Conclave 1 transport media"), call, number(epoch, 8)), 16)
  return { room: hex(room), opening: hex(opening), call: hex(call), epoch: String(epoch), baseKey: hex(baseKey) }
}

/** Every file by its name, as it stands in `packages/crypto/vectors/ours`. */
export const ourVectors = (): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({ link, bundle, policy, knock, password: passwordAtTheDoor, note, words, "key-ids": keyIds, frames, transport }).map(
      ([file, make]) => [`${file}.json`, `${JSON.stringify(make(), undefined, 2)}\n`],
    ),
  )
