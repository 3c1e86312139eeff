import { test, expect } from "vitest"
import { hkdfSync } from "node:crypto"
import { inspect } from "node:util"
import fc from "fast-check"
import { toBase64url } from "../base64url.ts"
import { joined, utf8 } from "../bytes.ts"
import { randomBytes } from "../platform.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { Secret } from "../secret.ts"
import { deviceKey } from "./device-key.ts"
import { makeBundle, verifyBundle, bundleLifetimeMs, type Bundle } from "./bundle.ts"
import { openKnock, sealKnock, knockWindowMs } from "./knock.ts"
import { deriveLinkKeys, hashOfAccess } from "./link-keys.ts"
import { parseLink, printLink, type Link } from "./link.ts"
import { makeRoom } from "./make-room.ts"
import { leafKey } from "./leaf-key.fixture.ts"
import { firstPolicy, parsePolicy } from "./policy.ts"
import { openPolicy, signFirst } from "./policy-chain.ts"
import { openShelf, sealShelf } from "./shelf.ts"
import { hashOfRoomKey, roomKey } from "./room-key.ts"
import { isSignedBy, memoryKeyShelf } from "./signing-key.ts"

const now = 1_800_000_000_000
const id = (): string => toBase64url(randomBytes(16))

/** What was asked for; a refusal fails the test. */
function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

const someLink = (): Link => ({ origin: "https://meet.example", room: id(), secret: new Secret(randomBytes(16)), keyHash: randomBytes(16) })

test("D2.1: a printed link is read back", () => {
  const link = someLink()
  const read = good(parseLink(printLink(link)))
  expect([read.origin, read.room, read.secret.expose(), read.keyHash]).toEqual([link.origin, link.room, link.secret.expose(), link.keyHash])
})

test("D2.1: every cut, every added character and every stray bit of a link is refused", () => {
  const text = printLink(someLink())
  const afterKind = text.indexOf("/r/") + 3
  for (let end = afterKind; end < text.length; end++) expect(parseLink(text.slice(0, end))).toEqual({ refused: "cut-link" })
  expect(parseLink(`${text}A`)).toEqual({ refused: "cut-link" })
  expect(parseLink(`${text}.`)).toEqual({ refused: "cut-link" })
  // The last character carries two bits only: its other spellings are not the same link.
  const last = "AQgw".includes(text.at(-1) ?? "") ? "B" : "A"
  expect(parseLink(text.slice(0, -1) + last)).toEqual({ refused: "cut-link" })
})

test("D2.1: what is no link of ours is refused as that", () => {
  for (const text of [
    "",
    "hello",
    "ftp://x/r/a",
    "https://host/",
    "https://host/x/abc#d",
    "https://a@b/r/x",
    `https://h/r/${"a".repeat(3000)}`,
  ])
    expect(parseLink(text)).toEqual({ refused: "not-a-link" })
})

test("D1: links of the other kinds are refused by name, with a secret or without", () => {
  const text = printLink(someLink())
  expect(parseLink(text.replace("/r/", "/o/"))).toEqual({ refused: "other-kind", which: "sealed-by-identity" })
  expect(parseLink(text.replace("/r/", "/t/"))).toEqual({ refused: "other-kind", which: "transport-only" })
  expect(parseLink("https://meet.example/t/whatever")).toEqual({ refused: "other-kind", which: "transport-only" })
})

test("D6: a transport-only link never opens as a sealed one", () => {
  expect(parseLink(printLink(someLink()).replace("/r/", "/t/"))).toEqual({ refused: "other-kind", which: "transport-only" })
})

