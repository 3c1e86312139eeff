import { hkdfSync } from "node:crypto"
import { test, expect } from "vitest"
import { joined, owned, uint64, utf8 } from "../bytes.ts"
import { refusal } from "../refusal.ts"
import type { Identities } from "../room/identities.ts"
import type { HandedKind } from "../room/kind.ts"
import { idBytes } from "../room/link-keys.ts"
import { readOpening, transportKey } from "../room/opening.ts"
import { signFirst } from "../room/policy-chain.ts"
import { FrameOpener } from "../sframe/opener.ts"
import { FrameSealer } from "../sframe/sealer.ts"
import { KeyRing } from "../sframe/key-ring.ts"
import { importBaseKey } from "../sframe/keys.ts"
import {
  admit,
  admitRogue,
  commit,
  found,
  house,
  introduceAll,
  knock,
  lastKey,
  openHouse,
  printOf,
  readOrder,
  realEngine,
  rogueCommit,
  serverOrigin,
  somebody,
  type OpenHouse,
  type Somebody,
} from "./people.fixture.ts"
import { mediaKey } from "./media-key.ts"
import { toBase64url } from "../base64url.ts"

const login = { issuer: "https://login.example", clientId: "conclave" }

/** A word for somebody, in the form of a token. */
const wordOf = (name: string, issuer: string): string => `${name}.${toBase64url(utf8(issuer))}.-`

/** A checker that takes any such word, if its issuer is one to be asked about. */
const believing = (issuers: () => readonly { readonly issuer: string }[]): Identities => ({
  verify: (proof) => {
    const [name = "", from = ""] = proof.split(".")
    const issuer = Buffer.from(from, "base64url").toString()
    if (!issuers().some((one) => one.issuer === issuer)) return Promise.resolve(refusal("token-issuer"))
    return Promise.resolve({ issuer, subject: name, name: `${name} by word`, identityDevice: name, wish: "moderator" })
  },
})
const identities = believing

/** A host and Ben in a call of such a room. */
async function twoIn(home: OpenHouse): Promise<{ host: Somebody; ben: Somebody; call: string }> {
  const host = await somebody(home, "Hera", { shelf: home.shelf, identities })
  const ben = await somebody(home, "Ben", { identities })
  const call = await found(host)
  await admit(host, call, [ben])
  await introduceAll([host, ben])
  return { host, ben, call }
}

/** A frame of somebody, as the SFU has it. */
async function frameOf(one: Somebody): Promise<Uint8Array<ArrayBuffer>> {
  const ring = new KeyRing()
  ring.add({ ...lastKey(one), switch: "now" }, 0)
  const data = utf8("something said in confidence")
  const sealed = await new FrameSealer(ring, 0).seal({ track: 0, kind: "microphone", codec: "opus", data, now: 0 })
  if (sealed === undefined) throw new Error("no frame")
  return sealed.data
}

/** Whoever runs the server: has the opening, and sees call, epoch and leaves. Written a second time, in other words than ours. */
async function openedByServer(home: OpenHouse, { call, of }: { readonly call: string; readonly of: Somebody }): Promise<unknown> {
  const { epoch, leaves, own } = lastKey(of)
  const info = joined(utf8("Conclave 1 transport media"), idBytes(call), uint64(epoch))
  const key = await importBaseKey(new Uint8Array(hkdfSync("sha256", home.opening, idBytes(home.room), info, 16)))
  const ring = new KeyRing()
  ring.add({ epoch, key, own: own + 1000, leaves: [...leaves, own + 1000], removed: [], switch: "now" }, 0)
  const opened = await new FrameOpener(ring).open({ codec: "opus", data: await frameOf(of), now: 0 })
  return opened.kind === "opened" ? new TextDecoder().decode(opened.data) : opened.reason
}

test("D39.33: whoever has what the server hands out opens every frame of a transport-only room, in every epoch", async () => {
  const home = await openHouse("transport")
  const { host, ben, call } = await twoIn(home)
  for (const one of [host, ben]) expect(await openedByServer(home, { call, of: one })).toBe("something said in confidence")
  await commit(host, {}, [ben])
  expect(await openedByServer(home, { call, of: ben })).toBe("something said in confidence")
  expect(await printOf(lastKey(host).key)).toBe(await printOf(lastKey(ben).key))
})

