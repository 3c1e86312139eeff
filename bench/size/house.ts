/** One room with its server, on a clock that stands still while anybody works. Live members are driven one after the other. */

import { groupKeeper, type GroupKeeper, type KeeperParts } from "@conclave/crypto/mls"
import {
  deriveLinkKeys,
  deviceKey,
  isRefusal,
  makeRoom,
  memoryKeyShelf,
  openShelf,
  parseFragment,
  type KeyShelf,
  type Refusal,
} from "@conclave/crypto/room"
import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import { chance, SimServer, timeline, type Wire } from "@conclave/testkit"
import {
  idFrom,
  printEnvelope,
  protocolVersion,
  type CallId,
  type MemberEnvelope,
  type MemberId,
  type RoomId,
  type ServerEnvelope,
} from "@conclave/wire"
import { LiveMember } from "./live.ts"

export interface House {
  /** Live members, in the order of coming. */
  readonly live: LiveMember[]
  /** Somebody comes in who will be driven. */
  enter(): Promise<LiveMember>
  /** So many knock at once, are added, and do nothing any more: valid leaves. Gives what was sent to one of them. */
  passengers(count: number): Promise<Sent>
  /** It goes on as a leaf only. */
  retire(member: LiveMember): Promise<void>
  /** Everybody works, one after the other, until nothing is left to do. */
  settle(): Promise<void>
  readonly bugs: readonly unknown[]
}

/** Bytes that a newcomer is sent so as to get in. */
export interface Sent {
  readonly welcome: number
  readonly tree: number
}

function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

/** Simulated ms without anything to do after which all is quiet: longer than the server gathers knocks. */
const quiet = 250

export async function openHouse(): Promise<House> {
  const engine = await loadEngineFromDisk()
  const makers = memoryKeyShelf()
  const made = good(await makeRoom(makers))
  const link = parseFragment(made.fragment)
  if (link === undefined) throw new Error("bug: a room without a link")
  const keys = await deriveLinkKeys(link.secret, made.room)
  const policy = good(await openShelf(keys.shelf, made.shelf, { kind: "link", room: made.room, keyHash: link.keyHash }))
  const room = made.room as RoomId
  const time = timeline()
  const zero = Date.now()
  const server = new SimServer({ time, chance: chance(1), room, access: keys.access, shelf: made.shelf })
  const bugs: unknown[] = []
  const live: LiveMember[] = []
  let dialled = 0

  const keeperOf = async (name: string, shelf: KeyShelf): Promise<GroupKeeper> => {
    const device = good(await deviceKey(shelf, room))
    const rest = { now: () => zero + time.now, emitKeys: () => undefined }
    const parts: KeeperParts = {
      engine,
      room,
      seal: { kind: "link" },
      keyHash: link.keyHash,
      keys,
      device,
      policy: () => policy,
      name,
      ...rest,
    }
    return groupKeeper(parts, (bug) => void bugs.push(bug))
  }

  // One envelope goes to many: it is printed once, as the server does.
  const printed = new WeakMap<object, string>()
  const textOf = (envelope: ServerEnvelope): string => {
    const known = printed.get(envelope) ?? printEnvelope(envelope)
    printed.set(envelope, known)
    return known
  }

  const dial = (hear: (text: string) => void): Wire => wireTo((envelope) => hear(textOf(envelope)))
  const wireTo = (hear: (envelope: ServerEnvelope) => void): Wire => {
    const wire: Wire = {
      id: `wire ${String(++dialled)}`,
      toServer: (envelope) => server.heard(wire, envelope),
      toMember: hear,
      close: () => server.closed(wire),
      drop: () => server.closed(wire),
    }
    server.connected(wire)
    return wire
  }

  const settle = async (): Promise<void> => {
    for (const member of live) member.hearAll()
    for (let still = 0; still < quiet; still += 5) {
      await time.advance(time.now + 5)
      for (const member of live) if (await member.work()) still = 0
    }
  }

  return {
    live,
    bugs,
    settle,
    async enter() {
      const keeper = await keeperOf(`live ${String(live.length + 1)}`, live.length === 0 ? makers : memoryKeyShelf())
      const member = new LiveMember(keeper, { now: () => time.now, dial, room, access: keys.access })
      live.push(member)
      member.join()
      await settle()
      if (member.seat === undefined) throw new Error(`bug: a live member is ${member.session.stage.phase}`)
      return member
    },
    async retire(member) {
      live.splice(live.indexOf(member), 1)
      await member.sleep()
    },
    async passengers(count) {
      const call = live[0]?.seat?.call
      if (call === undefined) throw new Error("bug: no call is on")
      const sent: { welcome: number; tree: number }[] = []
      const wires: Wire[] = []
      for (let n = 0; n < count; n++) {
        const keeper = await keeperOf(`passenger ${String(++dialled)}`, memoryKeyShelf())
        const wire = wireTo((envelope) => {
          if (envelope.type === "welcome") sent.push({ welcome: envelope.welcome.length, tree: envelope.tree.length })
        })
        wires.push(wire)
        await knock({ wire, keeper, room, call, access: keys.access })
      }
      await settle()
      if (sent.length !== count) throw new Error(`bug: ${String(sent.length)} of ${String(count)} were added`)
      for (const wire of wires) wire.close("member")
      return sent[0] ?? { welcome: 0, tree: 0 }
    },
  }
}

/** The keeper is wiped once the knock is made: nobody will ever use this leaf. */
async function knock(at: { wire: Wire; keeper: GroupKeeper; room: RoomId; call: CallId; access: Uint8Array }): Promise<void> {
  const { wire, keeper, room, call } = at
  const member = idFrom<MemberId>(crypto.getRandomValues(new Uint8Array(16)))
  const fact = await keeper.perform({ do: "make-knock", call, member })
  if (fact.type !== "knock-made") throw new Error(`bug: ${fact.type}`)
  const [keyPackage, sealed] = [new Uint8Array(fact.keyPackage), new Uint8Array(fact.sealed)]
  const hello: MemberEnvelope = { type: "hello", version: protocolVersion, room, access: new Uint8Array(at.access) }
  wire.toServer(hello)
  wire.toServer({ type: "knock", call, member, keyPackage, sealed })
  await keeper.perform({ do: "wipe-group" })
}
