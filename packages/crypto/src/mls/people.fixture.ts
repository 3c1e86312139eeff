/** Ada, Ben, Cleo and Eve with the real engine, in one room: for the tests of this folder. */

import { readFile } from "node:fs/promises"
import { loadEngine } from "@conclave/mls-engine"
import { toBase64url } from "../base64url.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { randomBytes } from "../platform.ts"
import { owned } from "../bytes.ts"
import { bundleLifetimeMs, makeBundle, type Bundle, type LeafKey } from "../room/bundle.ts"
import { deviceKey } from "../room/device-key.ts"
import { sealKnock } from "../room/knock.ts"
import type { HandedKind } from "../room/kind.ts"
import { deriveLinkKeys, idBytes, type LinkKeys } from "../room/link-keys.ts"
import { parseFragment } from "../room/link.ts"
import { furnishRoom, makeRoom } from "../room/make-room.ts"
import { readOpening, transportKey } from "../room/opening.ts"
import type { Policy } from "../room/policy.ts"
import { signFirst, type SignedPolicy } from "../room/policy-chain.ts"
import { hashOfRoomKey, roomKey } from "../room/room-key.ts"
import { openShelf } from "../room/shelf.ts"
import { memoryKeyShelf, type KeyShelf, type SigningKey } from "../room/signing-key.ts"
import type { Change, GroupFact, GroupOrder } from "./engine-port.ts"
import { groupKeeper, type GroupKeeper } from "./keeper.ts"
import type { KeyNews } from "./media-key.ts"
import { pskIdOf, type KeeperParts } from "./membership.ts"
import { sealNote, type Note } from "./note.ts"
import type { CommitMade, CommitRequest, RawEngine, RawMember } from "./raw-engine.ts"
import type { RoomSeal } from "./room-seal.ts"

export const realEngine: RawEngine = await loadEngine(await readFile(new URL(import.meta.resolve("@conclave/mls-engine/engine.wasm"))))

export const id = (): string => toBase64url(randomBytes(16))

/** What was asked for; a refusal fails the test. */
export function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

/** A room and what everybody with its link knows. */
export interface House {
  readonly room: string
  readonly seal: RoomSeal
  readonly keyHash: Uint8Array
  readonly keys: LinkKeys
  readonly policy: SignedPolicy
  readonly roomKey: SigningKey
  /** Of the device that made the room: whoever is on it is host. */
  readonly shelf: KeyShelf
}

/** A room. Its rules are as `makeRoom` makes them, but for `rules`. */
export async function house(rules: Partial<Policy> = {}): Promise<House> {
  const shelf = memoryKeyShelf()
  const made = good(await makeRoom(shelf))
  const link = parseFragment(made.fragment)
  if (link === undefined) throw new Error("no link")
  const keys = await deriveLinkKeys(link.secret, made.room)
  const first = good(await openShelf(keys.shelf, made.shelf, { kind: "link", room: made.room, keyHash: link.keyHash }))
  const key = good(await roomKey(shelf, made.room))
  const policy = await signFirst(key, { ...first.policy, ...rules })
  return { room: made.room, seal: { kind: "link" }, keyHash: link.keyHash, keys, policy, roomKey: key, shelf }
}

/** A room that its server opens, and what the server has of it. */
export interface OpenHouse extends House {
  /** 16 bytes. */
  readonly opening: Uint8Array<ArrayBuffer>
}

/** The same for a room of another kind. Its rules are as `furnishRoom` makes them, but for `rules`. */
export async function openHouse(kind: HandedKind, rules: Partial<Policy> = {}): Promise<OpenHouse> {
  const shelf = memoryKeyShelf()
  const { room, opening, key, shelf: box } = good(await furnishRoom(shelf, kind))
  const keyHash = await hashOfRoomKey(key)
  const read = readOpening({ opening, keyHash: toBase64url(keyHash) })
  if (read === undefined) throw new Error("no opening")
  const server = { issuer: serverOrigin, clientId: room }
  const seal = kind === "identity" ? ({ kind, server } as const) : { kind, server, opening: await transportKey(read) }
  const keys = await deriveLinkKeys(read.opening, room)
  const first = good(await openShelf(keys.shelf, box, { kind, room, keyHash }))
  const signer = good(await roomKey(shelf, room))
  const policy = await signFirst(signer, { ...first.policy, ...rules })
  return { room, seal, keyHash, keys, policy, roomKey: signer, shelf, opening: owned(read.opening.expose()) }
}

