/**
 * A delivery service that lies, in front of an honest one: it drops, delays, reorders, repeats and swaps what it should
 * pass on, says what nobody said, and parts the people into two histories. Lies are tried in the order they were told;
 * the first that fits an envelope has it.
 */

import type { SimMember, SimServer, World } from "@conclave/testkit"
import type { MemberId, ServerEnvelope } from "@conclave/wire"

/** What the server says to a member; a session's token is not its to see. */
type Told = Parameters<NonNullable<SimServer["tamper"]>>[1]

/** Which envelopes a lie is about. `to` is the member that the socket speaks for; undefined before the door. */
type Which = (envelope: Told, to: MemberId | undefined) => boolean

interface Lie {
  readonly which: Which
  readonly tell: (envelope: Told, to: MemberId | undefined) => readonly Told[]
}

export const isEntries = (envelope: Told): envelope is Extract<Told, { type: "entries" }> => envelope.type === "entries"
export const isNews: Which = ({ type }) => type === "entries" || type === "signal"

export class LyingServer {
  /** Every envelope it has passed on, with whom it was for. */
  readonly kept: { readonly to: MemberId; readonly envelope: Told }[] = []
  /** How many envelopes a lie has had. */
  told = 0
  readonly #world: World
  #lies: Lie[] = []
  /** What is still held back, and what lets go of it. */
  #release: (() => void)[] = []

  constructor(world: World) {
    this.#world = world
    world.server.tamper = (to, envelope) => this.#say(envelope, to)
  }

  /** What fits never arrives. */
  drop(which: Which): this {
    return this.#add({ which, tell: () => [] })
  }

  /** What fits arrives so many ms late, and behind what came later. */
  delay(which: Which, ms: number): this {
    return this.#add({
      which,
      tell: (envelope, to) => {
        this.#world.time.plan(ms, () => {
          if (to !== undefined) this.lie(to, envelope)
        })
        return []
      },
    })
  }

  /** Waits for as many as `order` has places, and passes them on in that order. */
  reorder(which: Which, order: readonly number[]): this {
    const waiting = new Map<MemberId | undefined, Told[]>()
    this.#release.push(() => {
      for (const [to, held] of waiting) for (const envelope of held) if (to !== undefined) this.lie(to, envelope)
    })
    return this.#add({
      which,
      tell: (envelope, to) => {
        const held = [...(waiting.get(to) ?? []), envelope]
        const isFull = held.length === order.length
        waiting.set(to, isFull ? [] : held)
        return isFull ? order.flatMap((at) => held[at] ?? []) : []
      },
    })
  }

  /** What fits comes again, so many ms later, as often as said. */
  replay(which: Which, { after, times }: { readonly after: number; readonly times: number }): this {
    return this.#add({
      which,
      tell: (envelope, to) => {
        for (let n = 1; n <= times; n++)
          this.#world.time.plan(n * after, () => {
            if (to !== undefined) this.lie(to, envelope)
          })
        return [envelope]
      },
    })
  }

  /** Something else takes its place. */
  swap(which: Which, make: (envelope: Told, to: MemberId | undefined) => readonly Told[]): this {
    return this.#add({ which, tell: make })
  }

  /** Says to a member what nobody said. */
  lie(to: MemberId, envelope: Told): void {
    this.told++
    this.#world.server.tell(to, envelope)
  }

  /** Sends these people to a twin with the same past: two histories from here on. */
  fork(people: readonly SimMember[]): SimServer {
    const twin = this.#world.server.fork()
    for (const member of people) {
      this.#world.evil.routes.set(member.name, twin)
      member.dropSocket()
    }
    return twin
  }

  /** No more lies; what waited for others to overtake it comes now. */
  repent(): void {
    this.#lies = []
    for (const release of this.#release.splice(0)) release()
  }

  #add(lie: Lie): this {
    this.#lies.push(lie)
    return this
  }

  #say(envelope: Told, to: MemberId | undefined): readonly Told[] {
    if (to !== undefined) this.kept.push({ to, envelope })
    const lie = this.#lies.find(({ which }) => which(envelope, to))
    if (lie === undefined) return [envelope]
    this.told++
    return lie.tell(envelope, to)
  }
}

/** The commits among a server's entries. */
export const commitsIn = (envelope: ServerEnvelope | Told) =>
  envelope.type === "entries" ? envelope.entries.filter((entry) => entry.type === "commit") : []
