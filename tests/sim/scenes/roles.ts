/** Hosts hand over, go, are named and pretended to be (D4.12, D4.13, D5, D5.1, D8.13). */

import { Stage, type Scene } from "./scene.ts"

/** A host makes another one and goes; a third is none. */
export const handOver: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 4, { waitingRoom: true })
  await on.gather(0, 1, 2)
  on.edit(0, { role: "host", of: on.leafOf(0, 1) })
  await on.until(() => on.sees(1).role === "host", "the new host knows", 3_000)
  on.edit(0, { role: "member", of: on.leafOf(0, 0) })
  await on.until(() => on.sees(0).role === "member", "the old host has stepped down", 3_000)
  on.check(on.told(2, "policy").length >= 2, "everybody is told of the rules that changed")
  on.edit(1, { role: "member", of: on.leafOf(1, 1) })
  await on.pass(5_000)
  on.check(on.sees(1).role === "host" && on.seat(1).edits.length === 0, "the last host cannot step down")
  on.leave(0)
  await on.pass(2_000)
  on.at(3).join()
  await on.until(() => on.sees(1).atDoor.length === 1, "the new host sees who knocks", 5_000)
  on.remove(2, 1)
  await on.pass(1_000)
  on.at(1).admitAll()
  await on.settles(10_000)
}

/** The last host goes: rules freeze, the call goes on, the successor takes over. */
export const successorTakesOver: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 5, { waitingRoom: true })
  await on.gather(0, 1, 2)
  on.edit(0, { successor: true, of: on.leafOf(0, 1) })
  await on.until(() => on.sees(1).policy.successors.length === 1, "the successor is named", 3_000)
  on.check(!on.sees(1).canTakeOver, "not while a host is there")
  on.vanish(0)
  on.at(3).join()
  await on.until(() => on.isIn(1) && on.sees(1).canTakeOver, "the successor may take over once the host is gone")
  on.check(!on.sees(2).canTakeOver && on.sees(1).role === "member", "nobody else may, and nobody inherits by itself")
  on.edit(2, { takeOver: true })
  await on.pass(2_000)
  on.check(on.sees(2).policy.hosts.length === 1, "nobody else does")
  on.edit(1, { takeOver: true })
  await on.until(() => on.sees(2).policy.hosts.length === 2, "it has taken over", 3_000)
  await on.until(() => on.sees(1).atDoor.length === 1, "and sees who knocks", 60_000)
  on.at(1).admitAll()
  await on.settles(10_000)
  on.at(0).join()
  await on.settles(10_000)
  on.check(on.sees(0).role === "host", "the old host is one still")
}

/** A client that obeys no rule lets a friend in, throws the host out and makes itself host: all refuse, and say who it was. */
export const aClientWithoutRules: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6, { waitingRoom: true })
  await on.gather(0, 1, 2, 3)
  const eve = on.at(3)
  const others = [0, 1, 2]
  const lives = others.map((n) => on.at(n).session.life)
  for (const [attempt, rule] of [
    [() => on.remove(3, 0), "not-host"],
    [() => on.edit(3, { role: "host", of: on.leafOf(3, 3) }), "policy-forged"],
    [() => on.edit(3, { set: "waitingRoom", to: false }), "policy-forged"],
    [letIn, "waiting-room"],
  ] as const) {
    const before = others.map((n) => refusals(n).length)
    // Its own engine tells its machine that it is host, from the next epoch on.
    on.world.evil.lawless.add(eve.name)
    eve.reload(100)
    await on.until(
      () => on.isIn(3) && on.sees(3).role === "host" && on.sees(3).members.every(({ person }) => person !== undefined),
      "it takes itself for a host",
      10_000,
    )
    await on.pass(12_000)
    attempt()
    await on.until(() => others.slice(1).every((n, i) => refusals(n).length > (before[i + 1] ?? 0)), `${rule} is refused by all`, 20_000)
    on.world.evil.lawless.clear()
    for (const n of [1, 2]) {
      const last = refusals(n).at(-1)
      on.check(last?.kind === "refused-commit" && last.by?.name === eve.name, "its name is told")
      on.check(last.rule === rule, `for the rule it broke: ${String(last.rule)}`)
    }
    eve.reload(100)
    on.at(4).wantsIn = false
    on.vanish(4)
    await on.settles(30_000)
  }
  on.check(
    [1, 2].every((n) => on.at(n).session.life === lives[n]),
    "nobody who did no wrong lost its place",
  )

  function refusals(n: number) {
    return on.told(n, "refused-commit")
  }
  function letIn(): void {
    on.at(4).join()
    on.world.time.plan(2_000, () => eve.admitAll())
    on.world.time.plan(4_000, () => eve.admitAll())
  }
}

/** Nobody can apply a host's change of the rules, so it is void and the host loses its place: it is made again by itself. */
export const aChangeThatWasVoid: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 4)
  await on.gather(0, 1, 2)
  const life = on.at(0).session.life
  on.at(0).settling = 3_000
  on.world.evil.spoils.set(
    on.at(0).name,
    [1, 2].map((n) => on.seat(n).member),
  )
  on.edit(0, { set: "isLocked", to: true })
  on.edit(0, { role: "co-host", of: on.leafOf(0, 2) })
  await on.until(() => on.at(0).session.life > life, "it was void", 10_000)
  on.world.evil.spoils.clear()
  const isMade = (n: number): boolean => on.isIn(n) && on.sees(n).policy.isLocked && on.sees(n).policy.coHosts.length === 1
  await on.until(() => [0, 1, 2].every(isMade), "both changes are made all the same", 60_000)
  await on.settles(30_000)
  on.check(on.told(0, "edit-lost").length === 0, "and there is nothing to tell")
}

/** Listeners send nothing, and hosts say who listens. */
export const listeners: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 4, { joinAs: "listener", coHosts: [1] })
  await on.gather(0, 1, 2, 3)
  for (const n of [2, 3]) {
    on.check(on.at(n).isPaused && on.sees(n).role === "listener", "a listener sends nothing")
    on.check(!on.sees(n).isPaused, "which is no alarm")
  }
  on.edit(0, { role: "co-host", of: on.leafOf(0, 2) })
  await on.until(() => !on.at(2).isPaused, "who is no listener any more sends", 3_000)
  on.remove(2, 3)
  await on.until(() => on.view(3).phase === "removed", "a co-host removes", 3_000)
  on.at(3).wantsIn = false
  on.remove(2, 0)
  on.remove(1, 2)
  await on.until(() => on.view(2).phase === "removed", "also another co-host", 3_000)
  on.at(2).wantsIn = false
  await on.settles(10_000)
  on.check(on.isIn(0), "but no host")
}
