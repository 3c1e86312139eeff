/** The room's password at the door: right, wrong, five times wrong, after a reload, and past a lying server (D18). */

import { Stage, type Scene } from "./scene.ts"

const [right, wrong] = ["open sesame", "open barley"]

/** Ada's room with a password; these people are in. */
async function behindPassword(seed: number, people: number, ...inside: readonly number[]): Promise<Stage> {
  const on: Stage = await Stage.of(seed, people)
  await on.gather(0)
  on.at(0).choosePassword(right)
  await on.until(() => on.sees(0).policy.hasPassword, "the room has a password", 3_000)
  await on.pass(1_000)
  for (const n of inside) await enter(on, n)
  return on
}

const isAsked = (on: Stage, n: number): boolean => on.view(n).phase === "asking-password"
const isToldWrong = (on: Stage, n: number): boolean => {
  const view = on.view(n)
  return view.phase === "asking-password" && view.isWrong
}

async function enter(on: Stage, n: number, text = right): Promise<void> {
  on.at(n).join()
  await on.until(() => isAsked(on, n), "a newcomer is asked for the password", 5_000)
  on.at(n).typePassword(text)
  await on.until(() => on.isIn(n), "who knows it is in", 10_000)
}

/** A wrong one is told at once; then the right one. Who reloads is not asked again; who was away when it changed is. */
export const rightAndWrong: Scene = async (seed) => {
  const on: Stage = await behindPassword(seed, 4, 1)
  on.at(2).join()
  await on.until(() => isAsked(on, 2), "asked", 5_000)
  on.check(!isToldWrong(on, 2), "nothing was wrong yet")
  on.at(2).typePassword(wrong)
  await on.until(() => isToldWrong(on, 2), "a wrong one is told", 5_000)
  on.at(2).typePassword(right)
  await on.until(() => on.isIn(2), "the right one lets in", 10_000)
  for (const n of [0, 1, 2]) {
    on.at(n).reload(300)
    await on.settles(20_000)
  }
  on.leave(2)
  await on.settles(10_000)
  on.at(0).choosePassword("another word")
  await on.until(() => on.sees(1).policy.version > 2, "it changes", 5_000)
  await on.serverTold()
  on.at(2).join()
  await on.until(() => isAsked(on, 2), "who was away is asked for the new one", 5_000)
  on.at(2).typePassword(right)
  await on.until(() => isToldWrong(on, 2), "the old one is wrong now", 5_000)
  on.at(2).typePassword("another word")
  await on.settles(20_000)
  on.edit(0, { set: "password", to: false })
  await on.until(() => !on.sees(1).policy.hasPassword, "it is taken away", 5_000)
  await on.serverTold()
  on.at(3).join()
  await on.settles(10_000)
}

/** Five wrong ones in a call, by whomever: then newcomers wait for a host, and a host's yes is for one try. */
export const fiveTimesWrong: Scene = async (seed) => {
  const on: Stage = await behindPassword(seed, 5, 1)
  for (let guess = 0; guess < 5; guess++) {
    const n = 2 + (guess % 2)
    on.at(n).wantsIn = true
    if (on.view(n).phase === "idle") on.at(n).join()
    await on.until(() => isAsked(on, n), "asked", 30_000)
    on.at(n).typePassword(`${wrong} ${String(guess)}`)
    await on.until(() => isToldWrong(on, n), "told", 10_000)
  }
  await on.until(() => on.told(0, "guesses").length === 1, "the host is told of five", 30_000)
  on.check(on.told(1, "guesses").length === 0, "others are not")
  on.at(4).join()
  await on.until(() => isAsked(on, 4), "asked", 5_000)
  on.at(4).typePassword(right)
  await on.until(() => on.sees(0).atDoor.length === 1, "even who knows it waits at the host's door", 10_000)
  await on.pass(30_000)
  on.check(!on.isIn(4), "nobody else lets it in")
  on.at(0).admitAll()
  await on.until(() => on.isIn(4), "the host's yes and the right password let in", 10_000)
  on.at(2).typePassword(wrong)
  await on.until(() => on.sees(0).atDoor.length === 1, "who guesses waits as well", 10_000)
  on.at(0).admitAll()
  await on.until(() => isToldWrong(on, 2), "a yes is not enough", 10_000)
  on.at(2).typePassword(right)
  await on.until(() => on.sees(0).atDoor.length === 1, "and it was for one try", 30_000)
  on.at(1).reload(300)
  await on.until(() => on.isIn(1), "who was in comes back without a host", 20_000)
  for (const n of [2, 3]) on.at(n).wantsIn = false
  on.at(2).leave()
  on.at(3).leave()
  await on.settles(30_000)
}

/** Who has the link alone founds no call, and is asked as soon as somebody who knows has. */
export const nobodyInside: Scene = async (seed) => {
  const on: Stage = await behindPassword(seed, 3, 1)
  on.leave(0, 1)
  await on.pass(30_000)
  on.at(2).join()
  await on.until(() => on.view(2).phase === "waiting-for-host", "without the password nobody begins a call", 10_000)
  on.at(1).join()
  await on.until(() => on.isIn(1), "who was in one under it does", 10_000)
  await on.until(() => isAsked(on, 2), "then it is asked for", 90_000)
  on.at(2).typePassword(right)
  await on.settles(20_000)
}

/** A server that gives each box to somebody else, gives it twice, or to nobody: nobody is let in by it, or told that a right one is wrong. */
export const pastALyingServer: Scene = async (seed) => {
  const on: Stage = await behindPassword(seed, 5, 1)
  const { server } = on.world
  const boxes: Uint8Array<ArrayBuffer>[] = []
  // The newest box goes to whoever is next, and the one before it comes once more.
  server.tamper = (_, envelope) => {
    if (envelope.type !== "door") return [envelope]
    boxes.push(envelope.box)
    return boxes.slice(-3, -1).map((box) => ({ ...envelope, box }))
  }
  for (const n of [2, 3]) on.at(n).join()
  await on.until(() => isAsked(on, 2) && isAsked(on, 3), "both are asked", 5_000)
  on.at(2).typePassword(right)
  on.at(3).typePassword(wrong)
  await on.pass(30_000)
  on.check(!on.isIn(2) && !on.isIn(3), "by boxes of others nobody comes in")
  on.check(!isToldWrong(on, 2), "nor is a right password called wrong")
  server.tamper = (_, envelope) => (envelope.type === "door" ? [] : [envelope])
  await on.pass(60_000)
  on.check(!on.isIn(2) && !on.isIn(3), "without boxes nobody comes in")
  server.tamper = (_, envelope) => (envelope.type === "door" ? [envelope, envelope] : [envelope])
  await on.until(() => on.isIn(2) || on.sees(0).atDoor.length > 0, "each unproved run was a guess, or there are some left", 120_000)
  await on.pass(3_000)
  on.at(0).admitAll()
  await on.until(() => on.isIn(2), "who knows it comes in when the server passes on what is said, once or twice", 120_000)
  on.check(!on.isIn(3), "who does not know it stays outside")
  on.at(3).leave()
  on.at(3).wantsIn = false
  server.tamper = (_, envelope) => [envelope]
  await on.settles(30_000)
}
