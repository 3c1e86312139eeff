/** Which codec pictures travel in, as the browsers themselves report it. */

import type { Page } from "puppeteer-core"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { openHouse, type House } from "../browser/house.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, press, startMeeting, type Person } from "../browser/person.ts"
import { until } from "../browser/until.ts"

let house: House
let people: Person[] = []

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(async () => {
  await house.empty(people)
  people = []
})

/** Runs in the page before any of its scripts: a browser that has no VP9 to show. */
function withoutVp9(page: Page): Promise<void> {
  return page
    .evaluateOnNewDocument(() => {
      const whole = RTCRtpReceiver.getCapabilities.bind(RTCRtpReceiver)
      RTCRtpReceiver.getCapabilities = (kind) => {
        const found = whole(kind)
        return found && { ...found, codecs: found.codecs.filter(({ mimeType }) => mimeType.toLowerCase() !== "video/vp9") }
      }
    })
    .then(() => undefined)
}

/** Codecs of the pictures that a person sends and that move. */
async function sentBy(person: Person): Promise<readonly string[]> {
  const before = (await person.media()).outbound
  const now = await until(
    async () => {
      const { outbound } = await person.media()
      const moving = outbound.filter(
        ({ kind, id, packets }) => kind === "video" && packets > (before.find((one) => one.id === id)?.packets ?? 0),
      )
      return moving.length > 0 && moving
    },
    { for: `${person.name} to send pictures` },
  )
  return now.map(({ codec }) => codec)
}

async function screenMoves(person: Person): Promise<void> {
  const decoded = async () => (await person.facts()).tiles.find(({ kind }) => kind === "screen")?.framesDecoded ?? 0
  await until(async () => (await decoded()) > 0, { for: `${person.name} to see the screen` })
  let first = await decoded()
  await until(
    async () => {
      const now = await decoded()
      // Another receiver counts from 0 again.
      first = Math.min(first, now)
      return now > first + 3
    },
    { for: `the screen to move for ${person.name}` },
  )
}

test("D22.8, D22.9: a screen goes in VP9 while all open it, Firefox too, and in VP8 from when somebody comes who cannot", async () => {
  const ada = await startMeeting(await house.lightChromium(), house.server.origin, { name: "Ada" })
  people = [ada, await joinMeeting(await house.lightChromium(), ada.link(), { name: "Ben" })]
  await allSeeAndHear(people)
  await press(ada.page, "button", en["call.share"])
  await screenMoves(people[1] as Person)
  await until(async () => (await sentBy(ada)).includes("VP9"), { for: "the screen to go in VP9" })
  // A camera has layers, and stays as it was.
  expect(await sentBy(ada)).toContain("VP8")

  people.push(await joinMeeting(await house.firefox(), ada.link(), { name: "Cleo" }))
  await agree(people)
  await screenMoves(people[2] as Person)
  expect(await sentBy(ada)).toContain("VP9")

  people.push(await joinMeeting(await house.lightChromium(), ada.link(), { name: "Dina", prepare: withoutVp9 }))
  await until(async () => !(await sentBy(ada)).includes("VP9"), { for: "the screen to leave VP9" })
  for (const person of people.slice(1)) await screenMoves(person)
  expect(await sentBy(ada)).not.toContain("VP9")
  const outside = (await Promise.all(people.map((one) => one.facts()))).reduce((sum, { counts }) => sum + counts.outsideWindow, 0)
  expect(outside).toBe(0)
})
