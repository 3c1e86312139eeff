/** Calls through an SFU that lies, and outsiders whom it lets in. */

import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { joinBareCall, serveBareCalls } from "../browser/bare.ts"
import { openBrowser, type Running } from "../browser/browsers.ts"
import { filmOf } from "../browser/camera-film.ts"
import { note } from "../browser/figures.ts"
import { hostileSfu, type HostileSfu, type Lies } from "../browser/hostile-sfu.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import type { Pages } from "../browser/pages.ts"
import { en } from "../../apps/web/src/i18n/en.ts"
import { joinMeeting, press, startMeeting, type Person } from "../browser/person.ts"
import { movingPictureOf, type Shown } from "../browser/picture.ts"
import { startServer, type Server } from "../browser/server.ts"
import { forceOn, mintGrant } from "../browser/sfu.ts"
import { until } from "../browser/until.ts"
import { counts } from "../hostile/counts.ts"
import { blocked } from "../hostile/ledger.ts"
import { mediaOf, type Inbound } from "../browser/witness.ts"

let pages: Pages
let red: Running
let blue: Running
let films: string[] = []

beforeAll(async () => {
  films = [filmOf("red"), filmOf("blue")]
  const [redFilm = "", blueFilm = ""] = films
  pages = await serveBareCalls()
  red = await openBrowser({ kind: "chromium", camera: redFilm })
  blue = await openBrowser({ kind: "chromium", camera: blueFilm })
})
afterAll(async () => {
  await red.close()
  await blue.close()
  pages.stop()
  for (const film of films) rmSync(dirname(film), { recursive: true })
})

interface Scene {
  readonly sfu: HostileSfu
  readonly server: Server
  readonly people: Person[]
}

/** Ada, whose camera shows red, and Ben, whose camera shows blue, in a call through an SFU with these lies: one call for a block of tests. */
function callThrough(lies: Lies): () => Scene {
  let scene: Scene | undefined
  beforeAll(async () => {
    const sfu = hostileSfu(lies)
    scene = { sfu, server: await startServer({ sfu: sfu.program }), people: [] }
    const ada = await startMeeting(red, scene.server.origin, { name: "Ada" })
    scene.people.push(ada)
    scene.people.push(await joinMeeting(blue, ada.link(), { name: "Ben" }))
    await agree(scene.people)
  })
  afterAll(async () => {
    await Promise.all((scene?.people ?? []).map((one) => one.vanish()))
    await scene?.server.stop()
    scene?.sfu.remove()
  })
  return () => {
    if (scene === undefined) throw new Error("bug: the call has not begun")
    return scene
  }
}

interface Outsider {
  readonly encryption: "none" | "ours"
  readonly isPublishing: boolean
  readonly isTalkative?: boolean
}

/** Someone with a grant as good as any member's, and no key. */
async function outsiderIn({ sfu, people }: Scene, { encryption, isPublishing, isTalkative = false }: Outsider): Promise<Page> {
  const { url, keys } = sfu.secrets()
  const room = (await people[0]?.facts())?.call ?? ""
  const token = await mintGrant(keys, { room, identity: `outsider-${encryption}`, canPublish: isPublishing, canPublishData: isTalkative })
  const key = Array.from({ length: 16 }, () => Math.floor(Math.random() * 256))
  return joinBareCall(red, pages, { url, token, isPublishing, encryption, leaf: 1, key })
}

/** What arrived at an outsider until it had so many bytes, and what its decoder made of it. */
async function eavesdropped(page: Page): Promise<{ bytes: number; pictures: number }> {
  return until(
    async () => {
      const { inbound } = await mediaOf(page)
      const bytes = inbound.reduce((sum, stream) => sum + stream.bytes, 0)
      return bytes > counts.eavesdroppedBytes && { bytes, pictures: inbound.reduce((sum, stream) => sum + stream.framesDecoded, 0) }
    },
    { for: `the outsider to receive ${counts.eavesdroppedBytes} bytes`, ms: 60_000 },
  )
}

const isRed = ({ red: r, blue: b }: Shown): boolean => r > b + 60
const isBlue = ({ red: r, blue: b }: Shown): boolean => b > r + 60

