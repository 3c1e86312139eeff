/** Five people at once are more than two cores draw in a hurry: run by `npm run prove:call`, whose figure this is. */

import { expect, test } from "vitest"
import { note } from "../browser/figures.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { agree, seesAndHears } from "../browser/meeting.ts"
import { pictureOf } from "../browser/picture.ts"
import { until } from "../browser/until.ts"

const { people, starts, joins } = gatheringIn(houseOfFile())

test("C4: a late fifth has everybody's picture and sound", async () => {
  const ada = await starts("Ada")
  for (const name of ["Ben", "Cleo", "Dina"]) await joins(ada.link(), name)
  await agree(people)
  const wordsBefore = (await ada.facts()).words
  const eve = await joins(ada.link(), "Eve")
  const began = performance.now()
  await until(
    async () =>
      (await Promise.all(["Ada", "Ben", "Cleo", "Dina"].map((name) => pictureOf(eve.page, name)))).every((one) => one !== undefined),
    {
      for: "the fifth to see four pictures",
    },
  )
  note({ what: "a late fifth: from entering to four pictures", value: (performance.now() - began) / 1000, unit: "s", atMost: 5 })
  await seesAndHears(
    eve,
    people.filter((one) => one !== eve),
  )
  await agree(people)
  expect((await eve.facts()).words).not.toEqual(wordsBefore)
  const all = await Promise.all(people.map((one) => one.facts()))
  expect(all.reduce((sum, { counts }) => sum + counts.outsideWindow, 0)).toBe(0)
})
