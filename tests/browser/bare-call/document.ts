/**
 * Screens to show that a test can know again: pages of dense text that are turned and scrolled, or slides with a title, points and a
 * chart, and a pointer that moves. Each picture carries its number in a row of black and white fields, so that whoever receives it
 * can draw the same one and compare.
 */

export type Content = "text" | "slides"

export const width = 1280
export const height = 720
/** Of one field of the number, in pixels. */
const field = 40
const fields = 16
/** Pictures for which a page stands. The first fifteen of them it is scrolled. */
const onePage = 45

const words = [
  "minutes",
  "of",
  "the",
  "meeting",
  "budget",
  "was",
  "read",
  "and",
  "agreed",
  "by",
  "all",
  "who",
  "had",
  "come",
  "1,204.50",
  "§7",
]

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Draws picture `number`: the same pixels for the same number, in whatever browser of one kind. */
function draw(pen: Pen, content: Content, number: number): void {
  pen.fillStyle = "white"
  pen.fillRect(0, 0, width, height)
  const [page, at] = [Math.floor(number / onePage), number % onePage]
  if (content === "text") drawText(pen, page, Math.min(at, 15) * 8)
  else drawSlide(pen, page)
  pen.fillStyle = "#404040"
  pen.fillRect(200 + ((number * 7) % 800), 300 + ((number * 3) % 200), 12, 18)
  for (let bit = 0; bit < fields; bit++) {
    pen.fillStyle = (number >> bit) & 1 ? "white" : "black"
    pen.fillRect(bit * field, 0, field, field)
  }
}

function drawText(pen: Pen, page: number, scrolled: number): void {
  pen.fillStyle = "#222"
  pen.font = "16px sans-serif"
  for (let line = 0; line < 42; line++) pen.fillText(textOf(page * 40 + line), 60, field + 30 + line * 22 - scrolled)
}

function drawSlide(pen: Pen, page: number): void {
  const shade = pen.createLinearGradient(0, 0, width, height)
  shade.addColorStop(0, "#f8f8f8")
  shade.addColorStop(1, "#d0d0d0")
  pen.fillStyle = shade
  pen.fillRect(0, 0, width, height)
  pen.fillStyle = "#222"
  pen.font = "bold 44px sans-serif"
  pen.fillText(textOf(page).slice(0, 36), 80, 130)
  pen.font = "28px sans-serif"
  for (let point = 0; point < 5; point++) pen.fillText(`• ${textOf(page * 9 + point).slice(0, 34)}`, 90, 220 + point * 60)
  for (let bar = 0; bar < 8; bar++) {
    const tall = 60 + ((page * 37 + bar * 53) % 260)
    pen.fillStyle = `hsl(0 0% ${20 + ((page * 11 + bar * 17) % 60)}%)`
    pen.fillRect(740 + bar * 56, 600 - tall, 40, tall)
  }
}

function textOf(line: number): string {
  let [text, seed] = ["", line * 7919 + 13]
  while (text.length < 120) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    text += `${words[(seed >> 8) % words.length] ?? ""} `
  }
  return text
}

/** A track that shows it, so many pictures a second, as a captured screen does. */
export function contentTrack(content: Content, picturesPerSecond: number): MediaStreamTrack {
  const canvas = document.createElement("canvas")
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext("2d")
  const [track] = canvas.captureStream(picturesPerSecond).getVideoTracks()
  if (pen === null || track === undefined) throw new Error("bug: a canvas that cannot be filmed")
  let number = 0
  draw(pen, content, number)
  setInterval(() => {
    draw(pen, content, ++number)
  }, 1000 / picturesPerSecond)
  track.contentHint = "detail"
  return track
}

/** How like the shown picture is to the one that was drawn, in dB (PSNR of brightness); undefined where its number cannot be read. */
export function likeness(video: HTMLVideoElement, content: Content): number | undefined {
  const shown = pixelsOf((pen) => {
    pen.drawImage(video, 0, 0, width, height)
  })
  const number = numberIn(shown)
  if (number === undefined) return undefined
  const drawn = pixelsOf((pen) => {
    draw(pen, content, number)
  })
  let [asDrawn, stretched, count] = [0, 0, 0]
  for (let at = width * field * 4; at < shown.length; at += 4) {
    const [seen, meant] = [lumaAt(shown, at), lumaAt(drawn, at)]
    asDrawn += (seen - meant) ** 2
    stretched += (seen - stretch(meant)) ** 2
    count++
  }
  return 10 * Math.log10(255 ** 2 / Math.max(Math.min(asDrawn, stretched) / count, 0.01))
}

/** Chromium films a canvas in full range and shows it as if it were in narrow range: the same in every codec, and not the codec's doing. */
const stretch = (luma: number): number => Math.min(255, Math.max(0, ((luma - 16) * 255) / 219))

function pixelsOf(fill: (pen: OffscreenCanvasRenderingContext2D) => void): Uint8ClampedArray {
  const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })
  if (pen === null) throw new Error("bug: a canvas that cannot be drawn on")
  fill(pen)
  return pen.getImageData(0, 0, width, height).data
}

const lumaAt = (pixels: Uint8ClampedArray, at: number): number =>
  0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0)

function numberIn(pixels: Uint8ClampedArray): number | undefined {
  let number = 0
  for (let bit = 0; bit < fields; bit++) {
    const luma = lumaAt(pixels, ((field / 2) * width + bit * field + field / 2) * 4)
    if (luma > 100 && luma < 155) return undefined
    if (luma >= 155) number |= 1 << bit
  }
  return number
}
