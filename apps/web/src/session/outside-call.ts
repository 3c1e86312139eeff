/** What stands on the screen of a run that is not in the call yet, or no more: the password, the wait at the door, a state. Pure. */

import type { CallView as MachineView, InView } from "@conclave/call"
import type { RoomView } from "../view/room.ts"
import type { CallParts } from "./call-view.ts"
import { waitingOf } from "./door-view.ts"
import { stateOf } from "./state-view.ts"

export interface OutsideParts extends Pick<CallParts, "microphone" | "camera" | "self"> {
  readonly now: number
  /** Whether the room is of a kind that its server opens. */
  readonly isHanded: boolean
  /** By the room's rules as they stood at its door; undefined before they were read. */
  readonly topic: string | undefined
}

export function outsideScreen(view: Exclude<MachineView, InView>, parts: OutsideParts): RoomView {
  const { now, topic } = parts
  if (view.phase === "asking-password")
    return { screen: "password", password: { isWrong: view.isWrong, ...(topic === undefined ? {} : { topic }) } }
  const waiting = waitingOf(view, parts)
  return waiting === undefined ? { screen: "state", state: stateOf(view, now, 0) } : { screen: "waiting", waiting }
}
