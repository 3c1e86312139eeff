/** A whole scripted meeting, and whom its browsers spoke to. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { openBrowser, type Running } from "../browser/browsers.ts"
import { openHouse, type House } from "../browser/house.ts"
import { allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, press, reads, startMeeting } from "../browser/person.ts"
import { openRecordingProxy, type RecordingProxy } from "../browser/recording-proxy.ts"

let house: House
let proxies: RecordingProxy[]
let running: Running[] = []

beforeAll(async () => {
  house = await openHouse()
  proxies = await Promise.all([openRecordingProxy(), openRecordingProxy()])
})
afterEach(async () => {
  await Promise.all(running.map((one) => one.close()))
  running = []
})
afterAll(async () => {
  for (const proxy of proxies) proxy.stop()
  await house.close()
})

test("A7.04: in a whole meeting Chromium and Firefox speak to nobody but our own server", async () => {
  const [first, second] = proxies
  if (first === undefined || second === undefined) throw new Error("bug: no proxies")
  const chromium = await openBrowser({ kind: "chromium", proxy: first.address })
  const firefox = await openBrowser({ kind: "firefox", proxy: second.address })
  running = [chromium, firefox]
  const ada = await startMeeting(chromium, house.server.origin, { name: "Ada" })
  const ben = await joinMeeting(firefox, ada.link(), { name: "Ben" })
  await allSeeAndHear([ada, ben])
  await press(ada.page, "button", en["call.people-button"])
  await reads(ada.page, "Ben")
  const media = await Promise.all([ada.media(), ben.media()])
  await ben.leave()
  await ada.leave()

  const ours = new URL(house.server.origin)
  for (const { hosts } of proxies) expect(new Set(hosts.filter((host) => !ownErrands.has(host)))).toEqual(new Set([ours.host]))
  for (const { iceServers, remoteAddresses } of media) {
    for (const url of iceServers) expect(url).toMatch(/^turn:(127\.|10\.)[\d.]+:\d+\?transport=udp$/)
    for (const address of remoteAddresses) expect(address).toMatch(/^(127\.|10\.|\[?::1)/)
  }
})

/** What Chromium does for its maker on any page and on none. The page could not cause it: its policy lets it connect to its own origin only. */
const ownErrands = new Set([
  "accounts.google.com:443",
  "clients2.google.com:80",
  "content-autofill.googleapis.com:443",
  "optimizationguide-pa.googleapis.com:443",
  "update.googleapis.com:443",
  "update.googleapis.com:80",
])
