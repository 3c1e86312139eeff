/** Tells the person from the rest: MediaPipe's selfie model, run by LiteRT on the processor. Everything comes from our own origin. */

import { loadAndCompile, loadLiteRt, supportsFeature, Tensor, type CompiledModel } from "@litertjs/core"
import compatWasm from "@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url"
import wasm from "@litertjs/core/wasm/litert_wasm_internal.wasm?url"
import wideModel from "@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url"
import squareModel from "@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url"

/** What LiteRT's own loader looks for. */
interface LiteRtGlobals {
  importScripts: (url: string) => void
  ModuleFactory: unknown
  Module: unknown
}

const sizes = { wide: { width: 256, height: 144 }, square: { width: 256, height: 256 } } as const

export class Segmenter {
  readonly size: { readonly width: number; readonly height: number }
  readonly #model: CompiledModel
  readonly #input: Float32Array<ArrayBuffer>

  private constructor(model: CompiledModel, size: Segmenter["size"]) {
    this.#model = model
    this.size = size
    this.#input = new Float32Array(size.width * size.height * 3)
  }

  /** `square` fits upright pictures. Rejects when anything of it cannot be had. */
  static async load(shape: keyof typeof sizes): Promise<Segmenter> {
    await loadRuntime()
    const response = await fetch(shape === "wide" ? wideModel : squareModel)
    if (!response.ok) throw new Error("no model")
    const model = await loadAndCompile(new Uint8Array(await response.arrayBuffer()), { accelerator: "wasm" })
    return new Segmenter(model, sizes[shape])
  }

  /** For each point of `pixels`, which has our size, how surely it is the person: 0 to 1. */
  async confidences(pixels: Uint8ClampedArray): Promise<ArrayLike<number>> {
    for (let point = 0; point * 3 < this.#input.length; point++)
      for (let channel = 0; channel < 3; channel++) this.#input[point * 3 + channel] = (pixels[point * 4 + channel] ?? 0) / 255
    const input = new Tensor(this.#input, [1, this.size.height, this.size.width, 3])
    const outputs = await this.#model.run(input)
    try {
      const [output] = outputs
      if (output === undefined) throw new Error("bug: the model gives one mask")
      // A copy: the memory behind it goes with the tensor.
      return Float32Array.from(output.toTypedArray())
    } finally {
      input.delete()
      for (const output of outputs) output.delete()
    }
  }
}

/**
 * LiteRT loads its script with `importScripts`, which a module worker does not have and Trusted Types would refuse. The script is a
 * module of ours instead, imported first; the loader then finds what it would have made.
 */
async function loadRuntime(): Promise<void> {
  const hasRelaxedSimd = await supportsFeature("relaxedSimd")
  const { ModuleFactory } = await (hasRelaxedSimd
    ? import("@litertjs/core/wasm/litert_wasm_internal.js")
    : import("@litertjs/core/wasm/litert_wasm_compat_internal.js"))
  const globals: LiteRtGlobals = {
    importScripts: () => undefined,
    ModuleFactory,
    // What it prints is for its makers.
    Module: { locateFile: () => (hasRelaxedSimd ? wasm : compatWasm), print: () => undefined, printErr: () => undefined },
  }
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(self, name, { value, writable: true, configurable: true })
  await loadLiteRt("litert.js")
}
