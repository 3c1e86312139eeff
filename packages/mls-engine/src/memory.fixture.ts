/** The bytes the started engine has. `initSync` gives the running instance again; it starts nothing twice. */

import { initSync } from "../module/engine.js"

export function memoryOf(): number {
  return initSync({ module: new Uint8Array() }).memory.buffer.byteLength
}

/** Whether these bytes stand anywhere in the engine's memory. */
export function isInMemory(secret: Uint8Array): boolean {
  return Buffer.from(initSync({ module: new Uint8Array() }).memory.buffer).includes(Buffer.from(secret))
}
