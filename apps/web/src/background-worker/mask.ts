/** The two sums done on small pictures: how much of each point is the person, and what is blurred. Pure. */

/** Below the first it is background, above the second the person; between them the edge is soft. */
const soft = { from: 0.35, to: 0.7 } as const
/** How much of the mask before goes into the next: edges that do not flicker, and no ghost that follows a hand. */
const kept = 0.35

/**
 * Puts the model's confidences (0 to 1, one a point) into the alpha of a mask. What is no number counts as background: better a
 * missing ear than a room that shows.
 */
export function intoMask(mask: Uint8ClampedArray, confidences: ArrayLike<number>, isFirst: boolean): void {
  if (mask.length !== confidences.length * 4) throw new Error("bug: mask and confidences differ in size")
  for (let at = 0; at < confidences.length; at++) {
    const sharp = 255 * edge(confidences[at] ?? 0)
    const before = mask[at * 4 + 3] ?? 0
    mask[at * 4 + 3] = isFirst ? sharp : Math.round(before * kept + sharp * (1 - kept))
  }
}

function edge(confidence: number): number {
  const part = Math.min(1, Math.max(0, (confidence - soft.from) / (soft.to - soft.from)))
  return Number.isNaN(part) ? 0 : part * part * (3 - 2 * part)
}

/** A picture of RGBA bytes. */
export interface Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Blurs in place: three boxes one after the other come close to a bell. `radius` in points. */
export function blur({ data, width, height }: Pixels, radius: number): void {
  const line = new Uint8ClampedArray(Math.max(width, height) * 4)
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) boxLine({ data, start: y * width * 4, step: 4, count: width }, radius, line)
    for (let x = 0; x < width; x++) boxLine({ data, start: x * 4, step: width * 4, count: height }, radius, line)
  }
}

interface Line {
  readonly data: Uint8ClampedArray
  readonly start: number
  readonly step: number
  readonly count: number
}

/** The mean of the points around each point of a row or column; beyond the border its last point goes on. */
function boxLine({ data, start, step, count }: Line, radius: number, copy: Uint8ClampedArray): void {
  const size = radius * 2 + 1
  for (let channel = 0; channel < 3; channel++) {
    for (let at = 0; at < count; at++) copy[at] = data[start + at * step + channel] ?? 0
    const of = (at: number): number => copy[Math.min(count - 1, Math.max(0, at))] ?? 0
    let sum = 0
    for (let at = -radius; at <= radius; at++) sum += of(at)
    for (let at = 0; at < count; at++) {
      data[start + at * step + channel] = sum / size
      sum += of(at + radius + 1) - of(at - radius)
    }
  }
}

/** The part of a picture that fills a frame of another shape, centred: nothing is stretched. */
export function cover(picture: { width: number; height: number }, frame: { width: number; height: number }) {
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height)
  const [width, height] = [frame.width / scale, frame.height / scale]
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height }
}
