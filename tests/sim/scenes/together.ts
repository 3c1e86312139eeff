/** What people do together: hands, words, and the end of a call for all (D34.10 to D34.13, D8.30 to D8.32). */

import { nobody, step, viewOf, type Gathering, type Input } from "@conclave/collab"
import { numbers, Stage, type Scene } from "./scene.ts"

type Happening = Input extends infer T ? (T extends Input ? Omit<T, "now"> : never) : never

/** Somebody's page beside its machine: what the shell does with states and words. */
class Screen {
  gathering: Gathering = nobody
  private readonly on: Stage
  private readonly n: number
  private read = 0

  constructor(on: Stage, n: number) {
    this.on = on
    this.n = n
  }

  feed(happening: Happening): void {
    const [next, ...outputs] = step(this.gathering, { ...happening, now: this.on.wall })
    this.gathering = next
    const { on, n } = this
    for (const output of outputs) {
      if (output.do === "say-state") on.at(n).say({ type: "state-changed", state: output.state })
      if (output.do === "say-word") on.at(n).say({ type: "word-said", body: output.body })
    }
  }

  look(): void {
    const { on, n } = this
    const view = on.view(n)
    if (!("members" in view)) return
    const members = view.members.map(({ member, isSelf, role, state }) => ({
      ...{ member, isSelf, state },
      isModerator: role === "host" || role === "co-host",
    }))
    this.feed({ type: "roster", members })
    const { words } = on.at(n)
    for (const { from, body } of words.slice(this.read)) this.feed({ type: "word", from, body })
    this.read = words.length
  }

  /** Names of whose hands this screen shows, in its order. */
  get hands(): readonly string[] {
    const { members } = this.on.sees(this.n)
    return viewOf(this.gathering).hands.map((id) => members.find(({ member }) => member === id)?.person?.name ?? "nobody")
  }
}

/** Hands go up and down while sockets drop, somebody rejoins and somebody comes: in the end all screens show the same queue. */
export const handsUp: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6)
  const everybody = numbers(0, 6)
  const screens = everybody.map((n) => new Screen(on, n))
  const screen = (n: number): Screen => screens[n]!
  await on.gather(0, 1, 2, 3, 4)
  on.world.weather.drops = 0.01
  screens.forEach((each) => each.look())
  for (const n of [3, 1, 4, 2]) {
    screen(n).feed({ type: "hand", isUp: true })
    await on.pass(700)
  }
  on.at(1).say({ type: "engine-broken" })
  on.at(5).join()
  await on.pass(5_000)
  screen(4).feed({ type: "hand", isUp: false })
  on.at(3).dropSocket()
  await on.pass(20_000)
  on.world.weather.drops = 0
  await on.settles()
  const expected = [3, 1, 2].map((n) => on.at(n).name).join()
  const isSame = (): boolean => {
    screens.forEach((each) => each.look())
    return screens.every((each) => each.hands.join() === expected)
  }
  await on.until(isSame, `everybody sees the hands of ${expected}`, 30_000)
  screen(0).feed({ type: "lower-hand", member: on.seat(3).member })
  const isLowered = (): boolean => {
    screens.forEach((each) => each.look())
    return screens.every((each) => each.hands.join() === [1, 2].map((n) => on.at(n).name).join())
  }
  await on.until(isLowered, "a host lowers a hand", 5_000)
}

