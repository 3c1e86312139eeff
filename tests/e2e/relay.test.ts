/** Calls from networks that let nothing out to the media server: through our own relay, in real browsers. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { testCertificate, testKey } from "../../apps/server/src/http/certificate.fixture.ts"
import { en } from "../../apps/web/src/i18n/en.ts"
import { filmOf } from "../browser/camera-film.ts"
import { openFar } from "../browser/far.ts"
import { openHouse, type House } from "../browser/house.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, openPage, press, reads, startMeeting, type Person } from "../browser/person.ts"
import { startServer } from "../browser/server.ts"
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

const waysOf = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() => [...document.querySelectorAll(".network dd")].map((state) => state.textContent))

test("D27.16: who cannot reach the media server by UDP or TCP is told so before the call, and has it through the relay", async () => {
  const film = filmOf("grey")
  const far = await openFar({ port: house.server.port, camera: film })
  try {
    far.shut("udp", mediaPort)
    far.shut("tcp", tcpPort)
    const page = await openPage(far.running)
    await page.goto(`${house.server.origin}/new`)
    await page.waitForSelector(".network summary")
    await page.click(".network summary")
    await press(page, "button", en["preparing.network-try"])
    await reads(page, en["preparing.network-slower"])
    expect(await waysOf(page)).toEqual([en["preparing.way.shut"], en["preparing.way.shut"], en["preparing.way.open"]])
    await page.browserContext().close()

    const ben = await startMeeting(await house.lightChromium(), house.server.origin, { name: "Ben" })
    const ada = await joinMeeting(far.running, ben.link(), { name: "Ada" })
    people = [ben, ada]
    await agree(people)
    await allSeeAndHear(people)
    expect(new Set((await ada.media()).localTypes)).toEqual(new Set(["relay"]))
    expect(new Set((await ben.media()).localTypes)).not.toContain("relay")
  } finally {
    await far.close()
    rmSync(dirname(film), { recursive: true })
  }
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

/** The settings of a server with TLS. Its certificate is nobody's, and the browsers of this test are told to take it. */
function withTls(): { readonly env: Record<string, string>; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "conclave-tls-"))
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")]
  writeFileSync(cert, testCertificate)
  writeFileSync(key, testKey)
  const env = { CONCLAVE_HOST: "0.0.0.0", CONCLAVE_TLS_CERT: cert, CONCLAVE_TLS_KEY: key, CONCLAVE_MEDIA_TCP_PORT: "0" }
  return { env, folder }
}

test("D27.15, D27.16: where nothing gets out but TLS to the page's own port, two have their call through the relay there", async () => {
  const { env, folder } = withTls()
  const film = filmOf("grey")
  const server = await startServer({
    env: { ...env, CONCLAVE_MEDIA_PORT: String(mediaPort + 1), CONCLAVE_TURN_PORT: String(mediaPort + 2) },
  })
  const far = await openFar({ port: server.port, camera: film, args: ["--ignore-certificate-errors"] })
  try {
    for (const port of [mediaPort + 1, mediaPort + 2]) far.shut("udp", port)
    const ben = await startMeeting(far.running, `https://localhost:${server.port}`, { name: "Ben" })
    const ada = await joinMeeting(far.running, ben.link(), { name: "Ada" })
    people = [ben, ada]
    await agree(people)
    await allSeeAndHear(people)
    for (const person of people) expect(new Set((await person.media()).localTypes)).toEqual(new Set(["relay"]))
  } finally {
    await far.close()
    await server.stop()
    for (const one of [folder, dirname(film)]) rmSync(one, { recursive: true })
  }
})
