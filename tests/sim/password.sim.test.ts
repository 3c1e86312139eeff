import { expect, test } from "vitest"
import * as password from "./scenes/password.ts"

const seeds = [1, 2, 3, 4, 5, 6]

test("D18.6, D18.9, D18.10: a right password lets in, a wrong one is told, and nobody is asked again after a reload", async () => {
  for (const seed of seeds) await expect(password.rightAndWrong(seed)).resolves.toBeUndefined()
})

test("D18.7: after five wrong passwords newcomers wait for a host, whose yes is for one try", async () => {
  for (const seed of seeds) await expect(password.fiveTimesWrong(seed)).resolves.toBeUndefined()
})

test("D18.11: a call under a password begins with somebody who was in one", async () => {
  for (const seed of seeds) await expect(password.nobodyInside(seed)).resolves.toBeUndefined()
})

test("D18.2, D18.6: a server that swaps, repeats or drops what is said at the door lets nobody in by it", async () => {
  for (const seed of seeds) await expect(password.pastALyingServer(seed)).resolves.toBeUndefined()
})