test("D2: the four keys of a link are the published ones", async () => {
  const keys = await deriveLinkKeys(new Secret(Uint8Array.from({ length: 16 }, (_, i) => i)), toBase64url(new Uint8Array(16).fill(7)))
  expect([keys.access, keys.psk.expose(), await hashOfAccess(keys.access)].map(toBase64url)).toMatchInlineSnapshot(`
    [
      "pKZZ7PSjP1EEmjg5mlUnf_LetXlCTLKHEZWG1iB5D9M",
      "pONY8xlaXM2q4LkvxKWqGCzUsIoQbeTdjhcziKZKAOk",
      "qtJE_qwhyU3ODKPF04JMNVTMwUJ1EjNvSbXz9xI-848",
    ]
  `)
  // The same by another hand.
  const byNode = (label: string): Uint8Array =>
    new Uint8Array(
      hkdfSync(
        "sha256",
        Uint8Array.from({ length: 16 }, (_, i) => i),
        new Uint8Array(16).fill(7),
        `Conclave 1 ${label}`,
        32,
      ),
    )
  expect([keys.access, keys.psk.expose()]).toEqual([byNode("access"), byNode("psk")])
  expect([keys.knock.extractable, keys.shelf.extractable]).toEqual([false, false])
})

test("D2: another room or another secret gives other keys", async () => {
  const [secret, other, room] = [new Secret(randomBytes(16)), new Secret(randomBytes(16)), id()]
  const seen = await Promise.all([deriveLinkKeys(secret, room), deriveLinkKeys(other, room), deriveLinkKeys(secret, id())])
  const values = seen.flatMap((keys) => [toBase64url(keys.access), toBase64url(keys.psk.expose())])
  expect(new Set(values).size).toBe(6)
})

test("D2: a room is made with one secret that its link and nothing else holds", async () => {
  const shelf = memoryKeyShelf()
  const made = good(await makeRoom(shelf, { topic: "Board", issuers: [{ issuer: "https://id.example", clientId: "calls" }] }))
  const link = good(parseLink(`https://meet.example/r/${made.room}#${made.fragment}`))
  const keys = await deriveLinkKeys(link.secret, link.room)
  expect(await hashOfAccess(keys.access)).toEqual(made.accessHash)
  const opened = good(await openShelf(keys.shelf, made.shelf, { ...link, kind: "link" }))
  expect(opened.policy).toMatchObject({ kind: "link", room: made.room, version: 1, topic: "Board", issuers: [{ clientId: "calls" }] })
  expect(opened.policy.hosts).toEqual([toBase64url(good(await deviceKey(shelf, made.room)).publicKey)])
  expect(toBase64url(made.shelf)).not.toContain(made.fragment.slice(0, 22))
})

async function policyAndLink(hosts = [toBase64url(randomBytes(32))]) {
  const room = id()
  const key = good(await roomKey(memoryKeyShelf(), room))
  return {
    key,
    room,
    signed: await signFirst(key, firstPolicy({ kind: "link", room, hosts, secretHash: id() })),
    link: { kind: "link" as const, room, keyHash: await hashOfRoomKey(key.publicKey) },
  }
}

test("D4.10: a policy holds only under the key of the link, for its room, unchanged", async () => {
  const { signed, link, room } = await policyAndLink()
  expect(good(await openPolicy(signed.bytes, link)).policy).toEqual(signed.policy)
  expect(await openPolicy(signed.bytes, { kind: "link", room, keyHash: randomBytes(16) })).toEqual({ refused: "policy-forged" })
  expect(await openPolicy(signed.bytes, { ...link, room: id() })).toEqual({ refused: "policy-forged" })
  for (let at = 0; at < signed.bytes.length; at++) {
    const changed = Uint8Array.from(signed.bytes, (byte, i) => (i === at ? byte ^ 1 : byte))
    expect(isRefusal(await openPolicy(changed, link))).toBe(true)
  }
})

test("D4.10: a policy that another key signed for the same room is refused", async () => {
  const { link, room } = await policyAndLink()
  const server = good(await roomKey(memoryKeyShelf(), room))
  const forged = await signFirst(server, {
    ...firstPolicy({ kind: "link", room, hosts: [toBase64url(randomBytes(32))], secretHash: id() }),
    version: 9,
  })
  expect(await openPolicy(forged.bytes, link)).toEqual({ refused: "policy-forged" })
})

