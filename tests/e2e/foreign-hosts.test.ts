/** A whole scripted meeting, and whom its browsers spoke to. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { openBrowser, type Kind, type Running } from "../browser/browsers.ts"
import { openHouse, type House } from "../browser/house.ts"
import { allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, press, reads, startMeeting } from "../browser/person.ts"
import { openRecordingProxy, type RecordingProxy } from "../browser/recording-proxy.ts"

let house: House
let proxy: RecordingProxy
let running: Running | undefined

beforeAll(async () => {
  house = await openHouse()
  proxy = await openRecordingProxy()
})
afterEach(() => running?.close())
afterAll(async () => {
  proxy.stop()
  await house.close()
})

for (const kind of ["chromium", "firefox"] satisfies Kind[]) {
  test(`A7.04: in a whole meeting ${kind} speaks to nobody but our own server`, async () => {
    running = await openBrowser({ kind, proxy: proxy.address })
    const ada = await startMeeting(running, house.server.origin, { name: "Ada" })
    const ben = await joinMeeting(running, ada.link(), { name: "Ben" })
    await allSeeAndHear([ada, ben])
    await press(ada.page, "button", en["call.people-button"])
    await reads(ada.page, "Ben")
    const media = await Promise.all([ada.media(), ben.media()])
    await ada.leave()
    await ben.leave()

    const ours = new URL(house.server.origin)
    expect(new Set(proxy.hosts)).toEqual(new Set([ours.host]))
    for (const { iceServers, remoteAddresses } of media) {
      expect(iceServers).toEqual([])
      for (const address of remoteAddresses) expect(address).toMatch(/^(127\.|10\.|\[?::1)/)
    }
  })
}
