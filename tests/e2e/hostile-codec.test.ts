/** A member whose frames are sealed rightly and broken within: what stands behind the tag is the browser's own decoder. */

import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { joinBareCall, serveBareCalls } from "../browser/bare.ts"
import type { CodecLane } from "../browser/bare-call/page.ts"
import { openBrowser, type Running } from "../browser/browsers.ts"
import { filmOf } from "../browser/camera-film.ts"
import type { Pages } from "../browser/pages.ts"
import { startSfu, type Sfu } from "../browser/sfu.ts"
import { until } from "../browser/until.ts"
import { mediaOf } from "../browser/witness.ts"
import { counts } from "../hostile/counts.ts"
import { blocked } from "../hostile/ledger.ts"

let pages: Pages
let browser: Running
let sfu: Sfu
const film = filmOf("red")

beforeAll(async () => {
  pages = await serveBareCalls()
  browser = await openBrowser({ kind: "chromium", camera: film })
  sfu = await startSfu()
})
afterAll(async () => {
  await browser.close()
  sfu.stop()
  pages.stop()
  rmSync(dirname(film), { recursive: true })
})

const key = Array.from({ length: 16 }, (_, n) => n + 1)

type Picture = CodecLane["codec"]

const screen: CodecLane = { what: "slides", codec: "vp9", scalability: "L1T1" }

/** A camera in VP8, a screen in VP9: as the product sends them. */
async function comesIn(encryption: "ours" | "bent", leaf: number, codec: Picture): Promise<Page> {
  const isPublishing = encryption === "bent"
  const token = await sfu.grant({ room: `bent ${codec}`, identity: encryption, canPublish: isPublishing })
  const call = { url: sfu.url, token, isPublishing, encryption, leaf, key }
  return joinBareCall(browser, pages, codec === "vp9" ? { ...call, picture: screen } : call)
}

const receivedBy = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { frameCounts(): { received: number } | undefined }).frameCounts()?.received ?? 0)

const decodedBy = async (page: Page): Promise<number> =>
  (await mediaOf(page)).inbound.reduce((sum, { kind, framesDecoded }) => (kind === "video" ? sum + framesDecoded : sum), 0)

test.each<Picture>(["vp8", "vp9"])(
  "A2.15: %s frames bent behind a valid tag leave the receiver's page alive, and the first sound ones are shown again",
  async (codec) => {
    const receiver = await comesIn("ours", 1, codec)
    const sender = await comesIn("bent", 0, codec)
    let crashes = 0
    receiver.on("error", () => crashes++)
    const wanted = counts.bentFramesDecoded
    const received = await until(async () => [await receivedBy(receiver)].find((n) => n >= wanted), {
      for: `${wanted} bent frames to be opened`,
      ms: 60_000 + wanted * 100,
    })
    await sender.evaluate(() => {
      ;(globalThis as unknown as { bend(isBending: boolean): void }).bend(false)
    })
    const before = await decodedBy(receiver)
    await until(async () => (await decodedBy(receiver)) > before + 20, { for: "sound frames to be decoded again", ms: 60_000 })
    blocked({ row: "A2.15", what: `bent ${codec} frames in a real decoder`, tries: received, through: crashes })
    expect(await receiver.evaluate(() => document.querySelectorAll("video").length)).toBe(1)
  },
)
