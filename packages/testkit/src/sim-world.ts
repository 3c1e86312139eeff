/** A room, its server and the people who come and go, on a simulated network in simulated time. */

import type { Input, Output } from "@conclave/call"
import type { Input as ServerInput, Output as ServerOutput } from "@conclave/delivery"
import { idFrom, type MemberId, type RoomId } from "@conclave/wire"
import { chance, type Chance } from "./chance.ts"
import { ModelEngine, type ModelEpoch, type ModelLife, type ModelLink } from "./model-engine.ts"
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
  /** Another engine than the model; each call is a page load of that person. */
  readonly engine?: (name: string, time: Timeline) => SimEngine
  readonly engineTime?: number
  readonly witness?: (member: SimMember, input: Input, outputs: readonly Output[]) => void
  readonly witnessServer?: (input: ServerInput, outputs: readonly ServerOutput[]) => void
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
  /** What tests of attacks reach for: who is sent to another server, and whose share somebody spoils in its commits. */
  readonly evil: { readonly routes: Map<string, SimServer>; readonly spoils: Map<string, readonly MemberId[]> }
}

/** A world in which nothing has happened yet. */
export function simWorld(parts: WorldParts): World {
  const root = chance(parts.seed)
  const time = timeline()
  const room = idFrom<RoomId>(root.bytes(16))
  const access = root.bytes(32)
  const boxes = vault(root.fork())
  const link: ModelLink = { knock: secretFrom("knock", String(parts.seed)), psk: secretFrom("psk", String(parts.seed)) }
  const epochs: ModelEpoch[] = []
  const lives = new Set<ModelLife>()
  const reached = (epoch: ModelEpoch, life: ModelLife): void => {
    epochs.push(epoch)
    lives.add(life)
  }
  const { weather, isThorough } = parts
  const server = new SimServer({ time, chance: root.fork(), room, access, ...(parts.witnessServer && { witness: parts.witnessServer }) })
  const network = { time, chance: root.fork(), weather, isPrinted: isThorough }
  const evil: World["evil"] = { routes: new Map(), spoils: new Map() }
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
    const device = digest(`device of ${name}`)
    const engine = () =>
      parts.engine?.(name, time) ??
      new ModelEngine({
        link,
        vault: boxes,
        chance: own,
        name,
        device,
        now: () => time.now,
        reached,
        spoils: () => evil.spoils.get(name) ?? [],
      })
    const made = new SimMember({
      name,
      time,
      chance: own,
      room,
      access,
      engine,
      dial: dialFor(name),
      engineTime: parts.engineTime ?? 6,
      ...(parts.witness && { witness: parts.witness }),
    })
    made.keepsTrace = isThorough
    return made
  }
  const members = Array.from({ length: parts.people }, (_, i) => member(names[i] ?? `guest ${String(i)}`))
  return { seed: parts.seed, time, chance: root.fork(), weather, server, members, vault: boxes, link, epochs, lives, evil }
}
