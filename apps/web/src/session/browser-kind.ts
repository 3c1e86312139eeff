/** Which browser this is, to say where its permissions are. Nothing else is decided by it. */

import type { BrowserKind } from "../view/lobby.ts"

/** From the words a browser calls itself by. `touches`: how many fingers the screen knows; a tablet of Apple calls itself a Mac. */
export function browserKind(agent: string, touches = 0): BrowserKind {
  const isApple = /\b(?:iPhone|iPad|iPod)\b/.test(agent) || (/\bMacintosh\b/.test(agent) && touches > 1)
  // Every browser there is Safari underneath, but only Safari itself has its page sign.
  if (isApple) return /\b(?:CriOS|FxiOS|EdgiOS)\b/.test(agent) ? "other" : "safari-phone"
  const isPhone = /\b(?:Android|Mobile)\b/.test(agent)
  if (/\bFirefox\//.test(agent)) return isPhone ? "firefox-phone" : "firefox"
  if (/\b(?:Chrome|Chromium)\//.test(agent)) return isPhone ? "chromium-phone" : "chromium"
  return /\bSafari\//.test(agent) ? "safari" : "other"
}