/** Who speaks for the accounts of open houses. Their opening is in `opening`, as the server has it. */
export const serverOrigin = "https://meet.example"

/** Somebody with a keeper. */
export interface Somebody {
  readonly keeper: GroupKeeper
  readonly news: KeyNews[]
  readonly bugs: unknown[]
  readonly shelf: KeyShelf
  readonly clock: { now: number }
  readonly device: SigningKey
  /** Performs an order and expects this fact. */
  ask<T extends GroupFact["type"]>(order: GroupOrder, type: T): Promise<Extract<GroupFact, { type: T }>>
}

export async function somebody(
  house: House,
  name: string,
  other: Partial<KeeperParts> & { readonly shelf?: KeyShelf } = {},
): Promise<Somebody> {
  const { shelf = memoryKeyShelf(), ...parts } = other
  const device = good(await deviceKey(shelf, house.room))
  const [news, bugs, clock]: [KeyNews[], unknown[], { now: number }] = [[], [], { now: Date.now() }]
  const keeper = groupKeeper(
    {
      engine: realEngine,
      ...{ room: house.room, seal: house.seal, keyHash: house.keyHash, keys: house.keys },
      policy: () => house.policy,
      device,
      name,
      now: () => clock.now,
      emitKeys: (one) => void news.push(one),
      ...parts,
    },
    (bug) => void bugs.push(bug),
  )
  return {
    keeper,
    news,
    bugs,
    shelf,
    clock,
    device,
    async ask(order, type) {
      const fact = await keeper.perform(order)
      if (fact.type !== type)
        throw new Error(`${order.do}: ${fact.type} ${"failure" in fact ? fact.failure : ""} in place of ${type} ${bugs.map(String).join()}`)
      return fact as never
    },
  }
}

/** Founds a call. */
export async function found(one: Somebody): Promise<string> {
  const call = id()
  await one.ask({ do: "found-group", call, member: id() }, "group-founded")
  return call
}

export type Knock = Extract<GroupFact, { type: "knock-made" }>

export const knock = (one: Somebody, call: string, member = id()): Promise<Knock> =>
  one.ask({ do: "make-knock", call, member }, "knock-made")

export const readOrder = ({ member, keyPackage, sealed }: Pick<Knock, "member" | "keyPackage" | "sealed">) =>
  ({ do: "read-knock", member, keyPackage, sealed }) as const

/** A commit's leaves to remove, as everybody sees them: gone by themselves. */
export const left = (...leaves: readonly number[]): Change["removes"] => leaves.map((leaf) => ({ leaf, why: "left" }))

/** An empty commit. */
export const heal = { do: "build-commit", change: { adds: [], removes: [] } } as const

/** `committer` commits, everybody in `others` follows, and sees gone who is said to have left. Gives the bundle. */
export async function commit(committer: Somebody, change: Partial<Change>, others: readonly Somebody[] = []) {
  const whole: Change = { adds: [], removes: [], ...change }
  const built = await committer.ask({ do: "build-commit", change: whole }, "commit-built")
  const merged = await committer.ask({ do: "merge-commit" }, "commit-merged")
  const gone = whole.removes.map(({ leaf }) => leaf)
  for (const other of others) await other.ask({ do: "process-commit", seq: 1, commit: built.bundle.commit, gone }, "commit-processed")
  return { ...built.bundle, ...merged }
}

/** Everybody tells everybody who it is, as machines do. */
export async function introduceAll(people: readonly Somebody[]): Promise<void> {
  for (const one of people) {
    const own = lastKey(one).own
    const { message } = await one.ask({ do: "seal-message", message: { kind: "introduce", leaves: [own] }, keep: true }, "message-sealed")
    for (const other of people) if (other !== one) await other.ask({ do: "open-message", message }, "message-opened")
    await one.ask({ do: "set-standing", former: [], blocked: [], isUsed: false }, "standing-set")
  }
}

