import { useSyncExternalStore } from "react"
import type { Size } from "./grid.ts"

let last: Size = { width: 1440, height: 900 }

/** The window's inner size. Drawn outside a browser: a desktop. */
export function useWindow(): Size {
  return useSyncExternalStore(onResize, read, () => last)
}

function onResize(changed: () => void): () => void {
  addEventListener("resize", changed)
  return () => removeEventListener("resize", changed)
}

function read(): Size {
  if (last.width !== innerWidth || last.height !== innerHeight) last = { width: innerWidth, height: innerHeight }
  return last
}
