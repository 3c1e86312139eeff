import type { LobbyActions } from "../view/lobby.ts"
import type { SettingsDevices } from "../view/room.ts"

interface BackgroundProps {
  readonly devices: SettingsDevices
  readonly actions: LobbyActions
}

/** What is behind this person, and what is taken out of the sound: before anything is sealed, on this device. */
export function BackgroundPage(_: BackgroundProps) {
  return null
}
