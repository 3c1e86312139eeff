/** Plays one seed from first join to last check. The same seed plays the same, everywhere. */

import { chance, simWorld, type SimEngine, type Timeline, type Weather, type World } from "@conclave/testkit"
import { whereSecretsLeak, whoKnowsTooMuch, whyNotOneHistory, whyNotTogether } from "./invariants.ts"
import { planStorm, type Story } from "./transition.ts"

/** One sentence per promise that was broken. */
export interface Broken {
  /** All who want to be in are in one epoch, with everybody's name. */
  readonly together: string | undefined
  readonly history: string | undefined
  readonly secrecy: string | undefined
  readonly leaks: string | undefined
  readonly alarms: string | undefined
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

export interface PlayParts {
  readonly seed: number
  readonly people?: number | undefined
  /** Looks at every envelope and trace. */
  readonly isThorough?: boolean
  readonly engine?: (name: string, time: Timeline) => SimEngine
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
  return { people, storm, gap, weather }
}

export async function play({ seed, isThorough = seed % 16 === 0, engine, witness, witnessServer, ...wanted }: PlayParts): Promise<Play> {
  const { people, storm, gap, weather } = drawn(seed, engine !== undefined)
  const alarms: string[] = []
  const world: World = simWorld({
    seed,
    people: wanted.people ?? people,
    weather,
    isThorough,
    ...(engine && { engine }),
    witness(member, input, outputs) {
      const { stage, now } = member.session
      // A group that everybody serves honestly never forks.
      if (stage.phase === "in" && stage.alarm?.kind === "fork" && stage.alarm.at === now) alarms.push(`${member.name} saw a fork`)
      witness?.(member, input, outputs)
    },
    ...(witnessServer && { witnessServer }),
  })
  const story = planStorm(world, storm, gap)
  await world.time.advance(storm)
  const settledAfter = await calm(world, story)
  const broken: Broken = {
    together: whyNotTogether(world),
    history: whyNotOneHistory(world),
    secrecy: whoKnowsTooMuch(world),
    leaks: whereSecretsLeak(world),
    alarms: alarms[0],
  }
  const problem = Object.values(broken).find((sentence) => sentence !== undefined) as string | undefined
  return {
    world,
    story,
    broken,
    problem: problem && `seed ${String(seed)}: ${problem} (npm run sim -- --seed ${String(seed)}${engine ? " --real" : ""})`,
    settledAfter,
  }
}

/** The weather clears, everybody wakes up; how long until all are together. */
async function calm(world: World, story: Story): Promise<number | undefined> {
  world.weather.delay = [2, 40]
  world.weather.drops = 0
  for (const member of world.members) member.offlineUntil = 0
  while (world.members.some((member) => member.isAsleep) || !world.server.isUp) await world.time.advance(world.time.now + 1_000)
  const from = world.time.now
  while (world.time.now - from < longestWait) {
    await world.time.advance(world.time.now + 500)
    for (const member of world.members)
      if (member.session.stage.phase === "removed" && story.expelled.has(member.name)) member.wantsIn = false
    if (whyNotTogether(world) === undefined) return world.time.now - from
  }
  return undefined
}
