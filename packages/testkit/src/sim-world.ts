/** A room, its server and the people who come and go, on a simulated network in simulated time. */

import type { Input, Output } from "@conclave/call"
import type { Input as ServerInput, Output as ServerOutput } from "@conclave/delivery"
import { idFrom, type MemberId, type RoomId } from "@conclave/wire"
import { chance, type Chance } from "./chance.ts"
import { ModelEngine } from "./model-engine.ts"
import type { ModelEpoch, ModelLife } from "./model-parts.ts"
import { linkFrom, linkOf, type ModelLink } from "./model-link.ts"
import { noPasswords } from "./model-password.ts"
import { firstPolicy, type ModelPolicy } from "./model-policy.ts"
import { shelfOf } from "./model-room.ts"
import { names } from "./people.ts"
import { SimMember, type SimEngine } from "./sim-member.ts"
import { wireBetween, type Weather, type Wire } from "./sim-network.ts"
import { SimServer } from "./sim-server.ts"
import { digest, secretFrom, vault, type Vault } from "./symbols.ts"
import { timeline, type Timeline } from "./timeline.ts"

export interface WorldParts {
  readonly seed: number
  readonly people: number
  readonly weather: Weather
  /** Prints and parses each envelope, keeps traces: slower, nearer to the truth. */
  readonly isThorough: boolean
  /** The room's rules at first; the first person made it and is its host. `deviceOf` says what stands in role lists. */
  readonly rules?: Partial<ModelPolicy>
  /** Another engine than the model, with the room it made. */
  readonly house?: SimHouse
  readonly engineTime?: number
  readonly witness?: (member: SimMember, input: Input, outputs: readonly Output[]) => void
  readonly witnessServer?: (input: ServerInput, outputs: readonly ServerOutput[]) => void
}

/** Where another engine than the model comes from. */
export interface SimHouse {
  /** A page load of this person, by this link. */
  readonly engine: (name: string, time: Timeline, link: ModelLink) => SimEngine
  readonly room: RoomId
  readonly link: ModelLink
  readonly linkOf: (text: string) => Promise<ModelLink>
  readonly shelf: Uint8Array<ArrayBuffer>
  /** What the simulation's zero is by its engines' clock, ms since 1970. */
  readonly zero: number
}

/** A host's or co-host's click at the door. `by` and `device` as the model's rules name them; `name` was let in. */
export interface Admission {
  readonly at: number
  readonly by: string
  readonly device: string
  readonly name: string
}

export interface World {
  readonly seed: number
  readonly time: Timeline
  readonly chance: Chance
  readonly weather: Weather
  readonly server: SimServer
  readonly members: readonly SimMember[]
  readonly vault: Vault
  readonly link: ModelLink
  /** Every epoch any model engine computed, and every life that did. */
  readonly epochs: readonly ModelEpoch[]
  readonly lives: ReadonlySet<ModelLife>
  /** Every time a person let somebody in. */
  readonly admissions: readonly Admission[]
  /** What tests of attacks reach for: who is sent to another server, and whose share somebody spoils in its commits. */
  readonly evil: {
    readonly routes: Map<string, SimServer>
    readonly spoils: Map<string, readonly MemberId[]>
    /** Names of people whose clients obey no rule. */
    readonly lawless: Set<string>
  }
}

/** What stands for somebody in the rules' role lists. */
export const deviceOf = (name: string): string => digest(`device of ${name}`)

/** A world in which nothing has happened yet. */
export function simWorld(parts: WorldParts): World {
  const root = chance(parts.seed)
  const time = timeline()
  const room = parts.house?.room ?? idFrom<RoomId>(root.bytes(16))
  const boxes = vault(root.fork())
  const link = parts.house?.link ?? linkFrom(secretFrom("link", String(parts.seed)), 1)
  const maker = deviceOf(names[0])
  const shelf = parts.house?.shelf ?? shelfOf(boxes, firstPolicy([maker], parts.rules), link)
  const epochs: ModelEpoch[] = []
  const lives = new Set<ModelLife>()
  const admissions: Admission[] = []
  const reached = (epoch: ModelEpoch, life: ModelLife): void => {
    epochs.push(epoch)
    lives.add(life)
  }
  const { weather, isThorough } = parts
  const server = new SimServer({
    time,
    chance: root.fork(),
    room,
    access: link.access,
    shelf,
    ...(parts.witnessServer && { witness: parts.witnessServer }),
  })
  const network = { time, chance: root.fork(), weather, isPrinted: isThorough }
  const evil: World["evil"] = { routes: new Map(), spoils: new Map(), lawless: new Set() }
  const dialFor =
    (name: string): ConstructorParameters<typeof SimMember>[0]["dial"] =>
    (end) => {
      const host = evil.routes.get(name) ?? server
      if (!host.isUp) return undefined
      const wire: Wire = wireBetween(network, end, { heard: (envelope) => host.heard(wire, envelope), closed: () => host.closed(wire) })
      host.connected(wire)
      return wire
    }
  const member = (name: string): SimMember => {
    const own = root.fork()
    const device = deviceOf(name)
    const passwords = noPasswords()
    const engine = (opened: ModelLink) =>
      parts.house?.engine(name, time, opened) ??
      new ModelEngine({
        room,
        link: opened,
        vault: boxes,
        chance: own,
        name,
        device,
        hasRoomKey: device === maker,
        passwords,
        now: () => time.now,
        reached,
        spoils: () => evil.spoils.get(name) ?? [],
        isLawless: () => evil.lawless.has(name),
      })
    const made = new SimMember({
      name,
      time,
      chance: own,
      room,
      link,
      linkOf: parts.house?.linkOf ?? linkOf,
      engine,
      changeRoom: (change) => (evil.routes.get(name) ?? server).changeRoom(change),
      dial: dialFor(name),
      engineTime: parts.engineTime ?? 6,
      admitted: (by, { device, name: who }) => void admissions.push({ at: time.now, by: deviceOf(by), device, name: who }),
      wallAhead: parts.house?.zero ?? 0,
      ...(parts.witness && { witness: parts.witness }),
    })
    made.keepsTrace = isThorough
    return made
  }
  const members = Array.from({ length: parts.people }, (_, i) => member(names[i] ?? `guest ${String(i)}`))
  return { seed: parts.seed, time, chance: root.fork(), weather, server, members, vault: boxes, link, epochs, lives, admissions, evil }
}
