/** Ada, Ben, Cleo and Eve with the real engine, in one room: for the tests of this folder. */

import { readFile } from "node:fs/promises"
import { loadEngine } from "@conclave/mls-engine"
import { toBase64url } from "../base64url.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { randomBytes } from "../platform.ts"
import { bundleLifetimeMs, makeBundle } from "../room/bundle.ts"
import { deviceKey } from "../room/device-key.ts"
import { sealKnock } from "../room/knock.ts"
import { deriveLinkKeys, idBytes, type LinkKeys } from "../room/link-keys.ts"
import { parseFragment } from "../room/link.ts"
import { makeRoom } from "../room/make-room.ts"
import { openShelf, type SignedPolicy } from "../room/policy.ts"
import { roomKey } from "../room/room-key.ts"
import { memoryKeyShelf, type KeyShelf, type SigningKey } from "../room/signing-key.ts"
import type { GroupFact, GroupOrder } from "./engine-port.ts"
import { groupKeeper, type GroupKeeper } from "./keeper.ts"
import type { KeyNews } from "./media-key.ts"
import { pskIdOf, type KeeperParts } from "./membership.ts"
import type { RawEngine, RawMember } from "./raw-engine.ts"

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
  readonly keyHash: Uint8Array
  readonly keys: LinkKeys
  readonly policy: SignedPolicy
  readonly roomKey: SigningKey
}

export async function house(): Promise<House> {
  const shelf = memoryKeyShelf()
  const made = good(await makeRoom(shelf))
  const link = parseFragment(made.fragment)
  if (link === undefined) throw new Error("no link")
  const keys = await deriveLinkKeys(link.secret, made.room)
  const policy = good(await openShelf(keys.shelf, made.shelf, { room: made.room, keyHash: link.keyHash }))
  return { room: made.room, keyHash: link.keyHash, keys, policy, roomKey: good(await roomKey(shelf, made.room)) }
}

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
      ...house,
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

/** `committer` commits, everybody in `others` follows. Gives the bundle. */
export async function commit(
  committer: Somebody,
  change: { adds?: readonly string[]; removes?: readonly number[] },
  others: readonly Somebody[] = [],
) {
  const built = await committer.ask(
    { do: "build-commit", change: { adds: change.adds ?? [], removes: change.removes ?? [] } },
    "commit-built",
  )
  const merged = await committer.ask({ do: "merge-commit" }, "commit-merged")
  for (const other of others) await other.ask({ do: "process-commit", seq: 1, commit: built.bundle.commit }, "commit-processed")
  return { ...built.bundle, group: merged.group, removed: merged.removed }
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
}

export async function rogueKnock(
  house: House,
  call: string,
  { member = id(), name = "Mallory", psk = house.keys.psk.expose() } = {},
): Promise<Rogue> {
  const now = Date.now()
  const raw = new realEngine.Member(idBytes(member), Math.floor(now / 1000), 3600)
  raw.storePsk(pskIdOf(house.room), psk)
  const keyPackage = raw.keyPackage()
  const device = good(await deviceKey(memoryKeyShelf(), house.room))
  const leafKey = new Uint8Array(raw.signatureKey())
  const bundle = await makeBundle(device, { room: house.room, call }, { member, name, leafKey, expiry: now + bundleLifetimeMs })
  const sealed = await sealKnock(house.keys.knock, { room: house.room, call, member, keyPackage }, bundle, now)
  return { raw, member, keyPackage, sealed }
}

/** Lets a rogue in by the front door, so that it can do harm inside. */
export async function admitRogue(house: House, committer: Somebody, call: string, others: readonly Somebody[] = []): Promise<Rogue> {
  const rogue = await rogueKnock(house, call)
  await committer.ask(readOrder(rogue), "knock-read")
  const { welcomes, tree } = await commit(committer, { adds: [rogue.member] }, others)
  const [parcel] = welcomes
  if (parcel === undefined || tree === undefined) throw new Error("no welcome")
  rogue.raw.join(parcel.welcome, tree)
  rogue.raw.acceptJoin()
  return rogue
}
