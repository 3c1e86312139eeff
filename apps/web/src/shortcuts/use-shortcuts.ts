import { useEffect, useRef } from "react"
import { settings } from "../session/settings-store.ts"
import type { ShortcutName } from "../view/settings.ts"
import { placeFor, shortcutFor } from "./catalogue.ts"
import { combinationOf } from "./keys.ts"
import { leavesKeyAlone } from "./leaves-key-alone.ts"

/** What each key does. Push to talk hears when it is pressed and when it is let go; a digit says whose place it is, from 1. */
export type ShortcutHandlers = Partial<Readonly<Record<Exclude<ShortcutName, "push-to-talk">, () => void>>> & {
  readonly "push-to-talk"?: (isHeld: boolean) => void
  readonly place?: (place: number) => void
}

/** What a key press means. */
type Meaning = ShortcutName | number

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
    const meaning = meaningOf(event)
    if (meaning === "push-to-talk") {
      const talk = handlers()[meaning]
      if (talk === undefined || !settings.current().isPushToTalk) return
      event.preventDefault()
      if (held !== undefined) return
      held = event.code
      talk(true)
      return
    }
    const handler = meaning === undefined ? undefined : handlerOf(meaning, handlers())
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

function handlerOf(meaning: Exclude<Meaning, "push-to-talk">, handlers: ShortcutHandlers): (() => void) | undefined {
  if (typeof meaning === "string") return handlers[meaning]
  const { place } = handlers
  return place && (() => place(meaning))
}

function meaningOf(event: KeyboardEvent): Meaning | undefined {
  const { hasShortcuts, keys } = settings.current()
  if (event.defaultPrevented || event.isComposing || event.getModifierState("AltGraph")) return undefined
  const combination = combinationOf(event)
  if (combination === undefined || leavesKeyAlone(event.target, combination)) return undefined
  const meaning = shortcutFor(combination, keys) ?? placeFor(combination, keys)
  // Push to talk has a switch of its own, without which a microphone could not be opened at all.
  return hasShortcuts || meaning === "push-to-talk" ? meaning : undefined
}
