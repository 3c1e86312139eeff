import { expect, test } from "vitest"
import { nobody, RefusalTally } from "./refusal-tally.ts"

test("D25.2: refused frames are counted by claimed leaf and reason; a released leaf starts clean", () => {
  const tally = new RefusalTally()
  tally.add(3, "replay")
  tally.add(3, "authentication")
  tally.add(3, "authentication")
  tally.add(nobody, "malformed")
  expect(tally.lines()[3]).toEqual({ unknownKey: 0, authentication: 2, replay: 1, malformed: 0 })
  tally.release(3)
  tally.release(4)
  expect(tally.lines()).toEqual({ [nobody]: { unknownKey: 0, authentication: 2, replay: 1, malformed: 1 } })
})
