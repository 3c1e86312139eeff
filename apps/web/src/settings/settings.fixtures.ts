import { lobbyFixtures } from "../lobby/lobby.fixtures.ts"
import type { SettingsDevices } from "../view/room.ts"
import type { OpenPage } from "./open-settings.ts"

/** Which page is open, and what of the devices there is. */
export interface SettingsFixture {
  readonly page: OpenPage
  readonly devices?: SettingsDevices
}

const devices: SettingsDevices = lobbyFixtures.lobby

export const settingsFixtures = {
  "settings-devices": { page: "devices", devices },
  "settings-background": { page: "background", devices },
  "settings-view": { page: "view", devices },
  "settings-sounds": { page: "sounds", devices },
  "settings-shortcuts": { page: "shortcuts", devices },
  "settings-without-devices": { page: "view" },
  "shortcut-help": { page: "help" },
} satisfies Record<string, SettingsFixture>
