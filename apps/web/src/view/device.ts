/** One kind of device: what can be chosen and how it is. Used by the lobby and, without the choices, by the strip. */

export interface DeviceChoice {
  readonly id: string
  /** As the browser calls it. Empty before permission was given. */
  readonly label: string
}

/**
 * - `asking`: the browser's question is on the screen.
 * - `on`, `off`: as the person wants it.
 * - `denied`: the browser keeps the device from us (look.md, voice 1). `missing`: there is none (voice 2).
 * - `busy`: there is one, but another program holds it or it failed to start.
 */
export type DeviceState = "asking" | "on" | "off" | "denied" | "missing" | "busy"

export interface DeviceView {
  readonly state: DeviceState
  readonly choices: readonly DeviceChoice[]
  readonly chosen?: string
}

/** Where sound comes out. Undefined wherever the browser has no `setSinkId`: then the system chooses and nothing is shown. */
export interface SpeakerView {
  readonly choices: readonly DeviceChoice[]
  readonly chosen?: string
  /** The test tone is sounding. */
  readonly isTesting: boolean
}

/** A device's switch in the strip and at the door. */
export interface SwitchView {
  readonly state: DeviceState
}
