/** What a person set, kept in this browser's localStorage. One per page; other tabs follow. Nothing of it is sent anywhere. */

import { readSettings } from "../settings/read-settings.ts"
import type { Settings } from "../view/settings.ts"

/** `current` gives the same object until something changes. */
export interface SettingsStore {
  readonly current: () => Settings
  readonly change: (part: Partial<Settings>) => void
  /** Gives back how to stop. */
  readonly subscribe: (changed: () => void) => () => void
}

const key = "conclave.settings"

/** Where a browser keeps nothing (private windows), settings last as long as the page. */
export function settingsStore(): SettingsStore {
  let now: Settings | undefined
  const listeners = new Set<() => void>()
  const current = () => (now ??= readSettings(kept()))
  const set = (next: Settings) => {
    now = next
    for (const changed of [...listeners]) changed()
  }
  // Another tab wrote, or everything was cleared (`key` null).
  const follow = (event: StorageEvent) => {
    if (event.key === key || event.key === null) set(readSettings(event.newValue))
  }
  return {
    current,
    change: (part) => {
      const next = { ...current(), ...part }
      keep(JSON.stringify(next))
      set(next)
    },
    subscribe: (changed) => {
      if (listeners.size === 0) addEventListener("storage", follow)
      listeners.add(changed)
      return () => {
        listeners.delete(changed)
        if (listeners.size === 0) removeEventListener("storage", follow)
      }
    },
  }
}

/** This page's. */
export const settings = settingsStore()

function kept(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    // A browser that stores nothing still has settings until the page goes.
  }
}
