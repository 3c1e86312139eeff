/** Scenes of what befalls a call: all of them settle without a click. More: `npm run sim -- --scene all --from 1 --to 100`. */

import { test } from "vitest"
import * as liveness from "./scenes/liveness.ts"
import type { Scene } from "./scenes/scene.ts"

async function played(scene: Scene, seeds = 8): Promise<void> {
  for (let seed = 1; seed <= seeds; seed++) await scene(seed)
}

test("D9.2: twenty commits at once have one winner an epoch, and all of them come to pass", () => played(liveness.everybodyAtOnce, 2))

test("D9.11: a committer that vanishes before, while or after the server has its commit holds nobody up", () =>
  played(liveness.committerVanishes, 40))

test("D9.6: who floods a call with commits that nobody can open is out each time, and the others go on", () =>
  played(liveness.floodOfGarbage))

test("D11.23, D8.12: a host whose laptop slept for five minutes is host again without a click", () => played(liveness.hostSleeps))

test("D8.12, D8.13: half of a locked call drops and returns, no honest commit is refused and nobody knocks twice", () =>
  played(liveness.halfDropsAndReturns, 4))

test("D14.4: fifty of sixty leave at once, by few commits", () => played(liveness.batchLeave, 1))
