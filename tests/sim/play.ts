/** Plays one seed from first join to last check. The same seed plays the same, everywhere. */

import { chance, simWorld, type ModelPolicy, type SimHouse, type SimMember, type Weather, type World } from "@conclave/testkit"
import { whereSecretsLeak, whoKnowsTooMuch, whyNotOneHistory, whyNotTogether } from "./invariants.ts"
import { whoWasNotLetIn } from "./let-in.ts"
import { isSteward, planStorm, seenBy, type Story } from "./transition.ts"

/** One sentence per promise that was broken. */
export interface Broken {
  /** All who want to be in are in one epoch, with everybody's name. */
  readonly together: string | undefined
  readonly history: string | undefined
  readonly secrecy: string | undefined
  readonly leaks: string | undefined
  readonly alarms: string | undefined
  /** Nobody is in the group whom the rules did not let in. */
  readonly rules: string | undefined
  /** No honest commit is refused for breaking a rule. */
  readonly refusals: string | undefined
}

export interface Play {
  readonly world: World
  readonly story: Story
  readonly broken: Broken
  /** The first of them, with the way to see it again. */
  readonly problem: string | undefined
  /** Simulated ms from the end of the storm until all were together. */
  readonly settledAfter: number | undefined
}

/** What a room may begin with. */
export type Rules = Pick<ModelPolicy, "waitingRoom" | "joinBeforeHost">

export interface PlayParts {
  readonly seed: number
  readonly people?: number | undefined
  /** Looks at every envelope and trace. */
  readonly isThorough?: boolean
  /** Another engine than the model: makes a room of these rules. */
  readonly house?: (rules: Rules | undefined) => Promise<SimHouse>
  readonly witness?: Parameters<typeof simWorld>[0]["witness"]
  readonly witnessServer?: Parameters<typeof simWorld>[0]["witnessServer"]
}

/** Nobody waits longer than this once the weather is good: a vanished member's minute and a few tries at the door. */
const longestWait = 180_000

/** How the run is drawn from its seed: every tenth is long enough to heal (D12), every tenth crowded. */
function drawn(seed: number, isShort: boolean) {
  const dice = chance(seed ^ 0x5eed)
  const isLong = seed % 10 === 5 && !isShort
  const isCrowded = seed % 10 === 0 && !isShort
  const people = isCrowded ? dice.between(8, 20) : isLong ? dice.between(2, 4) : dice.between(2, isShort ? 5 : 7)
  const storm = isLong ? 700_000 : dice.between(15_000, isShort ? 30_000 : 60_000)
  const gap = isLong ? 90_000 : dice.pick([700, 2_000, 5_000])
  const weather: Weather = { delay: [2, dice.pick([20, 200, 800])], drops: dice.pick([0, 0.002, 0.01]) }
  // Every third room has rules, and hosts who use them.
  const rules = seed % 3 === 0 ? { waitingRoom: dice.happens(0.7), joinBeforeHost: dice.happens(0.7) } : undefined
  return { people, storm, gap, weather, rules }
}

export async function play({ seed, isThorough = seed % 16 === 0, house, witness, witnessServer, ...wanted }: PlayParts): Promise<Play> {
  const { people, storm, gap, weather, rules } = drawn(seed, house !== undefined)
  const alarms: string[] = []
  const refusals: string[] = []
  const world: World = simWorld({
    seed,
    people: wanted.people ?? people,
    weather,
    isThorough,
    ...(rules && { rules }),
    ...(house && { house: await house(rules) }),
    witness(member, input, outputs) {
      const { stage, now } = member.session
      // A group that everybody serves honestly never forks.
      if (stage.phase === "in" && stage.alarm?.kind === "fork" && stage.alarm.at === now) alarms.push(`${member.name} saw a fork`)
      const isRefusal = input.type === "engine-answered" && input.fact.type === "commit-refused" && input.fact.rule !== undefined
      if (isRefusal) refusals.push(`${member.name} refused a commit: ${input.fact.rule}`)
      openDoor(world, member)
      witness?.(member, input, outputs)
    },
    ...(witnessServer && { witnessServer }),
  })
  const story = planStorm(world, storm, gap, rules !== undefined)
  await world.time.advance(storm)
  const settledAfter = await calm(world, story, rules !== undefined)
  const broken: Broken = {
    together: whyNotTogether(world),
    history: whyNotOneHistory(world),
    secrecy: whoKnowsTooMuch(world),
    leaks: whereSecretsLeak(world),
    alarms: alarms[0],
    rules: whoWasNotLetIn(world),
    refusals: refusals[0],
  }
  const problem = Object.values(broken).find((sentence) => sentence !== undefined) as string | undefined
  return {
    world,
    story,
    broken,
    problem: problem && `seed ${String(seed)}: ${problem} (npm run sim -- --seed ${String(seed)}${house ? " --real" : ""})`,
    settledAfter,
  }
}

/** Hosts look after their door: whoever stands there is let in within a few seconds. */
function openDoor(world: World, member: SimMember): void {
  const { stage } = member.session
  if (stage.phase !== "in" || stage.candidates.length === 0 || busy.has(member) || (seenBy(member)?.atDoor.length ?? 0) === 0) return
  busy.add(member)
  world.time.plan(world.chance.between(300, 4_000), () => {
    busy.delete(member)
    member.admitAll()
  })
}

const busy = new WeakSet<SimMember>()

/** Whoever is in as host unlocks; the room's maker is there, so that somebody can let the others in. */
function makePeace(world: World): void {
  const [maker] = world.members
  if (maker !== undefined && !maker.wantsIn) maker.join()
  for (const member of world.members) {
    const view = seenBy(member)
    if (isSteward(view) && view.role === "host" && view.policy.isLocked)
      member.say({ type: "policy-asked", edit: { set: "isLocked", to: false } })
  }
}

/** Who was thrown out stays out, unless it knocks again and nobody remembers; who met a closed door tries once more. */
function settleOutsiders(world: World, story: Story): void {
  for (const member of world.members) {
    const { stage } = member.session
    if (stage.phase === "removed" && story.expelled.has(member.name)) member.wantsIn = false
    if (stage.phase !== "failed" || !member.wantsIn) continue
    if (stage.problem === "blocked") member.wantsIn = false
    if (stage.problem === "turned-away") member.join()
  }
}

/** The weather clears, everybody wakes up; how long until all are together. */
async function calm(world: World, story: Story, hasRules: boolean): Promise<number | undefined> {
  world.weather.delay = [2, 40]
  world.weather.drops = 0
  for (const member of world.members) member.offlineUntil = 0
  while (world.members.some((member) => member.isAsleep) || !world.server.isUp) await world.time.advance(world.time.now + 1_000)
  const from = world.time.now
  while (world.time.now - from < longestWait) {
    await world.time.advance(world.time.now + 500)
    if (hasRules && (world.time.now - from) % 5_000 < 500) makePeace(world)
    settleOutsiders(world, story)
    if (whyNotTogether(world) === undefined) return world.time.now - from
  }
  return undefined
}
