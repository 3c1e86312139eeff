/** The door from both sides, from what the machine knows. Pure. */

import type { InView, CallView as MachineView } from "@conclave/call"
import type { DeviceState } from "../view/device.ts"
import type { AtDoorView, WaitingView } from "../view/door.ts"
import type { Picture } from "../view/picture.ts"
import { whoOf, type WhoParts } from "./who.ts"

/** Longest first, as they came. */
export function doorOf(view: InView, parts: WhoParts): AtDoorView[] {
  return view.atDoor
    .toSorted((a, b) => a.since - b.since)
    .map(({ member, person }) => ({ id: member, who: whoOf(person, parts), words: person.doorWords ?? [] }))
}

export interface WaitingParts {
  readonly isHanded: boolean
  readonly now: number
  readonly topic: string | undefined
  readonly microphone: DeviceState
  readonly camera: DeviceState
  readonly self: { readonly name: string; readonly picture?: Picture }
}

/** What stands outside the door; undefined where nobody's decision is awaited. */
export function waitingOf(view: MachineView, { now, topic, microphone, camera, self, isHanded }: WaitingParts): WaitingView | undefined {
  const around = { isHanded, microphone: { state: microphone }, camera: { state: camera }, self, ...(topic === undefined ? {} : { topic }) }
  if (view.phase === "waiting-for-host") return { ...around, for: "host", asked: secondsSince(view.since, now), words: [] }
  if (view.phase !== "knocking" || !view.isWaiting) return undefined
  return { ...around, for: "door", asked: secondsSince(view.since, now), words: view.doorWords ?? [] }
}

const secondsSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / 1000))
