import { useSyncExternalStore } from "react"

export interface FullScreen {
  /** Not on every phone. */
  readonly can: boolean
  readonly is: boolean
  readonly toggle: () => void
}

/**
 * The whole page takes the screen, never a part of it: who is at the door, what went wrong and whether the microphone is on must be
 * seen there too (L27).
 */
export function useFullScreen(): FullScreen {
  const is = useSyncExternalStore(onChange, read, () => false)
  return { can: typeof document !== "undefined" && document.fullscreenEnabled, is, toggle }
}

const read = (): boolean => document.fullscreenElement !== null

function onChange(changed: () => void): () => void {
  document.addEventListener("fullscreenchange", changed)
  return () => document.removeEventListener("fullscreenchange", changed)
}

/** Needs a press. A browser that refuses leaves everything as it is, which is all there is to say. */
function toggle(): void {
  const asked = read() ? document.exitFullscreen() : document.documentElement.requestFullscreen({ navigationUI: "hide" })
  asked.catch(() => undefined)
}
