import { lazy, Suspense, useSyncExternalStore } from "react"
import type { SettingsDevices } from "../view/room.ts"
import type { LobbyActions } from "../view/lobby.ts"
import { closeSettings, openPage, subscribeToPage } from "./open-settings.ts"

const SettingsDialog = lazy(() => import("./settings-dialog.tsx").then((module) => ({ default: module.SettingsDialog })))
const ShortcutHelp = lazy(() => import("../shortcuts/shortcut-help.tsx").then((module) => ({ default: module.ShortcutHelp })))

interface HostProps {
  /** Undefined where no device is held (a state screen): then that page is not offered. */
  readonly devices: SettingsDevices | undefined
  readonly actions: LobbyActions
}

/** Where the dialogs stand that are opened from anywhere. Their code comes when one is. */
export function SettingsHost({ devices, actions }: HostProps) {
  const page = useSyncExternalStore(subscribeToPage, openPage, () => undefined)
  if (page === undefined) return null
  return (
    <Suspense>
      {page === "help" ? (
        <ShortcutHelp onClose={closeSettings} />
      ) : (
        <SettingsDialog page={page} devices={devices} actions={actions} onClose={closeSettings} />
      )}
    </Suspense>
  )
}