test("D4.2: a policy is read in its canonical spelling only", async () => {
  const { signed } = await policyAndLink()
  const { hosts } = signed.policy
  const text = new TextDecoder().decode(signed.links[0]?.body)
  const value = JSON.parse(text) as Record<string, unknown>
  expect(parsePolicy(utf8(text))).toEqual(signed.policy)
  const spellings = [
    ` ${text}`,
    `${text} `,
    text.replace('"v":1', '"v":1.0'),
    text.replace("{", '{"v":1,'),
    text.replace('"kind"', '"\\u006bind"'),
  ]
  const values = [
    ...[{ extra: 1 }, { v: 2 }, { protocol: 2 }, { suite: 77 }, { joinAs: "host" }, { share: "nobody" }, { record: "" }],
    ...[{ waitingRoom: 1 }, { minimumLevel: "account" }, { issuers: [{ issuer: "http://a.example", clientId: "c" }] }],
    ...[{ secretHash: "A" }, { secretVersion: 0 }, { expiry: -1 }, { password: { version: 1 } }, { coHosts: hosts }],
    { ...value, v: 2 },
    { ...value, kind: "open" },
    { ...value, hosts: [] },
    { ...value, version: 0 },
    { ...value, topic: "a\nb" },
  ]
  for (const other of [...spellings, ...values.map((one) => JSON.stringify({ ...value, ...one }))])
    expect(parsePolicy(utf8(other))).toBeUndefined()
})

test("D2: the shelf opens under its own link only", async () => {
  const { signed, link } = await policyAndLink()
  const keys = await deriveLinkKeys(new Secret(randomBytes(16)), link.room)
  const other = await deriveLinkKeys(new Secret(randomBytes(16)), link.room)
  const shelf = await sealShelf(keys.shelf, signed)
  expect(isRefusal(await openShelf(keys.shelf, shelf, link))).toBe(false)
  expect(await openShelf(other.shelf, shelf, link)).toEqual({ refused: "shelf-unreadable" })
  expect(await openShelf(keys.shelf, shelf, { ...link, room: id() })).toEqual({ refused: "shelf-unreadable" })
})

async function somebody(): Promise<{ bundle: Bundle; place: { room: string; call: string } }> {
  const place = { room: id(), call: id() }
  const device = good(await deviceKey(memoryKeyShelf(), place.room))
  const about = { member: id(), name: "Ada Lovelace", expiry: now + bundleLifetimeMs }
  return { place, bundle: await makeBundle({ device, leaf: leafKey() }, place, about) }
}

test("D10.2: a certificate holds for one leaf key, name, member, call and room, until it expires", async () => {
  const { bundle, place } = await somebody()
  expect(await verifyBundle(bundle, place, now)).toBe(bundle)
  const changes: Partial<Bundle>[] = [
    { name: "Eve" },
    { member: id() },
    { leafKey: randomBytes(32) },
    { expiry: bundle.expiry - 1 },
    { devicePublicKey: randomBytes(32) },
    { signature: randomBytes(64) },
    { endorsement: randomBytes(64) },
  ]
  for (const change of changes) expect(await verifyBundle({ ...bundle, ...change }, place, now)).toEqual({ refused: "bundle-forged" })
  expect(await verifyBundle(bundle, { ...place, call: id() }, now)).toEqual({ refused: "bundle-forged" })
  expect(await verifyBundle(bundle, { ...place, room: id() }, now)).toEqual({ refused: "bundle-forged" })
  expect(await verifyBundle(bundle, place, bundle.expiry)).toEqual({ refused: "bundle-expired" })
  expect(await verifyBundle(bundle, place, now - 2 * 60 * 60 * 1000)).toEqual({ refused: "bundle-too-long-lived" })
})

