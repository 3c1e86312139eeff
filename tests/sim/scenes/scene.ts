/** What scenes are made of: a room with its people, time that passes, and what each of them sees. */

import { callViewOf, type CallView, type InView, type Notice, type PolicyEdit, type Session } from "@conclave/call"
import { deviceOf, names, simWorld, type ModelPolicy, type SimHouse, type SimMember, type World } from "@conclave/testkit"
import { whoKnowsTooMuch, whyNotOneHistory, whyNotTogether } from "../invariants.ts"
import { whoWasNotLetIn } from "../let-in.ts"
import type { HouseRules } from "../real-engine.ts"

/** One story, the same for the same seed. Throws with the sentence that is false. */
export type Scene = (seed: number) => Promise<void>

/** The rules of a scene's room. Roles by the numbers of people; ada, 0, is host unless `hosts` says otherwise. */
export type SceneRules = Partial<Omit<ModelPolicy, "hosts" | "coHosts">> & {
  readonly hosts?: readonly number[]
  readonly coHosts?: readonly number[]
}

/** Where another engine than the model comes from, for all scenes from here on. */
export type HouseMaker = (people: readonly string[], rules: HouseRules) => Promise<SimHouse>
let makeHouse: HouseMaker | undefined
export const playOn = (maker: HouseMaker): void => void (makeHouse = maker)

const nameOf = (n: number): string => names[n] ?? `guest ${String(n)}`

export class Stage {
  readonly world: World
  readonly seed: number

  private constructor(seed: number, world: World) {
    this.seed = seed
    this.world = world
    for (const member of world.members) member.media = { microphone: true, camera: true, screen: false }
  }

  /** A room of these rules, and people who have not come yet. */
  static async of(seed: number, people: number, { hosts, coHosts = [], ...rules }: SceneRules = {}): Promise<Stage> {
    const everybody = numbers(0, people).map(nameOf)
    const named = { ...rules, ...(hosts && { hosts: hosts.map(nameOf) }), coHosts: coHosts.map(nameOf) }
    const house = await makeHouse?.(everybody, named)
    const model = { ...rules, ...(hosts && { hosts: devices(...hosts) }), coHosts: devices(...coHosts) }
    const weather = { delay: [2, 40] as const, drops: 0 }
    return new Stage(seed, simWorld({ seed, people, weather, isThorough: false, rules: model, ...(house && { house }) }))
  }

  /** Now by the engines' clock, which policies go by. */
  get wall(): number {
    const { session } = this.at(0)
    return session.wallAhead + this.world.time.now
  }

  /** The person of this number; ada, the room's maker and host, is 0. */
  at(n: number): SimMember {
    const member = this.world.members[n]
    if (member === undefined) throw new Error("bug: nobody of that number")
    return member
  }

  pass(ms: number): Promise<void> {
    return this.world.time.advance(this.world.time.now + ms)
  }

  /** These people come, one after the other, and are let in if somebody must do that. */
  async gather(...people: readonly number[]): Promise<void> {
    for (const n of people) {
      this.at(n).join()
      await this.pass(900)
      for (const member of this.world.members) member.admitAll()
      await this.pass(200)
    }
    await this.pass(3_000)
  }

  check(holds: boolean, sentence: string): asserts holds {
    if (!holds) throw new Error(`seed ${String(this.seed)}: does not hold: ${sentence}`)
  }

  /** Passes time until this is true. */
  async until(isTrue: () => boolean, sentence: string, ms = 90_000): Promise<void> {
    const end = this.world.time.now + ms
    while (!isTrue()) {
      this.check(this.world.time.now < end, `${sentence}, within ${String(ms / 1000)} s`)
      await this.pass(250)
    }
  }

  /** The server knows of rules that changed just now: it is told when the group has had time to refuse them (D3.10.3). */
  serverTold = (): Promise<void> => this.pass(4_000)

  /** All who want to be in are in one epoch, nobody else is, nobody learned too much, and nobody came in against the rules. */
  async settles(ms = 90_000): Promise<void> {
    const end = this.world.time.now + ms
    while (whyNotTogether(this.world) !== undefined && this.world.time.now < end) await this.pass(250)
    // What can be computed grows with the square of the people; storms and smaller scenes ask that.
    const secrecy = this.world.members.length > 20 ? [] : [whoKnowsTooMuch]
    const wrong = [whyNotTogether, whyNotOneHistory, whoWasNotLetIn, ...secrecy].map((ask) => ask(this.world))
    this.check(
      wrong.every((sentence) => sentence === undefined),
      `it settles: ${wrong.find((sentence) => sentence !== undefined) ?? ""}`,
    )
  }

  view = (n: number): CallView => callViewOf(this.at(n).session)

  sees(n: number): InView {
    const view = this.view(n)
    this.check(view.phase === "in" || view.phase === "reconnecting", `${this.at(n).name} is in the call, not ${view.phase}`)
    return view
  }

  isIn = (n: number): boolean => this.at(n).session.stage.phase === "in"

  seat(n: number): Extract<Session["stage"], { phase: "in" }> {
    const { stage } = this.at(n).session
    this.check(stage.phase === "in", `${this.at(n).name} is in the call, not ${stage.phase}`)
    return stage
  }

  edit(by: number, edit: PolicyEdit): void {
    this.at(by).say({ type: "policy-asked", edit })
  }

  /** The leaf where somebody sees somebody. */
  leafOf(by: number, of: number) {
    const peer = this.sees(by).members.find(({ person }) => person?.name === this.at(of).name)
    this.check(peer !== undefined, `${this.at(by).name} sees ${this.at(of).name}`)
    return peer.leaf
  }

  remove(by: number, of: number): void {
    this.at(by).say({ type: "remove-asked", leaf: this.leafOf(by, of) })
  }

  told(n: number, kind: Notice["kind"]): readonly Notice[] {
    return this.at(n).session.notices.filter((notice) => notice.kind === kind)
  }

  /** How often somebody had to be let in by hand. */
  admissionsOf(n: number): number {
    return this.world.admissions.filter(({ name }) => name === this.at(n).name).length
  }

  /** Gone for good, without a word. */
  vanish(n: number): void {
    this.at(n).wantsIn = false
    this.at(n).reload(0)
  }

  leave(...people: readonly number[]): void {
    for (const n of people) this.at(n).leave()
  }
}

const devices = (...people: readonly number[]): string[] => people.map((n) => deviceOf(nameOf(n)))
export const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
