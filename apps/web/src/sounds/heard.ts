/** What of a call is to be heard or noticed, worked out from what its screen shows before and after. Pure. */

import type { RoomView } from "../view/room.ts"
import type { Settings } from "../view/settings.ts"
import type { Sound } from "./sounds.ts"

export type About = "door" | "hand" | "unmute"

export interface Heard {
  readonly sounds: readonly Sound[]
  readonly notices: readonly About[]
  /** When somebody's coming or going was last heard. */
  readonly comingAt: number
}

/** From so many in the call on, nobody is heard to come or go. */
export const manyFrom = 9
/** At most one coming or going is heard in this time. */
export const apartMs = 3_000

/** L57, L58. `now` in ms since any fixed time; `comingAt` as the last answer had it. */
export function heardBetween(
  before: RoomView,
  after: RoomView,
  { now, comingAt, settings }: { readonly now: number; readonly comingAt: number; readonly settings: Settings },
): Heard {
  const { sounds: may } = settings
  const coming = now - comingAt < apartMs ? undefined : comingOf(before, after)
  const [door, hand, unmute] = [isNewAtDoor(before, after), isNewHand(before, after), isNewlyAsked(before, after)]
  return {
    sounds: [
      ...(may.comings && coming !== undefined ? [coming] : []),
      ...(may.door && door ? ["door" as const] : []),
      ...(may.hands && hand ? ["hand" as const] : []),
      ...(may.ends && isCutOff(after) && !isCutOff(before) ? ["ended" as const] : []),
    ],
    notices: [...(door ? ["door" as const] : []), ...(hand ? ["hand" as const] : []), ...(unmute ? ["unmute" as const] : [])],
    comingAt: coming === undefined ? comingAt : now,
  }
}

/** Not on one's own arrival: everybody is new then. */
function comingOf(before: RoomView, after: RoomView): Sound | undefined {
  if (before.screen !== "call" || after.screen !== "call") return undefined
  const [old, now] = [idsOf(before.call.tiles), idsOf(after.call.tiles)]
  if (Math.max(old.size, now.size) + 1 >= manyFrom) return undefined
  if (hasNew(old, now)) return "came"
  return hasNew(now, old) ? "went" : undefined
}

/** Only whoever decides about the door has anybody in this list. Who waits already when one comes in counts too. */
function isNewAtDoor(before: RoomView, after: RoomView): boolean {
  return after.screen === "call" && hasNew(before.screen === "call" ? idsOf(before.call.door) : new Set(), idsOf(after.call.door))
}

function isNewHand(before: RoomView, after: RoomView): boolean {
  if (before.screen !== "call" || after.screen !== "call") return false
  return hasNew(idsOf(before.call.hands), idsOf(after.call.hands.filter(({ isSelf }) => !isSelf)))
}

const isNewlyAsked = (before: RoomView, after: RoomView): boolean =>
  after.screen === "call" &&
  after.call.unmuteAsked !== undefined &&
  (before.screen !== "call" || before.call.unmuteAsked?.by !== after.call.unmuteAsked.by)

/** Nothing is seen and heard any more, and this person did not choose that. */
const isCutOff = (view: RoomView): boolean => {
  const kind = view.screen === "state" ? view.state.kind : view.screen === "call" ? view.call.interruption?.kind : undefined
  return kind === "cut-off" || kind === "removed" || kind === "removed-by-organisation" || kind === "dropped"
}

const idsOf = (those: readonly { readonly id: string }[]): Set<string> => new Set(those.map(({ id }) => id))

const hasNew = (old: ReadonlySet<string>, now: ReadonlySet<string>): boolean => [...now].some((id) => !old.has(id))
