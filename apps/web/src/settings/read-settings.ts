/** Reads what this browser kept of a person's settings. Whatever is odd has its usual value; the rest stays as it was chosen. */

import { isKeyCombination } from "../shortcuts/keys.ts"
import {
  layouts,
  noises,
  shortcutNames,
  themes,
  usualSettings,
  type Background,
  type Settings,
  type ShortcutName,
} from "../view/settings.ts"

/** Longer than any settings we write; nothing longer is even parsed. */
const longest = 8192

/** L50: never throws, and never hands on what it does not know. */
export function readSettings(text: string | null): Settings {
  const kept = objectIn(text)
  const usual = usualSettings
  const sounds = recordOf(kept.sounds)
  return {
    theme: oneOf(themes, kept.theme) ?? usual.theme,
    language: typeof kept.language === "string" && /^[a-z]{2,8}$/.test(kept.language) ? kept.language : usual.language,
    layout: oneOf(layouts, kept.layout) ?? usual.layout,
    background: backgroundIn(kept.background) ?? usual.background,
    noise: oneOf(noises, kept.noise) ?? usual.noise,
    isSelfHidden: flag(kept.isSelfHidden, usual.isSelfHidden),
    isSelfMirrored: flag(kept.isSelfMirrored, usual.isSelfMirrored),
    isMutedOnJoin: flag(kept.isMutedOnJoin, usual.isMutedOnJoin),
    isCameraOffOnJoin: flag(kept.isCameraOffOnJoin, usual.isCameraOffOnJoin),
    isPushToTalk: flag(kept.isPushToTalk, usual.isPushToTalk),
    sounds: {
      comings: flag(sounds.comings, usual.sounds.comings),
      door: flag(sounds.door, usual.sounds.door),
      ends: flag(sounds.ends, usual.sounds.ends),
      hands: flag(sounds.hands, usual.sounds.hands),
    },
    hasNotifications: flag(kept.hasNotifications, usual.hasNotifications),
    hasShortcuts: flag(kept.hasShortcuts, usual.hasShortcuts),
    keys: keysIn(kept.keys),
  }
}

type Kept = Readonly<Record<string, unknown>>

function objectIn(text: string | null): Kept {
  if (text === null || text.length > longest) return {}
  try {
    return recordOf(JSON.parse(text))
  } catch (cause) {
    if (cause instanceof SyntaxError) return {}
    throw cause
  }
}

const recordOf = (value: unknown): Kept =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}

const flag = (value: unknown, usual: boolean): boolean => (typeof value === "boolean" ? value : usual)

const oneOf = <T extends string>(names: readonly T[], value: unknown): T | undefined => names.find((name) => name === value)

function backgroundIn(value: unknown): Background | undefined {
  const { kind, name } = recordOf(value)
  if (kind === "none" || kind === "blur") return { kind }
  return kind === "picture" && typeof name === "string" && /^[a-z0-9-]{1,32}$/.test(name) ? { kind, name } : undefined
}

/** An empty string is a choice too: no key for this. */
function keysIn(value: unknown): Settings["keys"] {
  const kept = recordOf(value)
  const chosen: Partial<Record<ShortcutName, string>> = {}
  for (const name of shortcutNames) {
    const key = kept[name]
    if (typeof key === "string" && (key === "" || isKeyCombination(key))) chosen[name] = key
  }
  return chosen
}
