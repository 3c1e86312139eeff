/** Keys as text, so that they can be kept, compared and shown: `m`, `?`, `Space`, `F2`, `Alt+t`, `Ctrl+Shift+p`. */

/** What of a keyboard event says which key it is. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

const namedKeys = ["Space", "Enter", "Backspace", "Delete", "Insert", "Home", "End", "PageUp", "PageDown"] as const
const pattern = new RegExp(`^(?:Ctrl\\+)?(?:Alt\\+)?(?:Shift\\+)?(?:[!-@[-~]|F(?:[1-9]|1[0-2])|${namedKeys.join("|")})$`)

/** Whether a text is a key combination as `combinationOf` writes it. Letters are small: Shift is a word of its own. */
export const isKeyCombination = (text: string): boolean => pattern.test(text)

/**
 * The combination that was pressed; undefined for modifiers alone and for keys that move or leave (arrows, Tab, Escape).
 * ⌘ counts as Ctrl. A letter that is not Latin (Arabic, Greek, Cyrillic layouts), or that Alt turned into a sign, counts as the key
 * it lies on, so that every shortcut can be pressed on every layout.
 */
export function combinationOf(press: KeyPress): string | undefined {
  const key = baseOf(press)
  if (key === undefined) return undefined
  const isLetter = /^[a-z]$/.test(key)
  const saysShift = press.shiftKey && (isLetter || key.length > 1)
  return `${press.ctrlKey || press.metaKey ? "Ctrl+" : ""}${press.altKey ? "Alt+" : ""}${saysShift ? "Shift+" : ""}${key}`
}

function baseOf({ key, code, altKey }: KeyPress): string | undefined {
  if (key === " ") return "Space"
  if (/^F(?:[1-9]|1[0-2])$/.test(key) || namedKeys.some((name) => name === key)) return key
  if (key.length > 1 && key !== "Dead") return undefined
  const isPlain = /^[!-~]$/.test(key)
  if (isPlain && !altKey) return key.toLowerCase()
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? /^Digit(\d)$/.exec(code)?.[1] ?? (isPlain ? key.toLowerCase() : undefined)
}

/** The parts of a combination, to be drawn as key caps. */
export function capsOf(combination: string, isMac: boolean): readonly string[] {
  const caps = combination.split(/(?<=[a-z])\+/i)
  const signs: Readonly<Record<string, string>> = isMac ? { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" } : {}
  return caps.map((cap) => signs[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap))
}
