import { expect, test } from "vitest"
import { House } from "../../apps/server/src/house.fixture.ts"
import { holds, lineOf } from "../browser/figures.ts"
import { churn } from "./churn.ts"

test("D9.43, D9.44: twelve come, go, crash and return on the real server: one history, every message opens, all are in at the end", async () => {
  await using house = await House.open()
  const seed = Number(process.env.CONCLAVE_SEED ?? 20_261_121)
  console.log(`churn seed ${String(seed)}`)
  const { figures, findings } = await churn({ origin: house.origin, members: 12, seconds: 20, seed, every: 700 })
  expect(findings).toEqual([])
  expect(figures.filter((figure) => !holds(figure)).map(lineOf)).toEqual([])
})
