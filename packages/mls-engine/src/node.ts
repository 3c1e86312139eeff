/** Starts the engine under Node, from the file beside this source. For tests, benchmarks and tools; never in the server (D29). */

import { readFile } from "node:fs/promises"
import { loadEngine, type EngineModule } from "./load.ts"

/** @throws {WrongModule} when the file is not the module this source names. */
export async function loadEngineFromDisk(): Promise<EngineModule> {
  return loadEngine(await readFile(new URL("../module/engine_bg.wasm", import.meta.url)))
}