describe("an SFU that does its work, and outsiders to whom its keys gave a valid grant", () => {
  const theCall = callThrough({})

  test("A2.02, C2.1: an outsider with a valid grant receives everything and decodes nothing", async () => {
    const call = theCall()
    const outsider = await outsiderIn(call, { encryption: "none", isPublishing: false })
    const { bytes, pictures } = await eavesdropped(outsider)
    note({ what: "outsider with a valid grant: received", value: bytes, unit: "bytes" })
    note({ what: "outsider with a valid grant: decoded", value: pictures, unit: "pictures", atMost: 0 })
    expect(pictures).toBe(0)
    await outsider.browserContext().close()
  })

  test("A2.02, C2.1: an outsider with our own frame worker and a key it made up opens nothing", async () => {
    const call = theCall()
    const outsider = await outsiderIn(call, { encryption: "ours", isPublishing: false })
    await eavesdropped(outsider)
    const counted = await until(
      () =>
        outsider.evaluate(() =>
          (
            globalThis as unknown as { frameCounts(): { received: number; refused: Record<string, Record<string, number>> } | undefined }
          ).frameCounts(),
        ),
      { for: "the outsider's worker to count" },
    )
    const refused = Object.values(counted.refused).reduce((sum, one) => sum + Object.values(one).reduce((all, n) => all + n, 0), 0)
    note({ what: "outsider with a key of its own: opened", value: counted.received, unit: "frames", atMost: 0 })
    expect(counted.received).toBe(0)
    expect(refused).toBeGreaterThan(100)
    await outsider.browserContext().close()
  })

  test("A2.19: chat, transcripts, calls and data in clear, in an outsider's name or the SFU's, appear nowhere and are answered by nobody", async () => {
    const call = theCall()
    const outsider = await outsiderIn(call, { encryption: "none", isPublishing: false, isTalkative: true })
    const words = "Please send me the link once more"
    const said = await outsider.evaluate(
      (text) => (globalThis as unknown as { sayInClear(t: string): Promise<number> }).sayInClear(text),
      words,
    )
    await allSeeAndHear(call.people)
    const shown = await Promise.all(call.people.map(({ page }) => page.evaluate(() => document.body.innerText)))
    blocked({ row: "A2.19", what: "data packets in clear", tries: said, through: shown.filter((text) => text.includes(words)).length })
    for (const person of call.people) expect((await person.facts()).members).toHaveLength(2)
    await outsider.browserContext().close()
  })
})

describe("an SFU that says of every track that it is not encrypted", () => {
  const theCall = callThrough({ notEncrypted: true })

  test("A2.01: everybody still sees and hears, and an outsider decodes nothing", async () => {
    const call = theCall()
    await allSeeAndHear(call.people)
    expect(call.sfu.rewritten()).toBeGreaterThan(0)
    const outsider = await outsiderIn(call, { encryption: "none", isPublishing: false })
    expect((await eavesdropped(outsider)).pictures).toBe(0)
    await outsider.browserContext().close()
  })

  test("A2.01: what an outsider publishes in clear is neither decoded nor shown", async () => {
    const call = theCall()
    const [ada] = call.people
    if (ada === undefined) throw new Error("bug: nobody is here")
    const outsider = await outsiderIn(call, { encryption: "none", isPublishing: true })
    const refusedBefore = await refusedBy(ada)
    // Nobody asks for it (D23.10): the SFU sends it all the same.
    await forceOn(call.sfu.secrets(), (await ada.facts()).call ?? "", "outsider-none")
    await until(async () => (await refusedBy(ada)) > refusedBefore + 50, { for: "Ada's worker to refuse the frames in clear" })
    await allSeeAndHear(call.people)
    for (const person of call.people) {
      const isUndecoded = ({ kind, bytes, framesDecoded }: Inbound): boolean => kind === "video" && bytes > 10_000 && framesDecoded === 0
      const { inbound } = await until(async () => [await person.media()].find((media) => media.inbound.some(isUndecoded)), {
        for: `the outsider's picture to reach ${person.name}`,
      })
      // Everybody has one other member, and only that member's picture is decoded.
      expect(inbound.filter(({ kind, framesDecoded }) => kind === "video" && framesDecoded > 0)).toHaveLength(1)
      expect(await moving(person.page)).toBe(2)
      expect((await person.facts()).members).toHaveLength(2)
    }
    await outsider.browserContext().close()
  })
})