/** Knock, Add and Welcome: `newcomers` are in afterwards. */
export async function admit(committer: Somebody, call: string, newcomers: readonly Somebody[], others: readonly Somebody[] = []) {
  const knocks: Knock[] = []
  for (const one of newcomers) {
    const made = await knock(one, call)
    await committer.ask(readOrder(made), "knock-read")
    knocks.push(made)
  }
  const bundle = await commit(committer, { adds: knocks.map((one) => one.member) }, others)
  for (const [i, one] of newcomers.entries()) {
    const parcel = bundle.welcomes.find(({ member }) => member === knocks[i]?.member)
    if (parcel === undefined || bundle.tree === undefined) throw new Error("no welcome")
    await one.ask({ do: "join-group", call, welcome: parcel.welcome, tree: bundle.tree }, "group-joined")
  }
  return bundle
}

/** Who is in a group by one's last epoch key. */
export const lastKey = (one: Somebody): Extract<KeyNews, { type: "epoch" }> => {
  const last = one.news.findLast((news) => news.type === "epoch")
  if (last?.type !== "epoch") throw new Error("no key yet")
  return last
}

/** Sixteen bytes derived from an epoch key: equal only under equal keys. */
export async function printOf(key: CryptoKey): Promise<string> {
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new Uint8Array() }, key, 128)
  return toBase64url(new Uint8Array(bits))
}

/** A member who drives the engine by hand, with the link's secrets and no manners. */
export interface Rogue {
  readonly raw: RawMember
  readonly member: string
  readonly keyPackage: Uint8Array
  readonly sealed: Uint8Array
  readonly bundle: Bundle
  readonly call: string
}

export async function rogueKnock(
  house: House,
  call: string,
  { member = id(), name = "Mallory", psk = house.keys.psk.expose(), shelf = memoryKeyShelf() } = {},
): Promise<Rogue> {
  const now = Date.now()
  const raw = new realEngine.Member(idBytes(member), Math.floor(now / 1000), 3600)
  raw.storePsk(pskIdOf(house.room, 1), psk)
  const keyPackage = raw.keyPackage()
  const device = good(await deviceKey(shelf, house.room))
  const bundle = await makeBundle(
    { device, leaf: leafOf(raw) },
    { room: house.room, call },
    { member, name, expiry: now + bundleLifetimeMs },
  )
  const sealed = await sealKnock(house.keys.knock, { room: house.room, call, member, keyPackage }, { bundle }, now)
  return { raw, member, keyPackage, sealed, bundle, call }
}

/** The leaf key of an engine driven by hand. */
export const leafOf = (raw: RawMember): LeafKey => ({
  publicKey: owned(raw.signatureKey()),
  endorse: (statement) => raw.endorse(statement),
})

/** A commit by hand, with a note that says what it should, or something else. */
export async function rogueCommit(rogue: Rogue, request: CommitRequest, note: Partial<Note> = {}): Promise<CommitMade> {
  const removes = (request.removes ?? []).map((leaf) => ({ leaf, why: "left" as const }))
  const place = { call: rogue.call, epoch: rogue.raw.epoch() }
  const authenticatedData = await sealNote(rogue.raw, place, { adds: [], removes, ...note })
  return rogue.raw.commit({ ...request, authenticatedData })
}

/** Lets a rogue in by the front door, so that it can do harm inside. */
export async function admitRogue(
  { house, committer, call, options = {} }: { house: House; committer: Somebody; call: string; options?: { shelf?: KeyShelf } },
  others: readonly Somebody[] = [],
): Promise<Rogue> {
  const rogue = await rogueKnock(house, call, options)
  await committer.ask(readOrder(rogue), "knock-read")
  const { welcomes, tree } = await commit(committer, { adds: [rogue.member] }, others)
  const [parcel] = welcomes
  if (parcel === undefined || tree === undefined) throw new Error("no welcome")
  rogue.raw.join(parcel.welcome, tree)
  rogue.raw.acceptJoin()
  return rogue
}