test("D39.32: in a room sealed by identity what the server hands out opens no frame, and its members open them", async () => {
  const home = await openHouse("identity")
  const { host, ben, call } = await twoIn(home)
  for (const one of [host, ben]) expect(await openedByServer(home, { call, of: one })).toBe("authentication")
  expect(await printOf(lastKey(host).key)).toBe(await printOf(lastKey(ben).key))
})

test("D39.33: a transport-only room has other keys in every epoch, call and room", async () => {
  const [home, other] = [await openHouse("transport"), await openHouse("transport")]
  const raw = new realEngine.Member(idBytes(home.room), Math.floor(Date.now() / 1000), 3600)
  const places = [
    { room: home.room, call: home.room, epoch: 1 },
    { room: home.room, call: home.room, epoch: 2 },
    { room: home.room, call: other.room, epoch: 1 },
    { room: other.room, call: home.room, epoch: 1 },
  ]
  const prints = [...places.map((place) => mediaKey(raw, home.seal, place)), mediaKey(raw, other.seal, places[0] ?? fail())]
  expect(new Set(await Promise.all(prints.map(async (key) => printOf(await key)))).size).toBe(5)
})

test("D39.33: an opening that strays into a sealed room does not become its media key", async () => {
  const home = await openHouse("identity")
  const read = readOpening({ opening: toBase64url(home.opening), keyHash: toBase64url(home.keyHash) }) ?? fail()
  for (const seal of [
    { ...home.seal, opening: await transportKey(read) },
    { kind: "link", opening: await transportKey(read) },
  ] as const) {
    const policy = await signFirst(home.roomKey, { ...home.policy.policy, kind: seal.kind })
    const host = await somebody({ ...home, policy }, "Hera", { shelf: home.shelf, seal: seal as never })
    const call = await found(host)
    expect(await openedByServer(home, { call, of: host })).toBe("authentication")
  }
})

test("D39.31: nobody founds or enters a room of another kind than its path says", async () => {
  for (const [kind, other] of [
    ["identity", "transport"],
    ["transport", "identity"],
  ] as const) {
    const [home, { seal }] = [await openHouse(kind), await openHouse(other)]
    const host = await somebody(home, "Hera", { shelf: home.shelf })
    const call = await found(host)
    for (const wrong of [seal, { kind: "link" }] as const) {
      const eve = await somebody(home, "Eve", { seal: wrong })
      const made = await knock(eve, call)
      await host.ask(readOrder(made), "knock-read")
      const { welcomes, tree } = await commit(host, { adds: [made.member] })
      const order = { do: "join-group", call, welcome: welcomes[0]?.welcome ?? fail(), tree: tree ?? fail() } as const
      expect(await eve.ask(order, "order-failed")).toMatchObject({ failure: "refused" })
      expect(eve.news.filter(({ type }) => type === "epoch")).toEqual([])
    }
  }
})

test("D39.31: in a running group no policy changes the kind, even signed by the room's key", async () => {
  for (const kind of ["link", "identity", "transport"] as const) {
    const home = kind === "link" ? await house() : await openHouse(kind)
    const host = await somebody(home, "Hera", { shelf: home.shelf })
    const call = await found(host)
    const rogue = await admitRogue({ house: home, committer: host, call })
    for (const other of (["link", "identity", "transport"] as const).filter((one) => one !== kind)) {
      const next = await signFirst(home.roomKey, { ...home.policy.policy, version: 2, kind: other })
      const { commit: bytes } = await rogueCommit(rogue, { policy: next.bytes })
      expect(await host.ask({ do: "process-commit", seq: 1, commit: bytes, gone: [] }, "commit-refused")).toMatchObject({
        rule: "policy-forged",
      })
      rogue.raw.clearCommit()
    }
  }
})

test("D39.34: a room that its server opens has one opening for good: no policy brings another", async () => {
  for (const kind of ["identity", "transport"] satisfies HandedKind[]) {
    const { host } = await twoIn(await openHouse(kind))
    await host.ask({ do: "build-commit", change: { adds: [], removes: [], policy: { newSecret: true } } }, "order-failed")
  }
})

