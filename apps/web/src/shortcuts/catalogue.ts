/** The one list of what keys do in a call: help, settings and handlers all read it. The usual keys are those of Jitsi Meet. */

import type { Settings, ShortcutName } from "../view/settings.ts"

export type ShortcutGroup = "devices" | "view" | "people" | "reactions"

export interface Shortcut {
  readonly name: ShortcutName
  readonly group: ShortcutGroup
  /** As `combinationOf` writes it. */
  readonly usual: string
  /** Keys that people bring along from Google Meet and La Suite Meet. They give way to whatever is chosen. */
  readonly also: readonly string[]
}

export const catalogue: readonly Shortcut[] = [
  { name: "microphone", group: "devices", usual: "m", also: ["Ctrl+d"] },
  { name: "camera", group: "devices", usual: "v", also: ["Ctrl+e"] },
  { name: "push-to-talk", group: "devices", usual: "Space", also: [] },
  { name: "share", group: "devices", usual: "d", also: [] },
  { name: "audio-only", group: "devices", usual: "a", also: [] },
  { name: "leave", group: "devices", usual: "Alt+q", also: [] },
  { name: "layout", group: "view", usual: "w", also: [] },
  { name: "full-screen", group: "view", usual: "s", also: ["Ctrl+Shift+f"] },
  { name: "faces", group: "view", usual: "f", also: [] },
  { name: "pin-self", group: "view", usual: "0", also: [] },
  { name: "statistics", group: "view", usual: "t", also: [] },
  { name: "toolbar", group: "view", usual: "F2", also: [] },
  { name: "help", group: "view", usual: "?", also: ["Ctrl+?"] },
  { name: "people", group: "people", usual: "p", also: ["Ctrl+Shift+p"] },
  { name: "hand", group: "people", usual: "r", also: ["Ctrl+Shift+h"] },
  { name: "react-thumbs-up", group: "reactions", usual: "Alt+t", also: [] },
  { name: "react-clap", group: "reactions", usual: "Alt+c", also: [] },
  { name: "react-laugh", group: "reactions", usual: "Alt+l", also: [] },
  { name: "react-surprise", group: "reactions", usual: "Alt+o", also: [] },
  { name: "react-heart", group: "reactions", usual: "Alt+h", also: [] },
  { name: "react-celebrate", group: "reactions", usual: "Alt+b", also: [] },
]

type Keys = Settings["keys"]

/** The key that a person reads in help and settings. Empty: none, on the person's own wish. */
export const keyOf = ({ name, usual }: Shortcut, keys: Keys): string => keys[name] ?? usual

/** What a combination does. L53: a chosen key comes before a usual one, and that before the ones people bring along. */
export function shortcutFor(combination: string, keys: Keys): ShortcutName | undefined {
  const own = catalogue.find((one) => keys[one.name] === combination)
  const usual = catalogue.find((one) => keys[one.name] === undefined && one.usual === combination)
  return (own ?? usual ?? catalogue.find((one) => keys[one.name] !== "" && one.also.includes(combination)))?.name
}

/** L53: which place, from 1, a digit without another duty stands for. These nine keys are always the usual ones. */
export function placeFor(combination: string, keys: Keys): number | undefined {
  return /^[1-9]$/.test(combination) && shortcutFor(combination, keys) === undefined ? Number(combination) : undefined
}

/** Keys that browsers keep for themselves, or that press whatever has focus. */
const kept = /^(?:Ctrl\+(?:Shift\+)?[nqtw]|Ctrl\+(?:[0-9+=-]|Shift\+[ij])|F(?:5|11|12)|Enter|Alt\+F4|(?:Shift\+)?Backspace)$/

/** Why a key cannot be chosen. `taken`: by which shortcut. */
export type KeyTrouble = { readonly kind: "taken"; readonly by: ShortcutName } | { readonly kind: "kept" }

/** L53: two shortcuts never share a key. Space presses buttons, so it is for push to talk alone. */
export function troubleWith(name: ShortcutName, combination: string, keys: Keys): KeyTrouble | undefined {
  if (kept.test(combination) || (combination === "Space" && name !== "push-to-talk")) return { kind: "kept" }
  const by = catalogue.find((one) => one.name !== name && keyOf(one, keys) === combination)
  return by === undefined ? undefined : { kind: "taken", by: by.name }
}

/** The keys after a choice: only what differs from the usual is kept. `undefined`: the usual one again. */
export function choose(keys: Keys, name: ShortcutName, combination: string | undefined): Keys {
  const { [name]: _before, ...others } = keys
  const isUsual = combination === undefined || catalogue.some((one) => one.name === name && one.usual === combination)
  return isUsual ? others : { ...others, [name]: combination }
}
