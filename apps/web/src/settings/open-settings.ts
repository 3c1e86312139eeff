/** Which page of the settings is open, if any: one dialog per page load, opened from wherever it is asked for. */

export const settingsPages = ["devices", "background", "view", "sounds", "shortcuts"] as const
export type SettingsPage = (typeof settingsPages)[number]

/** `help`: all keys at one look, without anything to set. */
export type OpenPage = SettingsPage | "help"

let open: OpenPage | undefined
const listeners = new Set<() => void>()

/** Undefined: the dialog is closed. */
export const openPage = (): OpenPage | undefined => open

export function subscribeToPage(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

/** Opens the settings dialog. Focus comes back to where it was when the dialog goes. */
export function openSettings(page: OpenPage = "devices"): void {
  set(page)
}

export function closeSettings(): void {
  set(undefined)
}

function set(page: OpenPage | undefined): void {
  open = page
  for (const changed of [...listeners]) changed()
}
