/** Before the call, in real browsers: what leaves the device while a background is chosen, and whether the network can carry a call. */

import { createServer } from "node:net"
import { once } from "node:events"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import type { Background } from "../../apps/web/src/view/settings.ts"
import { openHouse, type House } from "../browser/house.ts"
import { hears } from "../browser/meeting.ts"
import { joinMeeting, openPage, press, reads, startMeeting, type Person } from "../browser/person.ts"
import { pictureOf, type Shown } from "../browser/picture.ts"
import { until } from "../browser/until.ts"

let house: House
let people: Person[] = []

beforeAll(async () => {
  const server = createServer().listen(0)
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  server.close()
  house = await openHouse({ env: { CONCLAVE_MEDIA_TCP_PORT: String(port) } })
})
afterAll(() => house.close())
afterEach(async () => {
  await house.empty(people)
  people = []
})

/** The film of these cameras is a dark grey; our scene called "wall" is nearly white. */
const isWall = ({ red }: Pick<Shown, "red">): boolean => red > 190
const isRoom = ({ red }: Pick<Shown, "red">): boolean => red > 80 && red < 170

const kept = (background: Background): string => JSON.stringify({ background })

/** Chooses as a second tab would: by what the browser keeps. */
const choose = (page: Page, background: Background): Promise<void> =>
  page.evaluate((newValue) => {
    dispatchEvent(new StorageEvent("storage", { key: "conclave.settings", newValue }))
  }, kept(background))

/** Notes the colour of everything the mirror shows from the first picture on. */
async function watchMirror(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(
    (settings) => {
      if (location.protocol === "http:") localStorage.setItem("conclave.settings", settings)
      const seen: number[] = []
      Object.assign(globalThis, { seenInMirror: seen })
      const canvas = new OffscreenCanvas(1, 1)
      const pen = canvas.getContext("2d", { willReadFrequently: true })
      setInterval(() => {
        const video = document.querySelector<HTMLVideoElement>(".mirror video")
        if (video === null || video.videoWidth === 0 || pen === null) return
        pen.drawImage(video, 0, 0, 1, 1)
        seen.push(pen.getImageData(0, 0, 1, 1).data[0] ?? 0)
      }, 50)
    },
    kept({ kind: "picture", name: "wall" }),
  )
}

const mirrored = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => (globalThis as unknown as { seenInMirror: readonly number[] }).seenInMirror)

test("L70: while a background is chosen nobody gets a picture of the room, from the mirror to the other end of a call", async () => {
  const running = await house.lightChromium()
  const ada = await startMeeting(running, house.server.origin, { name: "Ada", prepare: watchMirror })
  const ben = await joinMeeting(running, ada.link(), { name: "Ben" })
  people.push(ada, ben)
  // The wall stands still: what comes is counted.
  const first = await until(
    async () => {
      const shown = await pictureOf(ben.page, "Ada")
      return shown !== undefined && shown.frames >= 5 ? shown : undefined
    },
    { for: "Ada's pictures to reach Ben" },
  )
  expect(first).toSatisfy(isWall)
  expect((await mirrored(ada.page)).every((red) => isWall({ red }))).toBe(true)
  await choose(ada.page, { kind: "none" })
  await until(async () => isRoom((await pictureOf(ben.page, "Ada")) ?? { red: 0 }), { for: "Ben to see the room that Ada now shows" })
  await choose(ada.page, { kind: "picture", name: "wall" })
  await until(async () => isWall((await pictureOf(ben.page, "Ada")) ?? { red: 0 }), { for: "Ben to see the wall again" })
})

test.each(["chromium", "firefox"] as const)("L70: the mirror in %s shows the chosen background and never the room", async (kind) => {
  const page = await openPage(await house[kind](), watchMirror)
  try {
    await page.goto(`${house.server.origin}/new`)
    const seen = await until(
      async () => {
        const all = await mirrored(page)
        return all.length >= 10 ? all : undefined
      },
      { for: "ten pictures in the mirror" },
    )
    // Chromium's own test picture has a bright shape in the middle, which may pass for a person; one point of it is the mean.
    expect(seen.every((red) => red > 120)).toBe(true)
  } finally {
    await page.browserContext().close()
  }
})

/** Runs in a page before any of its scripts: what hides a background dies at once, and no network for the voice can be had. */
function breakProcessing(settings: string): void {
  if (location.protocol === "http:") localStorage.setItem("conclave.settings", settings)
  const Native = globalThis.Worker
  globalThis.Worker = new Proxy(Native, {
    construct(target, args: ConstructorParameters<typeof Worker>, newTarget) {
      const worker = Reflect.construct(target, args, newTarget) as Worker
      if (args[1]?.name === "background") {
        worker.terminate()
        setTimeout(() => worker.dispatchEvent(new Event("error")))
      }
      return worker
    },
  })
  AudioWorklet.prototype.addModule = () => Promise.reject(new Error("not here"))
}

test.each(["chromium", "firefox"] as const)(
  "L71, L72: in %s a background that cannot be hidden shows nothing, noise that cannot be taken out stays in, and both are said",
  async (kind) => {
    const settings = JSON.stringify({ background: { kind: "picture", name: "wall" }, noise: "strong" })
    const prepare = async (page: Page): Promise<void> => {
      await page.evaluateOnNewDocument(breakProcessing, settings)
    }
    const ada = await startMeeting(await house[kind](), house.server.origin, { name: "Ada", prepare })
    const ben = await joinMeeting(await house.lightChromium(), ada.link(), { name: "Ben" })
    people.push(ada, ben)
    await hears(ben, 1)
    await reads(ada.page, en["preparing.background-failed"])
    const { outbound } = await ada.media()
    expect(outbound.filter((sent) => sent.kind === "video" && sent.framesEncoded > 0)).toEqual([])
    expect(await pictureOf(ben.page, "Ada")).toBeUndefined()
  },
)

test.each(["chromium", "firefox"] as const)(
  "D27.11, D27.12: in %s the network check reaches the real SFU by UDP, by TCP and through the relay",
  async (kind) => {
    const page = await openPage(await house[kind]())
    try {
      await page.goto(`${house.server.origin}/new`)
      await page.waitForSelector(".network summary")
      await page.click(".network summary")
      await press(page, "button", en["preparing.network-try"])
      await reads(page, en["preparing.network-good"])
      const states = await page.evaluate(() => [...document.querySelectorAll(".network dd")].map((state) => state.textContent))
      expect(states).toEqual([en["preparing.way.open"], en["preparing.way.open"], en["preparing.way.open"]])
      // Whatever makes a connection next gets the browser's own class.
      expect(await page.evaluate(() => RTCPeerConnection.name)).toBe("RTCPeerConnection")
    } finally {
      await page.browserContext().close()
    }
  },
)
