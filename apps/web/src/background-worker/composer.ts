/** Puts the person before another background. Gives a picture only when there is a mask for it (L70). */

import { blur, cover, intoMask } from "./mask.ts"
import type { Behind } from "./messages.ts"
import { paintScene } from "./scenes.ts"

/** A mask 15 times a second; pictures come as the camera gives them. */
const maskEveryMs = 66
/** The whole background as so many points across: nothing in it can be read afterwards. */
const blurredWidth = 128
const blurRadius = 4

/** What tells the person from the rest. */
export interface PersonFinder {
  readonly size: { readonly width: number; readonly height: number }
  confidences(pixels: Uint8ClampedArray): Promise<ArrayLike<number>>
}

/** A picture of the camera and its size. */
export interface Shot {
  readonly image: VideoFrame | ImageBitmap
  readonly width: number
  readonly height: number
}

interface Layer {
  readonly canvas: OffscreenCanvas
  readonly context: OffscreenCanvasRenderingContext2D
}

export class Composer {
  readonly #finder: PersonFinder
  readonly #seen: Layer
  readonly #mask: Layer
  readonly #alpha: ImageData
  readonly #blurred: Layer
  #out: Layer
  #scene: { readonly of: Behind; readonly layer: Layer } | undefined
  #maskAt: number | undefined
  #behind: Behind

  constructor(finder: PersonFinder, behind: Behind) {
    const { width, height } = finder.size
    this.#finder = finder
    this.#behind = behind
    this.#seen = layer(finder.size, true)
    this.#mask = layer(finder.size)
    this.#alpha = new ImageData(width, height)
    this.#blurred = layer({ width: blurredWidth, height: 1 }, true)
    this.#out = layer({ width: 1, height: 1 })
  }

  set behind(behind: Behind) {
    this.#behind = behind
  }

  /** The canvas with the finished picture, good until the next call. Rejects when the mask fails: then there is no picture. */
  async compose(shot: Shot, now: number): Promise<OffscreenCanvas> {
    if (this.#maskAt === undefined || now - this.#maskAt >= maskEveryMs) await this.#newMask(shot, now)
    const { width, height } = shot
    if (this.#out.canvas.width !== width || this.#out.canvas.height !== height) this.#out = layer({ width, height })
    const { canvas, context } = this.#out
    context.globalCompositeOperation = "copy"
    context.drawImage(this.#mask.canvas, 0, 0, width, height)
    context.globalCompositeOperation = "source-in"
    context.drawImage(shot.image, 0, 0, width, height)
    context.globalCompositeOperation = "destination-over"
    this.#drawBehind(context, shot)
    return canvas
  }

  async #newMask({ image }: Shot, now: number): Promise<void> {
    const { width, height } = this.#finder.size
    this.#seen.context.drawImage(image, 0, 0, width, height)
    const found = await this.#finder.confidences(this.#seen.context.getImageData(0, 0, width, height).data)
    intoMask(this.#alpha.data, found, this.#maskAt === undefined)
    this.#mask.context.putImageData(this.#alpha, 0, 0)
    this.#maskAt = now
  }

  #drawBehind(context: OffscreenCanvasRenderingContext2D, { image, width, height }: Shot): void {
    const source = this.#behind.kind === "blur" ? this.#blur(image, height / width) : this.#painted({ width, height })
    context.drawImage(source, 0, 0, width, height)
  }

  #blur(image: CanvasImageSource, shape: number): OffscreenCanvas {
    const { canvas, context } = this.#blurred
    const height = Math.max(1, Math.round(blurredWidth * shape))
    if (canvas.height !== height) canvas.height = height
    context.drawImage(image, 0, 0, blurredWidth, height)
    const pixels = context.getImageData(0, 0, blurredWidth, height)
    blur(pixels, blurRadius)
    context.putImageData(pixels, 0, 0)
    return canvas
  }

  /** A scene is painted once for each size. */
  #painted(size: { readonly width: number; readonly height: number }): OffscreenCanvas {
    const behind = this.#behind
    const known = this.#scene
    if (known?.of === behind && known.layer.canvas.width === size.width && known.layer.canvas.height === size.height)
      return known.layer.canvas
    const fresh = layer(size)
    if (behind.kind === "own") {
      const { x, y, width, height } = cover(behind.picture, size)
      fresh.context.drawImage(behind.picture, x, y, width, height, 0, 0, size.width, size.height)
    } else if (behind.kind === "scene") paintScene(fresh.context, behind.name, size)
    this.#scene = { of: behind, layer: fresh }
    return fresh.canvas
  }
}

function layer({ width, height }: { readonly width: number; readonly height: number }, isRead = false): Layer {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext("2d", { willReadFrequently: isRead })
  if (context === null) throw new Error("no canvas")
  context.imageSmoothingQuality = "high"
  return { canvas, context }
}
