/** Plays one seed from first join to last check. The same seed plays the same, everywhere. */

import { chance, simWorld, type SimEngine, type World } from "@conclave/testkit"
import { whereSecretsLeak, whoKnowsTooMuch, whyNotOneHistory, whyNotTogether } from "./invariants.ts"
import { planStorm, type Story } from "./transition.ts"

export interface Play {
  readonly world: World
  readonly story: Story
  readonly problem: string | undefined
  /** Simulated ms from the end of the storm until all were together. */
  readonly settledAfter: number | undefined
}

export interface PlayParts {
  readonly seed: number
  readonly people?: number | undefined
  /** Looks at every envelope and trace. */
  readonly isThorough?: boolean
  readonly engine?: (world: World) => (name: string) => SimEngine
  readonly witness?: Parameters<typeof simWorld>[0]["witness"]
  readonly witnessServer?: Parameters<typeof simWorld>[0]["witnessServer"]
}

/** Nobody waits longer than this once the weather is good: a vanished member's minute and a few tries at the door. */
const longestWait = 180_000

export async function play({ seed, people, isThorough = seed % 16 === 0, engine, witness, witnessServer }: PlayParts): Promise<Play> {
  const dice = chance(seed ^ 0x5eed)
  // Every tenth run is long enough to heal (D12), every twentieth crowded.
  const isLong = seed % 10 === 5
  const size = people ?? (seed % 20 === 0 ? dice.between(8, 20) : isLong ? dice.between(2, 4) : dice.between(2, 7))
  const storm = isLong ? 700_000 : dice.between(15_000, 60_000)
  const gap = isLong ? 40_000 : dice.pick([700, 2_000, 5_000])
  let world: World | undefined
  const made = engine && ((name: string) => engine(world as World)(name))
  world = simWorld({
    seed,
    people: size,
    weather: { delay: [2, dice.pick([20, 200, 800])], drops: dice.pick([0, 0.002, 0.01]) },
    isThorough,
    ...(made && { engine: made }),
    ...(witness && { witness }),
    ...(witnessServer && { witnessServer }),
  })
  const story = planStorm(world, storm, gap)
  await world.time.advance(storm)
  const settledAfter = await calm(world, story)
  const together = whyNotTogether(world)
  const problem = together ?? whyNotOneHistory(world) ?? whereSecretsLeak(world) ?? whoKnowsTooMuch(world)
  return { world, story, problem, settledAfter }
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
