/** The simulation on the real engine: the key worker's core with OpenMLS, one room and its link, a device per person. */

import type { GroupFact, GroupOrder } from "@conclave/call"
import { groupKeeper, type KeeperParts, type KeyNews } from "@conclave/crypto/mls"
import {
  deriveLinkKeys,
  deviceKey,
  isRefusal,
  makeRoom,
  memoryKeyShelf,
  openShelf,
  parseFragment,
  type Refusal,
} from "@conclave/crypto/room"
import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import type { SimEngine, Timeline } from "@conclave/testkit"

export interface RealHouse {
  /** A page load of this person. */
  readonly engine: (name: string, time: Timeline) => SimEngine
  /** The newest key each person's frame worker was given; undefined after a wipe. */
  readonly newest: ReadonlyMap<string, Extract<KeyNews, { type: "epoch" }> | undefined>
  /** What went wrong inside keepers. None may. */
  readonly bugs: readonly unknown[]
}

function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

/** A room with its link, and devices for these people. */
export async function realHouse(names: readonly string[]): Promise<RealHouse> {
  const engine = await loadEngineFromDisk()
  const made = good(await makeRoom(memoryKeyShelf()))
  const link = parseFragment(made.fragment)
  if (link === undefined) throw new Error("bug: a room without a link")
  const keys = await deriveLinkKeys(link.secret, made.room)
  const policy = good(await openShelf(keys.shelf, made.shelf, { room: made.room, keyHash: link.keyHash }))
  const devices = new Map(await Promise.all(names.map(async (name) => [name, good(await deviceKey(memoryKeyShelf(), made.room))] as const)))
  const newest = new Map<string, Extract<KeyNews, { type: "epoch" }> | undefined>()
  const bugs: unknown[] = []
  // Certificates and key packages carry times: the simulation's zero is today.
  const zero = Date.now()
  const keeperOf = (name: string, time: Timeline): SimEngine => {
    const device = devices.get(name)
    if (device === undefined) throw new Error("bug: nobody of that name")
    const emitKeys = (news: KeyNews): void => void newest.set(name, news.type === "epoch" ? news : undefined)
    const parts: KeeperParts = {
      engine,
      room: made.room,
      keyHash: link.keyHash,
      keys,
      device,
      policy: () => policy,
      name,
      now: () => zero + time.now,
      emitKeys,
    }
    const keeper = groupKeeper(parts, (bug) => void bugs.push(bug))
    // The keeper's ids are the same texts without brands; this is the one place where they meet.
    return { perform: (order: GroupOrder) => keeper.perform(order) as Promise<GroupFact> }
  }
  return { engine: keeperOf, newest, bugs }
}
