/** What a press on a notice does: the device again, the sound, less to fetch; or the notice is closed. */

import type { SoundOut } from "../adapters/sound-out.ts"
import type { NoticeView } from "../view/call.ts"
import type { DeviceActs } from "./device-acts.ts"
import type { NetworkNotice } from "./network-notice.ts"

export interface AnswerParts {
  readonly devices: Pick<DeviceActs, "set" | "toggle" | "toggleShare">
  readonly sound: Pick<SoundOut, "unblock">
  readonly network: Pick<NetworkNotice, "dismiss">
  readonly setAudioOnly: (isAudioOnly: boolean) => void
  readonly changed: () => void
}

export function answerNotice(notice: NoticeView, answer: "retry" | "dismiss", parts: AnswerParts): void {
  const { devices, sound, network, setAudioOnly, changed } = parts
  devices.set(notice, false)
  if (notice.kind === "weak-network") {
    network.dismiss()
    changed()
  }
  if (answer === "dismiss") return
  const device = deviceOf(notice)
  if (device !== undefined) void devices.toggle(device)
  if (notice.kind === "sound-blocked") void sound.unblock()
  if (notice.kind === "share-failed") void devices.toggleShare()
  if (notice.kind === "weak-network") setAudioOnly(true)
}

/** The device that a notice is about. */
function deviceOf(notice: NoticeView): "camera" | "microphone" | undefined {
  const { kind } = notice
  if (kind === "device-busy") return notice.device
  if (kind === "camera-denied" || kind === "camera-missing" || kind === "background-failed") return "camera"
  return kind === "microphone-denied" || kind === "microphone-missing" ? "microphone" : undefined
}
