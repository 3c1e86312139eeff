/** Makes a picture of few colours a third of its size: one byte a pixel, and a palette of the colours that occur most. */

import { crc32, deflateSync, inflateSync } from "node:zlib"

const colours = 64

/** `png` as Chromium writes it: 8 bits a channel, with or without transparency, not interlaced. */
export function packed(png: Buffer): Buffer {
  const { width, height, pixels } = read(png)
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const palette = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, colours)
    .map(([pixel]) => pixel)
  const nearest = new Map([...counts.keys()].map((pixel) => [pixel, nearestOf(palette, pixel)]))
  const rows = Buffer.alloc((width + 1) * height)
  pixels.forEach((pixel, at) => {
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = nearest.get(pixel) ?? 0
  })
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0])
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const bytes = palette.map((pixel) => channels(pixel))
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(bytes.flatMap((one) => one.slice(0, 3)))),
    chunk("tRNS", Buffer.from(bytes.map((one) => one[3] ?? 255))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

function read(png: Buffer): { width: number; height: number; pixels: number[] } {
  const [width, height, depth] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const [raw, stride] = [inflateSync(Buffer.concat(parts)), width * depth]
  const out = Buffer.alloc(stride * height)
  for (let row = 0; row < height; row++)
    for (let place = 0; place < stride; place++) {
      const left = place < depth ? 0 : (out[row * stride + place - depth] ?? 0)
      const up = row === 0 ? 0 : (out[(row - 1) * stride + place] ?? 0)
      const corner = row === 0 || place < depth ? 0 : (out[(row - 1) * stride + place - depth] ?? 0)
      const filter = raw[row * (stride + 1)] ?? 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[row * stride + place] = (raw[row * (stride + 1) + 1 + place] ?? 0) + guess
    }
  const pixels = Array.from({ length: width * height }, (_, at) =>
    depth === 4 ? out.readUInt32BE(at * 4) : ((out.readUIntBE(at * 3, 3) << 8) | 255) >>> 0,
  )
  return { width, height, pixels }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

const channels = (pixel: number): number[] => [pixel >>> 24, (pixel >>> 16) & 255, (pixel >>> 8) & 255, pixel & 255]

function nearestOf(palette: readonly number[], pixel: number): number {
  const own = channels(pixel)
  const far = palette.map((one) => channels(one).reduce((sum, value, place) => sum + (value - (own[place] ?? 0)) ** 2, 0))
  return far.indexOf(Math.min(...far))
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
