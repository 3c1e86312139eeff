import type { Say } from "../i18n/words.ts"

/** How long this device has been in: whole minutes, and hours from the first one on. */
export function clockText(minutes: number, say: Say): string {
  if (minutes < 60) return say("call.minutes", { count: minutes })
  return say("doings.clock", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") })
}
