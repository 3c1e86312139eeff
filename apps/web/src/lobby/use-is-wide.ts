import { useSyncExternalStore } from "react"

const query = "(min-width: 60.01rem)"

/** Whether preview and form stand side by side (lobby.css). Drawn outside a browser: yes. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    onChange,
    () => matchMedia(query).matches,
    () => true,
  )
}

function onChange(changed: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener("change", changed)
  return () => list.removeEventListener("change", changed)
}
