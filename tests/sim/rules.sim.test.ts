/** Scenes of who is let in and who decides, each under several seeds. More: `npm run sim -- --scene all --from 1 --to 100`. */

import { test } from "vitest"
import * as door from "./scenes/door.ts"
import * as roles from "./scenes/roles.ts"
import type { Scene } from "./scenes/scene.ts"
import * as together from "./scenes/together.ts"

async function played(scene: Scene, seeds = 8): Promise<void> {
  for (let seed = 1; seed <= seeds; seed++) await scene(seed)
}

test("D17.30: with a waiting room and hosts that come and go, everybody is let in once, by a host, and nobody else", () =>
  played(door.hostsComeAndGo))

test("D17.31, D8.14: who is refused may knock again, who is blocked may not until a host says so", () => played(door.refusedAndBlocked))

test("D8.11, D8.12, D8.15: a locked call lets nobody new in, everybody back, and its hosts always", () => played(door.lockedOut))

test("D8.14: whom a host removed knocks in vain, whoever came meanwhile, until it is unblocked", () => played(door.removedAndBlocked))

test("D4.15, D3.11: a new secret reaches all members, those away among them; the old link says that it was replaced", () =>
  played(door.newSecret))

test("D8.11: a link for one lets in one, and a link that has ended nobody; who was in comes back", () => played(door.linksThatEnd))

test("D4.14, D4.16: a call that waits for its host begins with it, for all who wait, without a click", () => played(door.waitForHost))

test("D4.13, D5: a host makes another host and goes; the last one cannot step down", () => played(roles.handOver))

test("D5.1: with the last host gone nobody inherits but who was named, and only when it says so", () => played(roles.successorTakesOver))

test("D8.13, D4.12: a client without rules lets nobody in, removes nobody and rules nothing; all refuse and name it", () =>
  played(roles.aClientWithoutRules))

test("D8.26: a change of the rules that became void is made again by itself", () => played(roles.aChangeThatWasVoid))

test("D4.13: listeners send nothing, co-hosts remove others but no host", () => played(roles.listeners))

test("D34.10, D34.15: hands are the same on every screen, whatever befell sockets and places meanwhile", () => played(together.handsUp))

test("D34.11: a word reaches everybody who can hear it, and nobody twice", () => played(together.wordsInBadWeather))

test("D8.30: a host ends the call for all, whoever commits, comes and is away meanwhile", () => played(together.hostEnds))

test("D8.31, D8.32: a client without rules ends nobody's call: all name it and come back", () => played(together.aClientEndsTheCall))
