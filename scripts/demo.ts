/**
 * `npm run demo`: two headless Chromium people meet in a fresh room, and an outsider with a valid SFU grant listens.
 * Prints what each of them decoded. Exits non-zero when anyone's expectation fails.
 */

import type { Page } from "puppeteer-core"
import { joinBareCall, serveBareCalls } from "../tests/browser/bare.ts"
import { openBrowser } from "../tests/browser/browsers.ts"
import { holds, lineOf, type Figure } from "../tests/browser/figures.ts"
import { hostileSfu } from "../tests/browser/hostile-sfu.ts"
import { agree, allSeeAndHear } from "../tests/browser/meeting.ts"
import { joinMeeting, startMeeting, type Person } from "../tests/browser/person.ts"
import { startServer } from "../tests/browser/server.ts"
import { mintGrant } from "../tests/browser/sfu.ts"
import { until } from "../tests/browser/until.ts"
import { mediaOf, type Media } from "../tests/browser/witness.ts"
import { main } from "./program.ts"

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
const bytesOf = ({ inbound }: Media): number => sum(inbound.map(({ bytes }) => bytes))
const picturesOf = ({ inbound }: Media): number => sum(inbound.map(({ framesDecoded }) => framesDecoded))
const soundOf = ({ inbound }: Media): number =>
  sum(inbound.filter(({ audioEnergy }) => audioEnergy > 0).map(({ soundSeconds }) => soundSeconds))

await main(async () => {
  // The SFU tells no lies here; it only hands its keys over, as its operator could.
  const sfu = hostileSfu({})
  const server = await startServer({ sfu: sfu.program })
  const pages = await serveBareCalls()
  const chromium = await openBrowser({ kind: "chromium" })
  try {
    const ada = await startMeeting(chromium, server.origin, { name: "Ada" })
    const ben = await joinMeeting(chromium, ada.link(), { name: "Ben" })
    await agree([ada, ben])
    const { url, keys } = sfu.secrets()
    const token = await mintGrant(keys, { room: (await ada.facts()).call ?? "", identity: "outsider", canPublish: false })
    const outsider = await joinBareCall(chromium, pages, { url, token, isPublishing: false, encryption: "none" })
    await allSeeAndHear([ada, ben])
    await until(async () => bytesOf(await mediaOf(outsider)) > 300_000, { for: "the outsider to receive 300 kB" })
    for (const person of [ada, ben]) {
      await until(async () => picturesOf(await person.media()) >= 60, { for: `${person.name} to have seen 60 pictures` })
    }
    return await report([ada, ben], outsider)
  } finally {
    await chromium.close()
    pages.stop()
    await server.stop()
    sfu.remove()
  }
})

async function report(people: readonly Person[], outsider: Page): Promise<number> {
  const figures: Figure[] = []
  for (const person of people) {
    const [media, { epoch, words, counts }] = [await person.media(), await person.facts()]
    console.log(`${person.name}: epoch ${epoch ?? "none"}, words: ${words.join(" ")}`)
    figures.push(
      { what: `${person.name} decoded`, value: picturesOf(media), unit: "pictures", atLeast: 60 },
      { what: `${person.name} heard`, value: soundOf(media), unit: "s of sound", atLeast: 0.5 },
      { what: `${person.name}: the SFU forwarded`, value: bytesOf(media), unit: "bytes", atLeast: 1 },
      { what: `${person.name}: frames refused outside the window`, value: counts.outsideWindow, unit: "frames", atMost: 0 },
      {
        what: `${person.name}: transport other than AEAD_AES_256_GCM`,
        value: media.srtpCiphers.filter((cipher) => !cipher.endsWith("AEAD_AES_256_GCM")).length,
        unit: "connections",
        atMost: 0,
      },
    )
  }
  const codes = new Set(await Promise.all(people.map(async (one) => (await one.facts()).words.join(" "))))
  const overheard = await mediaOf(outsider)
  figures.push(
    { what: "different word codes", value: codes.size, unit: "codes", atMost: 1 },
    { what: "outsider with a valid grant: the SFU forwarded", value: bytesOf(overheard), unit: "bytes", atLeast: 300_000 },
    { what: "outsider with a valid grant: decoded", value: picturesOf(overheard), unit: "pictures", atMost: 0 },
  )
  for (const figure of figures) console.log(lineOf(figure))
  return figures.every(holds) ? 0 : 1
}