/** Everybody says a hundred words, numbered: in good weather each is heard by all the others once, in bad weather never twice. */
export const wordsInBadWeather: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 4)
  const everybody = numbers(0, 4)
  await on.gather(...everybody)
  const speak = async (label: string, gap: number): Promise<void> => {
    for (let i = 0; i < 100; i++) {
      for (const n of everybody) on.at(n).say({ type: "word-said", body: `${label} ${String(n)} ${String(i)}` })
      await on.pass(gap)
    }
    await on.pass(2_000)
  }
  const heard = (n: number, label: string): string[] => on.at(n).words.flatMap(({ body }) => (body.startsWith(label) ? [body] : []))
  await speak("fair", 250)
  for (const n of everybody) on.check(new Set(heard(n, "fair")).size === 300, "everybody hears all that the others say")
  on.world.weather.drops = 0.005
  on.at(1).say({ type: "engine-broken" })
  await speak("foul", 250)
  on.world.weather.drops = 0
  for (const n of everybody) {
    const all = on.at(n).words.map(({ body }) => body)
    on.check(new Set(all).size === all.length, "nobody hears a word twice")
    on.check(!all.some((body) => body.split(" ")[1] === String(n)), "nor its own")
  }
  await on.settles()
  const before = on.at(0).words.length
  for (let i = 0; i < 200; i++) on.at(3).say({ type: "word-said", body: `flood ${String(i)}` })
  await on.pass(4_000)
  const floods = on.at(0).words.length - before
  on.check(floods >= 10 && floods <= 40, `who says too much is not heard: ${String(floods)}`)
  await on.settles()
}

/** A host ends the call while somebody heals, somebody knocks and somebody is away: it is over for all of them. */
export const hostEnds: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6, { coHosts: [1], joinBeforeHost: false })
  await on.gather(0, 1, 2, 3, 4)
  on.at(1).say({ type: "end-asked" })
  on.at(2).say({ type: "end-asked" })
  await on.pass(2_000)
  on.check(
    [0, 1, 2, 3, 4].every((n) => on.isIn(n)),
    "nobody but a host is heeded",
  )
  on.at(5).join()
  await on.pass(seed * 37)
  on.edit(0, { set: "topic", to: "the end" })
  on.at(0).say({ type: "end-asked" })
  if (seed % 3 === 0) on.at(0).dropSocket()
  on.at(4).sleep(20_000)
  for (const n of numbers(0, 5)) on.at(n).wantsIn = false
  await on.until(() => on.view(0).phase === "ended", "the host is out", 30_000)
  await on.pass(3_000)
  for (const n of [1, 2, 3]) {
    const view = on.view(n)
    on.check(view.phase === "ended" && view.reason === "ended-by-host", `${on.at(n).name} is told that it is over: ${view.phase}`)
    on.check(view.by?.name === on.at(0).name, "and by whom")
  }
  await on.pass(60_000)
  on.check(
    numbers(0, 4).every((n) => on.view(n).phase === "ended"),
    "nobody comes back by itself",
  )
  on.check(!on.isIn(4) && !on.isIn(5), "who was away, and who knocked, finds nobody there")
  on.at(0).join()
  // Who knocked may have come in just before the end; else it still waits for a host.
  await on.until(() => on.isIn(0) && (on.isIn(5) || on.view(5).phase === "ended"), "the room is there for the next call")
  on.check(on.sees(0).blocked.length === 0, "and nobody is blocked in it")
}

/** A client that obeys no rule removes everybody as if the call had ended: all name it, and the call goes on among them. */
export const aClientEndsTheCall: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 4)
  await on.gather(0, 1, 2, 3)
  const eve = on.at(3)
  on.world.evil.lawless.add(eve.name)
  eve.reload(100)
  await on.until(
    () => on.isIn(3) && on.sees(3).role === "host" && on.sees(3).members.length === 4 && on.sees(0).members.every(({ person }) => person),
    "it takes itself for a host",
    10_000,
  )
  await on.pass(12_000)
  eve.wantsIn = false
  eve.say({ type: "end-asked" })
  await on.until(() => on.view(3).phase === "ended", "it is out", 20_000)
  on.world.evil.lawless.clear()
  await on.settles(60_000)
  for (const n of [0, 1, 2]) {
    const last = on.told(n, "refused-commit").at(-1)
    on.check(last?.kind === "refused-commit" && last.by?.name === eve.name, `${on.at(n).name} is told who it was`)
    on.check(last.rule === "not-host", `and what it broke: ${String(last.rule)}`)
    on.check(on.isIn(n), "and is in the call")
  }
}
