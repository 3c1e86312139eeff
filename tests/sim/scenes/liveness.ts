/** Whatever befalls a call, it settles without a click (D9, D11, D13, D14). */

import { privateMessage } from "@conclave/testkit"
import { numbers, Stage, type Scene } from "./scene.ts"

/** Twenty commits at once: one winner an epoch, all of them in the end, and newcomers among them. */
export const everybodyAtOnce: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 24, { hosts: numbers(0, 20) })
  await on.gather(...numbers(0, 20))
  await on.settles()
  const before = on.seat(0).group
  for (const n of numbers(0, 20)) on.edit(n, { set: "topic", to: `topic of ${String(n)}` })
  for (const n of numbers(20, 24)) on.at(n).join()
  await on.until(() => numbers(0, 20).every((n) => on.seat(n).edits.length === 0), "each has its turn", 60_000)
  await on.settles(30_000)
  on.check(on.seat(0).group.policy.version === before.policy.version + 20, "no change is lost, none is made twice")
  on.check(
    numbers(0, 20).every((n) => on.told(n, "refused-commit").length === 0),
    "nobody refuses anything",
  )
}

/** The one that adds a newcomer is gone before, while or after the server has its commit. */
export const committerVanishes: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 5)
  await on.gather(0, 1, 2)
  on.at(3).join()
  await on
    .until(() => [0, 1, 2].some((n) => on.isIn(n) && on.seat(n).pending?.stage === "sent"), "somebody commits the newcomer")
    .catch(() => undefined)
  const committer = [0, 1, 2].find((n) => on.isIn(n) && on.seat(n).pending !== undefined)
  await on.pass(seed % 60)
  if (committer !== undefined) on.vanish(committer)
  on.at(4).join()
  await on.settles(120_000)
}

/** A member floods the call with commits that nobody can open: it is evicted each time, the others go on. */
export const floodOfGarbage: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6)
  await on.gather(0, 1, 2, 3)
  const eve = on.at(3)
  const lives = [0, 1, 2].map((n) => on.at(n).session.life)
  const { chance, time } = on.world
  for (let i = 0; i < 100; i++) {
    time.plan(i * 200, () => {
      const { stage } = eve.session
      if (stage.phase !== "in") return
      const { call, epoch } = stage.group
      eve.utter({
        type: "commit",
        request: 900_000 + i,
        epoch,
        commit: privateMessage(call, epoch, "commit", chance.bytes(16)),
        welcomes: [],
        removes: [],
      })
    })
  }
  await on.pass(5_000)
  on.at(4).join()
  await on.until(() => on.isIn(4), "newcomers get in meanwhile", 40_000)
  await on.pass(20_000)
  on.check(
    [0, 1, 2].every((n) => on.at(n).session.life === lives[n]),
    "nobody else loses its place",
  )
  await on.settles(60_000)
  on.remove(0, 3)
  await on.until(() => on.view(3).phase === "removed", "a host ends it", 5_000)
  eve.wantsIn = false
  eve.reload(0)
  await on.settles(10_000)
}

/** The host's laptop sleeps for five minutes: the call goes on, guests wait, and it is host again when it wakes. */
export const hostSleeps: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 5, { waitingRoom: true })
  await on.gather(0, 1, 2, 3)
  on.at(0).sleep(300_000)
  await on.pass(100_000)
  on.check(on.sees(1).members.length === 3, "who is silent is removed")
  on.at(4).join()
  await on.pass(190_000)
  on.check(!on.isIn(4), "without a host nobody is let in")
  await on.pass(15_000)
  await on.until(() => on.isIn(0) && on.sees(0).role === "host", "the host is back", 30_000)
  await on.until(() => on.sees(0).atDoor.length === 1, "and sees who waited", 60_000)
  on.at(0).admitAll()
  await on.settles(10_000)
  on.check(on.admissionsOf(0) === 0, "by no click")
}

/** Half of a locked call with a waiting room loses its network for longer than the window, and comes back by itself. */
export const halfDropsAndReturns: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 12, { waitingRoom: true })
  await on.gather(...numbers(0, 12))
  on.edit(0, { set: "isLocked", to: true })
  await on.settles(10_000)
  for (const n of numbers(6, 12)) {
    on.at(n).offlineUntil = on.world.time.now + 40_000 + (seed % 40_000)
    on.at(n).dropSocket()
  }
  await on.pass(35_000)
  await on.settles(150_000)
  for (const n of numbers(1, 12)) on.check(on.admissionsOf(n) === 1, "nobody knocks a second time")
  for (const n of numbers(0, 6)) on.check(on.told(n, "refused-commit").length === 0, "no honest commit is refused")
}

/** Fifty of sixty leave at once. */
export const batchLeave: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 60)
  for (const n of numbers(0, 60)) {
    on.at(n).join()
    await on.pass(100)
  }
  await on.settles(60_000)
  const before = on.seat(0).group.epoch
  on.leave(...numbers(5, 55))
  await on.settles(15_000)
  on.check(on.seat(0).group.epoch - before <= 25, "few commits remove many")
}