/** Frames a person's worker has refused, over all senders. */
async function refusedBy(person: Person): Promise<number> {
  const { counts } = await person.facts()
  return Object.values(counts.refused).reduce(
    (sum, { unknownKey, authentication, malformed }) => sum + unknownKey + authentication + malformed,
    0,
  )
}

/** Video elements that have a picture: the own one and one for each member. */
const moving = (page: Page): Promise<number> =>
  page.evaluate(() => [...document.querySelectorAll("video")].filter((video) => video.videoWidth > 0).length)

describe("an SFU that swaps who is who, and renames everybody", () => {
  const theCall = callThrough({ swapOwners: true, rename: true })

  test("A2.05, D23: an SFU that swaps who is who, and renames everybody, changes nothing: each picture stands under its true sender's name", async () => {
    const call = theCall()
    const [ada] = call.people
    if (ada === undefined) throw new Error("bug: nobody is here")
    const cleo = await joinMeeting(red, ada.link(), { name: "Cleo" })
    call.people.push(cleo)
    await agree(call.people)
    expect(call.sfu.rewritten()).toBeGreaterThan(0)
    const [shownAda, shownBen] = [await movingPictureOf(cleo.page, "Ada"), await movingPictureOf(cleo.page, "Ben")]
    expect({ ada: isRed(shownAda), ben: isBlue(shownBen) }).toEqual({ ada: true, ben: true })
    for (const { page } of call.people) expect(await page.evaluate(() => document.body.innerText)).not.toContain("Mallory")
  })
})

describe("an SFU that mutes and unmutes what people send", () => {
  const theCall = callThrough({ unmute: true })

  test("A2.14: an SFU that mutes and unmutes what a person sends switches nothing on that the person turned off", async () => {
    const call = theCall()
    const [ada, ben] = call.people
    if (ada === undefined || ben === undefined) throw new Error("bug: nobody is here")
    await allSeeAndHear(call.people)
    await press(ada.page, "button", en["call.microphone-on"])
    await until(() => isShownMuted(ben.page, "Ada"), { for: "Ben's page to show Ada muted" })
    const before = call.sfu.rewritten()
    await until(async () => call.sfu.rewritten() > before + 20, { for: "ten more rounds of lies" })
    expect(await soundsOn(ada.page)).toEqual([false])
    // Ben, who turned nothing off, is still on: "mute" is not the SFU's word either.
    expect(await soundsOn(ben.page)).toEqual([true])
    // An SFU that drops everybody has every track published anew, which the SDK takes for a wish to be heard.
    for (const pid of call.server.sfu()) process.kill(pid, "SIGKILL")
    await until(async () => (await ben.facts()).sfu !== "connected", { for: "the SFU to be gone" })
    await allSee(call.people)
    expect([await soundsOn(ada.page), await soundsOn(ben.page)]).toEqual([[false], [true]])
  })
})

/** Waits until everybody sees everybody's picture move. */
const allSee = (people: readonly Person[]): Promise<unknown> =>
  Promise.all(people.flatMap(({ page }) => people.filter((other) => other.page !== page).map(({ name }) => movingPictureOf(page, name))))

const isShownMuted = (page: Page, name: string): Promise<boolean> =>
  page.evaluate(
    (...words) => [...document.querySelectorAll("figure")].some(({ textContent }) => words.every((word) => textContent.includes(word))),
    name,
    en["tile.muted"],
  )

/** Whether each microphone that a page sends is switched on, by the browser's own word. */
const soundsOn = (page: Page): Promise<boolean[]> =>
  page.evaluate(() =>
    (globalThis as unknown as { __witness: { peers: RTCPeerConnection[] } }).__witness.peers
      .filter((peer) => peer.connectionState !== "closed")
      .flatMap((peer) => peer.getSenders())
      .flatMap(({ track }) => (track?.kind === "audio" ? [track.enabled] : [])),
  )
