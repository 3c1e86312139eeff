import { useEffect, useRef } from "react"
import { settings } from "../session/settings-store.ts"
import type { ShortcutName } from "../view/settings.ts"
import { shortcutFor } from "./catalogue.ts"
import { combinationOf } from "./keys.ts"
import { leavesKeyAlone } from "./leaves-key-alone.ts"

/** What each key does. Push to talk hears when it is pressed and when it is let go. */
export type ShortcutHandlers = Partial<Readonly<Record<Exclude<ShortcutName, "push-to-talk">, () => void>>> & {
  readonly "push-to-talk"?: (isHeld: boolean) => void
}

/**
 * Keys of the whole page, for as long as the component stands. Several components may each take their own. L54: never in a field,
 * a menu or a dialog; a key that is held counts once; while shortcuts are off, only push to talk is heard.
 */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => listenForKeys(() => latest.current), [])
}

/** Gives back how to stop. */
function listenForKeys(handlers: () => ShortcutHandlers): () => void {
  /** The physical key of push to talk while it is down. */
  let held: string | undefined
  const release = () => {
    if (held === undefined) return
    held = undefined
    handlers()["push-to-talk"]?.(false)
  }
  const down = (event: KeyboardEvent) => {
    const name = nameFor(event)
    if (name === "push-to-talk") {
      const talk = handlers()[name]
      if (talk === undefined || !settings.current().isPushToTalk) return
      event.preventDefault()
      if (held !== undefined) return
      held = event.code
      talk(true)
      return
    }
    const handler = name === undefined ? undefined : handlers()[name]
    if (handler === undefined) return
    event.preventDefault()
    if (!event.repeat) handler()
  }
  const up = (event: KeyboardEvent) => {
    if (event.code === held) release()
  }
  // A key let go over another window is never heard of: whoever leaves the page stops talking (L54).
  const hide = () => document.hidden && release()
  addEventListener("keydown", down)
  addEventListener("keyup", up)
  addEventListener("blur", release)
  document.addEventListener("visibilitychange", hide)
  return () => {
    release()
    removeEventListener("keydown", down)
    removeEventListener("keyup", up)
    removeEventListener("blur", release)
    document.removeEventListener("visibilitychange", hide)
  }
}

function nameFor(event: KeyboardEvent): ShortcutName | undefined {
  const { hasShortcuts, keys } = settings.current()
  if (event.defaultPrevented || event.isComposing || event.getModifierState("AltGraph")) return undefined
  const combination = combinationOf(event)
  if (combination === undefined || leavesKeyAlone(event.target, combination)) return undefined
  const name = shortcutFor(combination, keys)
  // Push to talk has a switch of its own, without which a microphone could not be opened at all.
  return hasShortcuts || name === "push-to-talk" ? name : undefined
}
