/** What an auditor asks for, as plain text: no key, no link. */

import type { RoomView } from "../view/room.ts"

/** Onto the clipboard, if the browser lets us. Outside a call there is nothing to copy. */
export async function copyDetails(view: RoomView): Promise<void> {
  if (view.screen !== "call") return
  const { words, digits, details } = view.security
  const lines = [
    `group ${details.group}`,
    `epoch ${details.epoch}`,
    `words ${words.join(" ")}`,
    `digits ${digits}`,
    `outside window ${details.outsideWindow}`,
  ]
  await navigator.clipboard.writeText(lines.join("\n")).catch(() => undefined)
}
