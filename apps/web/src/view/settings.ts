/** What a person sets once and every call keeps: on this device only. Nothing of it is sent anywhere. */

export const themes = ["system", "light", "dark", "contrast"] as const
export type Theme = (typeof themes)[number]

export const layouts = ["grid", "speaker", "sidebar"] as const
export type Layout = (typeof layouts)[number]

/** Behind the person. `picture`: one of ours, by its name, or `own`, which this device keeps. */
export type Background = { readonly kind: "none" } | { readonly kind: "blur" } | { readonly kind: "picture"; readonly name: string }

/** `browser`: what browsers do by themselves. `strong`: a network on the device takes out all but the voice. */
export const noises = ["off", "browser", "strong"] as const
export type Noise = (typeof noises)[number]

/** What a key can do in a call; the catalogue in `shortcuts/` says its usual key. */
export const shortcutNames = [
  "microphone",
  "camera",
  "push-to-talk",
  "share",
  "people",
  "hand",
  "layout",
  "full-screen",
  "faces",
  "statistics",
  "pin-self",
  "audio-only",
  "leave",
  "toolbar",
  "help",
  "react-thumbs-up",
  "react-clap",
  "react-laugh",
  "react-surprise",
  "react-heart",
  "react-celebrate",
] as const
export type ShortcutName = (typeof shortcutNames)[number]

export interface Settings {
  readonly theme: Theme
  /** A BCP 47 tag we have, or `system`. */
  readonly language: string
  readonly layout: Layout
  readonly background: Background
  readonly noise: Noise
  readonly isSelfHidden: boolean
  readonly isSelfMirrored: boolean
  /** Go in with the microphone, or the camera, off. */
  readonly isMutedOnJoin: boolean
  readonly isCameraOffOnJoin: boolean
  readonly isPushToTalk: boolean
  readonly sounds: { readonly comings: boolean; readonly door: boolean; readonly ends: boolean; readonly hands: boolean }
  /** Notices of the system while the page is not looked at. */
  readonly hasNotifications: boolean
  readonly hasShortcuts: boolean
  /** Only keys that differ from the usual ones. */
  readonly keys: Partial<Readonly<Record<ShortcutName, string>>>
}

export const usualSettings: Settings = {
  theme: "system",
  language: "system",
  layout: "grid",
  background: { kind: "none" },
  noise: "browser",
  isSelfHidden: false,
  isSelfMirrored: true,
  isMutedOnJoin: false,
  isCameraOffOnJoin: false,
  isPushToTalk: false,
  sounds: { comings: true, door: true, ends: true, hands: true },
  hasNotifications: false,
  hasShortcuts: true,
  keys: {},
}
