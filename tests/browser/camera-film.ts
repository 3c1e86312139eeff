/** Films for Chromium's fake camera: one colour each, so that a picture says whose it is. */

import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type Colour = "red" | "blue" | "grey"

interface Shape {
  readonly width: number
  readonly height: number
  readonly picturesPerSecond: number
}

/** Small and slow: on two cores the browsers of five people are what takes the time, not the call. */
const usual: Shape = { width: 320, height: 180, picturesPerSecond: 10 }

/** For nine: one layer each, and no more pictures than show that one moves. */
export const tiny: Shape = { width: 160, height: 90, picturesPerSecond: 5 }

/** Cb and Cr of a strong red and a strong blue, and the luma that goes with them. */
const tones: Record<Colour, { readonly luma: number; readonly cb: number; readonly cr: number }> = {
  red: { luma: 76, cb: 85, cr: 255 },
  blue: { luma: 29, cb: 255, cr: 107 },
  grey: { luma: 110, cb: 128, cr: 128 },
}

/** Writes a Y4M film of ten pictures that differ in brightness, and returns its path. */
export function filmOf(colour: Colour, { width, height, picturesPerSecond }: Shape = usual): string {
  const { luma, cb, cr } = tones[colour]
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${picturesPerSecond}:1 Ip A1:1 C420jpeg\n`)]
  for (let picture = 0; picture < 10; picture++) {
    parts.push(Buffer.from("FRAME\n"), new Uint8Array(width * height).fill(luma + picture * 3))
    for (const chroma of [cb, cr]) parts.push(new Uint8Array((width * height) / 4).fill(chroma))
  }
  const path = join(mkdtempSync(join(tmpdir(), "conclave-film-")), `${colour}.y4m`)
  writeFileSync(path, Buffer.concat(parts))
  return path
}
