/** A room on a real server, its link, and the devices of those who have the link. */

import type { KeeperParts } from "@conclave/crypto/mls"
import {
  deriveLinkKeys,
  deviceKey,
  hostName,
  isRefusal,
  makeRoom,
  makeRoomChange,
  memoryKeyShelf,
  openShelf,
  parseFragment,
  roomKeyHere,
  signFirst,
  type NewRoomMade,
  type Refusal,
  type SigningKey,
} from "@conclave/crypto/room"
import type { RoomChange } from "@conclave/call"
import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import { paths, printBody } from "@conclave/wire"
import { OneByOne } from "./one-by-one.ts"

export interface RealRoom {
  readonly origin: string
  readonly id: string
  /** The link's proof to the server. */
  readonly access: Uint8Array
  /** What the keeper of this person is given; a name always has the same device. */
  partsOf(name: string): KeeperParts
  /** Engines of one crowd take turns. */
  readonly turns: OneByOne
  /** What went wrong inside keepers. None may. */
  readonly bugs: readonly unknown[]
  /** Tells the server of new rules (D3.10). */
  change(change: RoomChange): Promise<void>
  readonly reportBug: (bug: unknown) => void
}

function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

/** What the server is told of a new room. */
export type NewRoom = Pick<NewRoomMade, "room" | "accessHash" | "shelf" | "key">

export interface RealRoomWishes {
  /** So many of the first people are hosts. */
  readonly hosts?: number
  /** Tells the server; as a page does unless said otherwise. */
  readonly register?: (made: NewRoom) => Promise<void>
}

/** Makes a room and devices for these people. The first made the room. */
export async function realRoom(origin: string, names: readonly string[], wishes: RealRoomWishes = {}): Promise<RealRoom> {
  const { hosts = 1, register = (made) => registerAt(origin, made) } = wishes
  const engine = await loadEngineFromDisk()
  const makers = memoryKeyShelf()
  const made = good(await makeRoom(makers))
  const { room, accessHash, key, fragment } = made
  const link = parseFragment(fragment)
  if (link === undefined) throw new Error("bug: a room without a link")
  const keys = await deriveLinkKeys(link.secret, room)
  const roomKey = await roomKeyHere(makers, room)
  if (roomKey === undefined) throw new Error("bug: whoever makes a room has its key")
  const devices = new Map<string, SigningKey>()
  for (const name of names) devices.set(name, good(await deviceKey(devices.size === 0 ? makers : memoryKeyShelf(), room)))
  const first = good(await openShelf(keys.shelf, made.shelf, { kind: "link", room, keyHash: link.keyHash }))
  const hostNames = [...devices.values()].slice(0, hosts).map(({ publicKey }) => hostName(publicKey))
  await register({ room, accessHash, shelf: made.shelf, key })
  const policy = hosts === 1 ? first : await signFirst(roomKey, { ...first.policy, version: 2, hosts: hostNames })
  const bugs: unknown[] = []
  const change = async ({ room: of, ...body }: RoomChange): Promise<void> => {
    const headers = { "content-type": "application/json" }
    const { status } = await fetch(origin + paths.room(of), { method: "PATCH", body: printBody(body), headers })
    // Every signer tells of the same version; and a host who plays with switches is slowed down (D3.10).
    if (status !== 204 && status !== 409 && status !== 429) bugs.push(`changing the room gave ${String(status)}`)
  }
  const [host] = devices.values()
  if (hosts > 1 && host !== undefined) await change((await makeRoomChange(policy, keys, { roomKey, device: host })) as RoomChange)
  return {
    origin,
    id: room,
    access: keys.access,
    turns: new OneByOne(),
    bugs,
    reportBug: (bug) => void bugs.push(bug),
    change,
    partsOf(name) {
      const device = devices.get(name)
      if (device === undefined) throw new Error("bug: nobody of that name")
      const rest = { now: () => Date.now(), emitKeys: () => undefined }
      const own = { device, name, roomKey: name === names[0] ? roomKey : undefined }
      return { engine, room, seal: { kind: "link" }, keyHash: link.keyHash, keys, policy: () => policy, ...own, ...rest }
    },
  }
}

async function registerAt(origin: string, room: NewRoom): Promise<void> {
  const response = await fetch(origin + paths.rooms, {
    method: "POST",
    body: printBody(room),
    headers: { "content-type": "application/json" },
  })
  if (response.status !== 201) throw new Error(`making a room gave ${String(response.status)}`)
}
