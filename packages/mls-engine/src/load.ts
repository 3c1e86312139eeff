/** Starts the engine, and only the engine whose hash this source names (D35). Knows no network and no file. */

import { engineCodes, initSync, Member } from "../module/engine.js"
import { moduleHash } from "./module-hash.ts"

/** The started module. One in a worker: starting it again gives the same. */
export interface EngineModule {
  readonly Member: typeof Member
  /** The refusals this module knows, as its own source lists them. */
  readonly codes: readonly string[]
}

/** The bytes are not the module this source was built with. Nothing of them was run. */
export class WrongModule extends Error {
  constructor() {
    super("wrong-module")
    this.name = "WrongModule"
  }
}

/**
 * Compiles and starts the engine from its bytes, or from the response of a fetch.
 *
 * @throws {WrongModule} when SHA-256 of the bytes is not `moduleHash`, or the response is not a success.
 */
export async function loadEngine(source: Uint8Array | ArrayBuffer | Response): Promise<EngineModule> {
  const bytes = await bytesOf(source)
  if ((await sha256(bytes)) !== moduleHash) throw new WrongModule()
  initSync({ module: await WebAssembly.compile(bytes) })
  return { Member, codes: engineCodes() }
}

/** A private copy: nobody can change the bytes between the hash and the compiler. */
async function bytesOf(source: Uint8Array | ArrayBuffer | Response): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof Uint8Array) return new Uint8Array(source)
  if (source instanceof ArrayBuffer) return new Uint8Array(source.slice(0))
  if (!source.ok) throw new WrongModule()
  return new Uint8Array(await source.arrayBuffer())
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
