/** Waiting room, lock, blocks, links: who comes in, and on whose word (D8.11, D8.12, D8.14, D4.14, D4.15). */

import { Stage, type Scene } from "./scene.ts"

/** Hosts come and go while people knock; nobody is asked twice about anybody. */
export const hostsComeAndGo: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6, { waitingRoom: true, coHosts: [1] })
  await on.gather(0, 2)
  on.check(on.isIn(2), "who was let in is in")
  on.leave(0)
  await on.pass(3_000)
  for (const n of [3, 4]) on.at(n).join()
  await on.pass(150_000)
  on.check(!on.isIn(3) && !on.isIn(4), "without a host nobody is let in")
  for (const n of [3, 4]) on.check(isWaiting(on, n), "who knocks waits, however long, and is told so")
  on.at(1).join()
  await on.until(() => on.isIn(1), "a co-host needs nobody's word")
  await on.until(() => on.sees(1).atDoor.length === 2, "the co-host sees who waits", 60_000)
  on.at(1).admitAll()
  await on.until(() => on.isIn(3) && on.isIn(4), "whom the co-host lets in is in", 5_000)
  on.at(0).join()
  await on.until(() => on.isIn(0), "the host comes back")
  on.at(5).join()
  await on.until(() => on.sees(0).atDoor.length === 1 && on.sees(1).atDoor.length === 1, "both see who knocks", 5_000)
  on.check(on.sees(2).atDoor.length === 0, "others than hosts are not shown the door")
  on.at(0).admitAll()
  on.at(1).admitAll()
  await on.settles(10_000)
  for (const n of [2, 3, 4]) on.check(on.admissionsOf(n) === 1, "once is enough")
  on.check(
    on.told(0, "refused-commit").length + on.told(1, "refused-commit").length === 0,
    "two hosts who click at once refuse each other nothing",
  )
}

function isWaiting(on: Stage, n: number): boolean {
  const view = on.view(n)
  return view.phase === "knocking" && view.isWaiting
}

/** A host says no to one, for now, and to another for the whole call. */
export const refusedAndBlocked: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 5, { waitingRoom: true, coHosts: [1] })
  await on.gather(0, 1, 2)
  for (const n of [3, 4]) on.at(n).join()
  await on.until(() => on.sees(0).atDoor.length === 2, "both knock")
  const memberOf = (n: number) => on.sees(0).atDoor.find(({ person }) => person.name === on.at(n).name)?.member ?? ("" as never)
  on.at(0).say({ type: "refuse-asked", member: memberOf(3), isBlocked: false })
  on.at(0).say({ type: "refuse-asked", member: memberOf(4), isBlocked: true })
  await on.until(() => problemOf(on, 3) === "turned-away" && problemOf(on, 4) === "blocked", "both are told", 3_000)
  for (const n of [3, 4]) on.at(n).join()
  await on.until(() => on.sees(1).atDoor.length === 1, "who was refused for now may knock again", 5_000)
  await on.until(() => problemOf(on, 4) === "blocked", "who is blocked is turned away by any member", 5_000)
  on.check(on.sees(1).blocked.length === 1, "all hosts know who is blocked")
  on.at(1).say({ type: "unblock-asked", device: on.sees(1).blocked[0]?.device ?? "" })
  await on.pass(1_000)
  on.at(4).join()
  await on.until(() => on.sees(0).atDoor.length === 2, "who is unblocked may knock", 5_000)
  on.at(0).admitAll()
  await on.settles(10_000)
}

const problemOf = (on: Stage, n: number): string | undefined => {
  const view = on.view(n)
  return view.phase === "failed" ? view.problem : undefined
}

/** A locked call lets nobody in, and everybody back. */
export const lockedOut: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6, { waitingRoom: true, coHosts: [1] })
  await on.gather(0, 2, 3)
  on.edit(0, { set: "isLocked", to: true })
  await on.until(() => on.sees(2).policy.isLocked, "the call is locked", 3_000)
  on.at(4).join()
  await on.until(() => problemOf(on, 4) === "turned-away", "a newcomer is turned away", 5_000)
  on.at(4).wantsIn = false
  on.at(2).reload(500)
  on.at(3).reload(40_000)
  await on.settles(80_000)
  on.at(1).join()
  await on.settles(10_000)
  for (const n of [2, 3]) on.check(on.admissionsOf(n) === 1, "who was in comes back without a word")
  on.check(on.admissionsOf(1) === 0, "a co-host is not locked out of its own call")
  on.leave(0, 1)
  await on.settles(10_000)
  on.at(0).join()
  await on.until(() => on.isIn(0), "the host is not locked out either")
  on.edit(0, { set: "isLocked", to: false })
  await on.pass(1_000)
  on.at(4).join()
  await on.until(() => on.sees(0).atDoor.length === 1, "unlocked, one may knock")
  on.at(0).admitAll()
  await on.settles(10_000)
}

