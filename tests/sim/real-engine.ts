/** The simulation on the real engine: the key worker's core with OpenMLS, one room and its link, a device per person. */

import type { GroupFact, GroupOrder } from "@conclave/call"
import { memoryPasswordShelf, passwordsOf } from "@conclave/crypto/password"
import { groupKeeper, type KeeperParts, type KeyNews } from "@conclave/crypto/mls"
import {
  deriveLinkKeys,
  deviceKey,
  hostName,
  isRefusal,
  makeRoom,
  memoryKeyShelf,
  openShelf,
  parseFragment,
  roomKeyHere,
  sealShelf,
  signFirst,
  type KeyShelf,
  type LinkKeys,
  type Policy,
  type Refusal,
  type SignedPolicy,
  type SigningKey,
} from "@conclave/crypto/room"
import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import type { ModelLink, SimEngine, SimHouse, Timeline } from "@conclave/testkit"
import type { RoomId } from "@conclave/wire"

/** The room, and what its people's key workers did. */
export interface RealHouse extends SimHouse {
  /** The newest key each person's frame worker was given; undefined after a wipe. */
  readonly newest: ReadonlyMap<string, Extract<KeyNews, { type: "epoch" }> | undefined>
  /** What went wrong inside keepers. None may. */
  readonly bugs: readonly unknown[]
}

function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

interface Opened {
  readonly link: ModelLink
  readonly keys: LinkKeys
}

/** What the page and its key worker make of a fragment. */
async function opened(fragment: string, room: string, version: number): Promise<Opened> {
  const link = parseFragment(fragment)
  if (link === undefined) throw new Error("bug: not a link")
  const keys = await deriveLinkKeys(link.secret, room)
  return { keys, link: { version, secret: fragment, knock: "", psk: "", access: new Uint8Array(keys.access) } }
}

/** A room's rules at first. Roles by the names of people. */
export type HouseRules = Partial<Omit<Policy, "hosts" | "coHosts">> & {
  readonly hosts?: readonly string[]
  readonly coHosts?: readonly string[]
}

/** A room with its link, made by the first of these people, and devices for all of them. */
export async function realHouse(names: readonly string[], rules: HouseRules = {}): Promise<RealHouse> {
  const engine = await loadEngineFromDisk()
  const shelves = new Map(names.map((name) => [name, memoryKeyShelf()]))
  const passwordShelves = new Map(names.map((name) => [name, memoryPasswordShelf()]))
  const shelfOf = (name: string | undefined): KeyShelf => shelves.get(name ?? "") ?? memoryKeyShelf()
  const made = good(await makeRoom(shelfOf(names[0])))
  const { room } = made
  const keyHash = parseFragment(made.fragment)?.keyHash
  const roomKey = await roomKeyHere(shelfOf(names[0]), room)
  if (keyHash === undefined || roomKey === undefined) throw new Error("bug: a room without a link or a key")
  const first = await opened(made.fragment, room, 1)
  const byFragment = new Map([[made.fragment, first]])
  const { policy } = good(await openShelf(first.keys.shelf, made.shelf, { kind: "link", room, keyHash }))
  const devices = new Map(await Promise.all(names.map(async (name) => [name, good(await deviceKey(shelfOf(name), room))] as const)))
  const keysOf = (people: readonly string[]): string[] =>
    people.flatMap((name) => (devices.has(name) ? [hostName((devices.get(name) as SigningKey).publicKey)] : []))
  const { hosts, coHosts = [], ...others } = rules
  const roles = { hosts: hosts === undefined ? policy.hosts : keysOf(hosts), coHosts: keysOf(coHosts) }
  const shelf = await sealShelf(first.keys.shelf, await signFirst(roomKey, { ...policy, ...others, ...roles }))
  const newest = new Map<string, Extract<KeyNews, { type: "epoch" }> | undefined>()
  const bugs: unknown[] = []
  // Certificates and key packages carry times: the simulation's zero is today.
  const zero = Date.now()
  const keeperOf = (name: string, time: Timeline, link: ModelLink): SimEngine => {
    const device = devices.get(name)
    const door = byFragment.get(link.secret)
    if (device === undefined || door === undefined) throw new Error("bug: nobody of that name, or no such link")
    let { keys } = door
    let shown: SignedPolicy | undefined
    let last: Promise<unknown> = Promise.resolve()
    const passwords = passwordsOf(passwordShelves.get(name) ?? memoryPasswordShelf(), room)
    const parts: KeeperParts = {
      ...{ engine, room, seal: { kind: "link" }, keyHash, keys, device, name, roomKey: name === names[0] ? roomKey : undefined },
      passwords,
      policy: () => shown,
      now: () => zero + time.now,
      emitKeys: (news) => void newest.set(name, news.type === "epoch" ? news : undefined),
      linkChanged: (changed) => {
        keys = changed
      },
    }
    const keeper = groupKeeper(parts, (bug) => void bugs.push(bug))
    return {
      shelf(bytes) {
        last = openShelf(keys.shelf, bytes, { kind: "link", room, keyHash }).then((read) => {
          if (!isRefusal(read) && read.policy.version >= (shown?.policy.version ?? 0)) shown = read
        })
      },
      password(text, of) {
        if (of === "door") passwords.type(text)
        else passwords.choose(text)
      },
      async perform(order: GroupOrder) {
        await last
        // The keeper's ids are the same texts without brands; this is the one place where they meet.
        return (await keeper.perform(order)) as GroupFact
      },
    }
  }
  const linkOf = async (fragment: string): Promise<ModelLink> => {
    const known = byFragment.get(fragment) ?? (await opened(fragment, room, byFragment.size + 1))
    byFragment.set(fragment, known)
    return known.link
  }
  return { engine: keeperOf, room: room as RoomId, link: first.link, linkOf, shelf, zero, newest, bugs }
}