test("A1.12: a signature of any other length is refused", async () => {
  const key = good(await deviceKey(memoryKeyShelf(), id()))
  const message = utf8("hello")
  const signature = await key.sign(message)
  expect(await isSignedBy(key.publicKey, signature, message)).toBe(true)
  for (let n = 0; n < 64; n++) expect(await isSignedBy(key.publicKey, signature.subarray(0, n), message)).toBe(false)
  expect(await isSignedBy(key.publicKey, joined(signature, Uint8Array.of(0)), message)).toBe(false)
  for (const n of [0, 31, 33]) expect(await isSignedBy(new Uint8Array(n), signature, message)).toBe(false)
})

test("D17.11: a knock opens in its place, for its KeyPackage, within two minutes", async () => {
  const { bundle, place } = await somebody()
  const keys = await deriveLinkKeys(new Secret(randomBytes(16)), place.room)
  const binding = { ...place, member: bundle.member, keyPackage: randomBytes(900) }
  const sealed = await sealKnock(keys.knock, binding, { bundle }, now)
  expect(await openKnock(keys.knock, binding, sealed, now)).toEqual({ bundle })
  for (const time of [now + knockWindowMs, now - knockWindowMs])
    expect(isRefusal(await openKnock(keys.knock, binding, sealed, time))).toBe(false)
  for (const time of [now + knockWindowMs + 1, now - knockWindowMs - 1])
    expect(await openKnock(keys.knock, binding, sealed, time)).toEqual({ refused: "knock-out-of-time" })
  for (const change of [{ room: id() }, { call: id() }, { member: id() }, { keyPackage: randomBytes(900) }])
    expect(await openKnock(keys.knock, { ...binding, ...change }, sealed, now)).toEqual({ refused: "knock-unreadable" })
})

test("D19.5, D19.11: a knock opens whose proof strikes out up to three devices, and none with more", async () => {
  const { bundle, place } = await somebody()
  const keys = await deriveLinkKeys(new Secret(randomBytes(16)), place.room)
  const binding = { ...place, member: bundle.member, keyPackage: randomBytes(900) }
  const opened = async (revocations: number) => {
    const token = `a.b.c~key~binding${`~${"R".repeat(139)}`.repeat(revocations)}`
    const read = await openKnock(keys.knock, binding, await sealKnock(keys.knock, binding, { bundle: { ...bundle, token } }, now), now)
    return isRefusal(read) ? read.refused : read.bundle.token === token
  }
  for (const revocations of [0, 1, 2, 3]) expect(await opened(revocations)).toBe(true)
  expect(await opened(4)).toBe("knock-malformed")
})

test("A1.12: a knock with any cut or longer tag is refused", async () => {
  const { bundle, place } = await somebody()
  const keys = await deriveLinkKeys(new Secret(randomBytes(16)), place.room)
  const binding = { ...place, member: bundle.member, keyPackage: randomBytes(900) }
  const sealed = await sealKnock(keys.knock, binding, { bundle }, now)
  for (let n = 0; n <= 17; n++)
    expect(await openKnock(keys.knock, binding, sealed.subarray(0, sealed.length - 1 - n), now)).toEqual({ refused: "knock-unreadable" })
  expect(await openKnock(keys.knock, binding, joined(sealed, Uint8Array.of(0)), now)).toEqual({ refused: "knock-unreadable" })
  expect(await openKnock(keys.knock, binding, new Uint8Array(), now)).toEqual({ refused: "knock-unreadable" })
})

test("D2.2: a secret prints as nothing, in every way there is to print", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const secret = new Secret(Uint8Array.from(bytes))
      const texts = [
        String(secret),
        JSON.stringify({ secret }),
        inspect(secret),
        `${secret}`,
        inspect({ secret }, { depth: 9, showHidden: true }),
      ]
      for (const text of texts) expect(text).toMatch(/^[^0-9]*\[secret\][^0-9]*$/)
    }),
    { numRuns: 50 },
  )
  const secret = new Secret(randomBytes(16))
  secret.wipe()
  expect(() => secret.expose()).toThrow("bug: secret used after wipe")
})
