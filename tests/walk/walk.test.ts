import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import { expect, test } from "vitest"
import { walk } from "./walk.ts"

test("D35: after each of 300 random commits all members agree, all joiners are in and the removed know nothing", async () => {
  const seed = Number(process.env.CONCLAVE_SEED ?? 20_261_121)
  console.log(`walk seed ${seed}`)
  const { joins, removals, largest } = walk(await loadEngineFromDisk(), { seed, commits: 300 })
  expect(joins).toBeGreaterThan(100)
  expect(removals).toBeGreaterThan(50)
  expect(largest).toBeGreaterThan(20)
})
