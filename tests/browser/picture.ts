/** What stands on the screen: the pictures in the tiles, read from their pixels. */

import type { Page } from "puppeteer-core"
import { until } from "./until.ts"

/** A tile's picture at one moment. */
export interface Shown {
  /** Pictures the element has shown so far. */
  readonly frames: number
  /** Mean colour. */
  readonly red: number
  readonly green: number
  readonly blue: number
  /** A sum over all pixels that changes when anything moves. */
  readonly print: number
}

/** Reads the picture of the tile that is captioned with this name; undefined when that tile has none. */
export async function pictureOf(page: Page, name: string): Promise<Shown | undefined> {
  const text = await page.evaluate((wanted) => {
    const tiles = [...document.querySelectorAll("figure")]
    const tile = tiles.find((one) => one.querySelector("figcaption .name")?.textContent.trim() === wanted)
    const video = tile?.querySelector("video")
    if (video === null || video === undefined || video.videoWidth === 0) return undefined
    const canvas = new OffscreenCanvas(64, 36)
    const pen = canvas.getContext("2d")
    if (pen === null) return undefined
    pen.drawImage(video, 0, 0, 64, 36)
    const { data } = pen.getImageData(0, 0, 64, 36)
    const sums = [0, 0, 0]
    let print = 0
    for (let i = 0; i < data.length; i++) {
      print = (print * 31 + (data[i] ?? 0)) % 0x7fffffff
      if (i % 4 < 3) sums[i % 4] = (sums[i % 4] ?? 0) + (data[i] ?? 0)
    }
    const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / (64 * 36))
    // Firefox counts the pictures of a live stream only under a name of its own.
    const { mozPaintedFrames } = video as HTMLVideoElement & { mozPaintedFrames?: number }
    return JSON.stringify({ frames: mozPaintedFrames ?? video.getVideoPlaybackQuality().totalVideoFrames, red, green, blue, print })
  }, name)
  return text === undefined ? undefined : (JSON.parse(text) as Shown)
}

/** Waits until the tile under this name shows a picture that moves: at least `frames` more, and other pixels than before. */
export async function movingPictureOf(page: Page, name: string, frames = 10): Promise<Shown> {
  let first = await until(() => pictureOf(page, name), { for: `a picture of ${name}` })
  return until(
    async () => {
      const now = await pictureOf(page, name)
      // A new track in the same tile counts from 0 again.
      if (now !== undefined && now.frames < first.frames) first = now
      return now !== undefined && now.frames >= first.frames + frames && now.print !== first.print ? now : undefined
    },
    { for: `the picture of ${name} to move` },
  )
}
