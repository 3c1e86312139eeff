/** Calls from networks that let nothing out to the media server: through our own relay, in real browsers. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { openHouse, type House } from "../browser/house.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, startMeeting, type Person } from "../browser/person.ts"
import { freePort } from "../browser/sfu.ts"

const mediaPort = 17_884
let tcpPort: number
let house: House
let people: Person[] = []

beforeAll(async () => {
  tcpPort = await freePort()
  house = await openHouse({ env: { CONCLAVE_MEDIA_PORT: String(mediaPort), CONCLAVE_MEDIA_TCP_PORT: String(tcpPort) } })
})
afterAll(() => house.close())
afterEach(async () => {
  await house.empty(people)
  people = []
})

/** Runs in a page before any of its scripts: its connections know no way but the relay. */
function onlyByRelay(): void {
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: "relay" })
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration({ ...configuration, iceTransportPolicy: "relay" })
    }
  }
}

test("D27.16: Chromium and Firefox see and hear each other when both have the relay alone", async () => {
  const prepare = async (page: Page): Promise<void> => {
    await page.evaluateOnNewDocument(onlyByRelay)
  }
  const ben = await startMeeting(await house.lightChromium(), house.server.origin, { name: "Ben", prepare })
  const ada = await joinMeeting(await house.firefox(), ben.link(), { name: "Ada", prepare })
  people = [ben, ada]
  await agree(people)
  await allSeeAndHear(people)
  for (const person of people) expect(new Set((await person.media()).localTypes)).toEqual(new Set(["relay"]))
})
