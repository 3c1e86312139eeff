/** How well media travel, from what two readings of the connection differ by. Pure. Rules D26.20 to D26.23 of docs/protocol.md. */

import type { Flow, Reading } from "../adapters/sfu/link-stats.ts"
import type { Quality } from "../view/call.ts"

/** Between two readings, in ms: short enough to be true, long enough to count losses in. */
export const qualityPeriodMs = 2_000

/** What one stream did between two readings. */
export interface Change {
  readonly ms: number
  readonly bytes: number
  readonly packets: number
  readonly lost: number
  readonly frames: number
  readonly jitter: number
}

/** Undefined: the stream is new, or another one under the same name. */
export function changeOf(before: Reading | undefined, now: Reading, flow: Flow): Change | undefined {
  const earlier = before === undefined ? undefined : [...before.inbound, ...before.outbound].find(({ id }) => id === flow.id)
  if (before === undefined || earlier === undefined || earlier.packets > flow.packets) return undefined
  return {
    ms: now.at - before.at,
    bytes: flow.bytes - earlier.bytes,
    packets: flow.packets - earlier.packets,
    // A packet that comes late after all makes the count of lost ones fall.
    lost: Math.max(0, flow.lost - earlier.lost),
    frames: Math.max(0, flow.frames - earlier.frames),
    jitter: flow.jitter,
  }
}

/** Packets lost of a hundred; undefined when none were due. */
export function lossOf(changes: readonly Change[]): number | undefined {
  const [lost, came] = [sum(changes.map((change) => change.lost)), sum(changes.map(({ packets }) => packets))]
  return lost + came === 0 ? undefined : (100 * lost) / (lost + came)
}

/**
 * D26.20, D26.21: somebody's streams as they arrive. Undefined: nothing to measure. `camera`: that of the camera, when it is on and
 * asked for: a face that stands still is as bad as half of it lost. A screen may stand still.
 */
export function arrivalOf(changes: readonly Change[], camera: Change | undefined): Quality | undefined {
  const flowing = changes.filter(({ packets, lost }) => packets + lost > 0)
  const isStill = camera?.frames === 0
  if (flowing.length === 0 && !isStill) return undefined
  const jitter = Math.max(0, ...flowing.map((change) => change.jitter))
  return worst([isStill ? "bad" : "good", step(lossOf(flowing) ?? 0, 4, 12), step(jitter * 1000, 60, 200)])
}

/** What says how well this device's own way to the SFU is. */
export interface OwnWay {
  readonly isUp: boolean
  readonly roundTrip: number | undefined
  /** Losses that the SFU reports, of a hundred. */
  readonly lossReported: number | undefined
  readonly isNarrow: boolean
  /** What arrives of everybody. */
  readonly arrivals: readonly Quality[]
}

/** D26.22: one person's bad arrival is that person's; most of several people's is one's own. */
export function ownQuality({ isUp, roundTrip, lossReported, isNarrow, arrivals }: OwnWay): Quality {
  if (!isUp) return "bad"
  const most = (quality: Quality): boolean => arrivals.length > 1 && arrivals.filter((one) => one === quality).length * 2 > arrivals.length
  const shared: Quality = most("bad") ? "bad" : most("weak") ? "weak" : "good"
  return worst([shared, step(roundTrip ?? 0, 400, 1_000), step(lossReported ?? 0, 5, 15), isNarrow ? "weak" : "good"])
}

/** A sign that comes and goes with each reading says nothing. */
export interface Steady {
  readonly shown: Quality
  readonly other: Quality
  readonly times: number
}

/** D26.23: worse after two readings that agree, better after three. */
export function steadied(before: Steady | undefined, now: Quality): Steady {
  if (before === undefined) return { shown: "good", other: now, times: 1 }
  if (now === before.shown) return { shown: now, other: now, times: 0 }
  const times = now === before.other ? before.times + 1 : 1
  const enough = rank(now) > rank(before.shown) ? 2 : 3
  return times >= enough ? { shown: now, other: now, times: 0 } : { shown: before.shown, other: now, times }
}

const order: readonly Quality[] = ["good", "weak", "bad"]
const rank = (quality: Quality): number => order.indexOf(quality)
const worst = (all: readonly Quality[]): Quality => order[Math.max(...all.map(rank))] ?? "good"
const step = (value: number, weak: number, bad: number): Quality => (value >= bad ? "bad" : value >= weak ? "weak" : "good")
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