test("D39.36: the call of a room that its server opens begins with whoever furnished it, and nobody else", async () => {
  for (const kind of ["identity", "transport"] satisfies HandedKind[]) {
    const home = await openHouse(kind)
    expect(home.policy.policy).toMatchObject({ kind, waitingRoom: kind === "identity", joinBeforeHost: false })
    const ben = await somebody(home, "Ben")
    expect(await ben.ask({ do: "found-group", call: home.room, member: home.room }, "order-failed")).toMatchObject({
      failure: "host-needed",
    })
    await found(await somebody(home, "Hera", { shelf: home.shelf }))
  }
})

/** What a host reads of somebody who shows this. */
async function seen(home: OpenHouse, token: string): Promise<unknown> {
  const host = await somebody(home, "Hera", { shelf: home.shelf, identities })
  const made = await knock(await somebody(home, "Cleo", { identities, token }), await found(host))
  return (await host.ask(readOrder(made), "knock-read")).person
}

test("D39.37: the server vouches for an account, under the name that it gives, where no policy names it", async () => {
  for (const kind of ["identity", "transport"] satisfies HandedKind[]) {
    const home = await openHouse(kind)
    const named = await openHouse(kind, { issuers: [login] })
    const token = wordOf("cleo", serverOrigin)
    for (const one of [home, named])
      expect(await seen(one, token)).toMatchObject({ name: "cleo by word", level: "account", issuer: serverOrigin, subject: "cleo" })
    expect(await seen(named, wordOf("cleo", login.issuer))).toMatchObject({ level: "organisation", issuer: login.issuer })
    expect(await seen(home, wordOf("cleo", login.issuer))).toMatchObject({ name: "Cleo", level: "guest" })
  }
})

test("D39.44: a wish for a role is heard of the server alone", async () => {
  const home = await openHouse("identity", { issuers: [login] })
  expect(await seen(home, wordOf("cleo", serverOrigin))).toMatchObject({ level: "account", wish: "moderator" })
  expect(await seen(home, wordOf("cleo", login.issuer))).not.toHaveProperty("wish")
})

test("D39.37: a policy that names the server as a provider makes its accounts no organisation's", async () => {
  const home = await openHouse("identity", { issuers: [{ issuer: serverOrigin, clientId: "anything" }] })
  expect(await seen(home, wordOf("cleo", serverOrigin))).toMatchObject({ level: "account" })
})

test("D39.37: in a room sealed by link the server vouches for nobody", async () => {
  const home = await house()
  const host = await somebody(home, "Hera", { shelf: home.shelf, identities })
  const made = await knock(await somebody(home, "Cleo", { identities, token: wordOf("cleo", serverOrigin) }), await found(host))
  expect((await host.ask(readOrder(made), "knock-read")).person).toMatchObject({ name: "Cleo", level: "guest" })
})

test("D39.36: a member that is no host lets in whom the server vouches for, and the others take it; nobody else", async () => {
  const home = await openHouse("identity")
  const { host, ben, call } = await twoIn(home)
  const guest = await knock(await somebody(home, "Eve"), call)
  await ben.ask(readOrder(guest), "knock-read")
  await ben.ask({ do: "build-commit", change: { adds: [guest.member], removes: [] } }, "order-failed")
  const cleo = await knock(await somebody(home, "Cleo", { identities, token: wordOf("cleo", serverOrigin) }), call)
  await ben.ask(readOrder(cleo), "knock-read")
  const done = await commit(ben, { adds: [cleo.member] }, [host])
  expect(done.people).toMatchObject([{ name: "cleo by word", level: "account" }])
})

test("D39.30: what is no opening is not read as one", () => {
  const good = toBase64url(owned(new Uint8Array(16)))
  for (const bad of ["", good.slice(1), `${good}A`, good.replace(/.$/, "B"), "é".repeat(22)]) {
    expect(readOpening({ opening: bad, keyHash: good })).toBeUndefined()
    expect(readOpening({ opening: good, keyHash: bad })).toBeUndefined()
  }
  expect(readOpening({ opening: good, keyHash: good })?.keyHash).toHaveLength(16)
})

function fail(): never {
  throw new Error("the test expected something there")
}