/** Whom a host removes stays out until a host lets it knock again. */
export const removedAndBlocked: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 4)
  await on.gather(0, 1, 2, 3)
  on.remove(0, 3)
  await on.until(() => on.view(3).phase === "removed", "who is removed is told", 3_000)
  on.check(JSON.stringify(on.view(3)).includes('"ada"'), "and by whom")
  on.at(3).wantsIn = false
  await on.settles(5_000)
  on.at(3).join()
  await on.until(() => problemOf(on, 3) === "blocked", "it knocks in vain", 5_000)
  on.vanish(3)
  on.at(3).wantsIn = true
  await on.until(() => problemOf(on, 3) === "blocked", "a reload does not help", 20_000)
  on.at(3).wantsIn = false
  on.at(1).reload(100)
  await on.settles(10_000)
  on.at(3).join()
  await on.until(() => problemOf(on, 3) === "blocked", "nor does somebody who came later let it in", 5_000)
  on.at(0).say({ type: "unblock-asked", device: on.sees(0).blocked[0]?.device ?? "" })
  await on.pass(500)
  on.at(3).join()
  await on.settles(10_000)
}

/** The link is replaced: members follow, the old one says so, the new one opens. */
export const newSecret: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6)
  await on.gather(0, 1, 2, 3)
  on.at(3).offlineUntil = on.world.time.now + 12_000
  on.at(3).dropSocket()
  await on.pass(500)
  on.edit(0, { newSecret: true })
  await on.until(() => [0, 1, 2].every((n) => on.sees(n).policy.secretVersion === 2), "the members have it", 5_000)
  await on.pass(1_000)
  for (const n of [0, 1, 2]) on.check(on.at(n).link.version === 2, "each member's address bar has the new link")
  on.at(4).join()
  await on.until(() => problemOf(on, 4) === "link-replaced", "the old link says that it was replaced", 5_000)
  on.at(4).wantsIn = false
  await on.settles(30_000)
  on.check(on.at(3).link.version === 2, "who was away finds its way back and follows")
  on.at(5).take(on.at(0).link)
  await on.pass(500)
  on.at(5).join()
  on.at(1).reload(200)
  on.at(2).dropSocket()
  await on.settles(15_000)
}

/** A link for one, and a link that ends. */
export const linksThatEnd: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 6)
  await on.gather(0, 1)
  on.edit(0, { set: "isSingleUse", to: true })
  on.edit(0, { newSecret: true })
  await on.until(() => on.sees(1).policy.secretVersion === 2 && on.sees(1).policy.isSingleUse, "the rules change", 5_000)
  await on.serverTold()
  for (const n of [2, 3]) {
    on.at(n).take(on.at(0).link)
    await on.pass(200)
    on.at(n).join()
  }
  await on.until(
    () => on.isIn(2) !== on.isIn(3) && (problemOf(on, 2) ?? problemOf(on, 3)) === "turned-away",
    "the link lets one in",
    10_000,
  )
  const out = on.isIn(2) ? 3 : 2
  on.at(out).wantsIn = false
  on.at(out === 3 ? 2 : 3).reload(300)
  await on.settles(10_000)
  on.edit(0, { set: "isSingleUse", to: false })
  on.edit(0, { set: "expiry", to: on.wall + 20_000 })
  await on.until(() => on.sees(1).policy.expiry !== undefined, "the link ends soon", 5_000)
  await on.pass(21_000)
  on.at(4).take(on.at(0).link)
  on.at(4).join()
  await on.until(() => problemOf(on, 4) === "turned-away", "then it opens nothing", 5_000)
  on.at(4).wantsIn = false
  on.at(1).reload(300)
  await on.settles(10_000)
}

/** Nobody begins a call that only a host may begin; when the host comes all are in without a click. */
export const waitForHost: Scene = async (seed) => {
  const on: Stage = await Stage.of(seed, 4, { joinBeforeHost: false })
  for (const n of [1, 2, 3]) on.at(n).join()
  await on.pass(130_000)
  for (const n of [1, 2, 3]) on.check(on.view(n).phase === "waiting-for-host", "guests wait for the host")
  on.world.server.restart(2_000)
  await on.pass(10_000)
  on.at(0).join()
  await on.settles(5_000)
}
