/** One pair per browser with no special flag or preference but fake devices (D27: stock Firefox cannot use loopback candidates). */

import { expect, test } from "vitest"
import { openBrowser, type Kind } from "../browser/browsers.ts"
import { note } from "../browser/figures.ts"
import { openHouse } from "../browser/house.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, startMeeting } from "../browser/person.ts"

test.for<Kind>(["chromium", "firefox"])("D27.90: two people with a stock %s see and hear each other", async (kind) => {
  const house = await openHouse({ profile: "stock" })
  // A browser each: stock Firefox paints no picture in a tab that is behind another.
  const second = await openBrowser({ kind, profile: "stock" })
  try {
    const ada = await startMeeting(await house[kind](), house.server.origin, { name: "Ada" })
    const ben = await joinMeeting(second, ada.link(), { name: "Ben" })
    await allSeeAndHear([ada, ben])
    await agree([ada, ben])
    const outside = (await ada.facts()).counts.outsideWindow + (await ben.facts()).counts.outsideWindow
    note({ what: `stock ${kind}: frames refused outside the window`, value: outside, unit: "frames", atMost: 0 })
    expect(outside).toBe(0)
  } finally {
    await second.close()
    await house.close()
  }
})
