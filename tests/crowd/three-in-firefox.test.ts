/** Several people in one Firefox. */

import { test } from "vitest"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"

const { people, starts, joins } = gatheringIn(houseOfFile())

test("D23.10: three people in one Firefox see and hear each other", async () => {
  const ada = await starts("Ada", "firefox")
  for (const name of ["Ben", "Cleo"]) await joins(ada.link(), name, "firefox")
  await agree(people)
  await allSeeAndHear(people)
})
