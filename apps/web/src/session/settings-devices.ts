/** What of this person's devices the settings show. */

import type { SettingsDevices } from "../view/room.ts"
import type { OwnMedia } from "./own-media.ts"

export function settingsDevicesOf(media: OwnMedia): SettingsDevices {
  const [level, speaker] = [media.level(), media.speaker()]
  return {
    camera: media.view("camera"),
    microphone: media.view("microphone"),
    background: media.background(),
    ...(level === undefined ? {} : { level }),
    ...(speaker === undefined ? {} : { speaker }),
  }
}
