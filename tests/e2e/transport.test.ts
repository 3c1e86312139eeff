/** How media travels between a browser and the SFU, as the browsers themselves report it. */

import { afterAll, beforeAll, expect, test } from "vitest"
import { openHouse, type House } from "../browser/house.ts"
import { allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, startMeeting, type Person } from "../browser/person.ts"

let house: House
let people: readonly Person[] = []

beforeAll(async () => {
  house = await openHouse()
  const ada = await startMeeting(await house.chromium(), house.server.origin, { name: "Ada" })
  people = [ada, await joinMeeting(await house.firefox(), ada.link(), { name: "Ben" })]
  await allSeeAndHear(people)
})
afterAll(() => house.close())

test("A8.03, D26: SRTP is AEAD_AES_256_GCM in Chromium and in Firefox", async () => {
  for (const person of people) {
    const { srtpCiphers, dtlsCiphers } = await person.media()
    expect(new Set(srtpCiphers.map((cipher) => cipher.replace(/^SRTP_/, "")))).toEqual(new Set(["AEAD_AES_256_GCM"]))
    expect(dtlsCiphers.every((cipher) => cipher.includes("GCM"))).toBe(true)
  }
})

test("A7.03, D26: no audio level is negotiated, so the SFU cannot tell who speaks and how loud", async () => {
  for (const person of people) expect((await person.media()).hasAudioLevel).toBe(false)
})

test("D25: silence is sent as silence: the SFU's answer lets Opus leave it out", async () => {
  for (const person of people) expect((await person.media()).hasDtx).toBe(true)
})

test("A7.04, D27.17: no ICE server is asked but our own relay, where the SFU is, and nobody's candidates are anybody's but its own and the SFU's", async () => {
  for (const person of people) {
    const { iceServers, remoteAddresses } = await person.media()
    expect(remoteAddresses.length).toBeGreaterThan(0)
    const sfu = remoteAddresses[0]?.split(":")[0] ?? ""
    for (const url of iceServers) expect(url.replace(/:\d+\?/, ":*?")).toBe(`turn:${sfu}:*?transport=udp`)
    // In the private network everything has one address; what tells the SFU apart is its one media port.
    expect(new Set(remoteAddresses).size).toBe(1)
  }
  const all = await Promise.all(people.map(async (person) => (await person.media()).remoteAddresses))
  expect(new Set(all.flat()).size).toBe(1)
})
