/** Measures the connection while a call is on: how well everybody arrives, and the numbers behind it while somebody looks. */

import type { MemberId } from "@conclave/wire"
import type { Flow, Reading } from "../adapters/sfu/link-stats.ts"
import type { MediaKind } from "../frame-worker/messages.ts"
import type { Quality } from "../view/call.ts"
import type { PersonStatistics, Sample, StatisticsSource, StatisticsView } from "../view/statistics.ts"
import { arrivalOf, changeOf, lossOf, ownQuality, qualityPeriodMs, steadied, type Change, type Steady } from "./quality.ts"

/** One member as far as measuring goes. */
export interface Measured {
  readonly member: MemberId
  readonly name: string
  readonly isSelf: boolean
  /** Its media that are asked for and arrive, by the id of the track that plays them. Empty for oneself. */
  readonly tracks: ReadonlyMap<string, MediaKind>
  /** Its camera is on and asked for. */
  readonly hasCamera: boolean
  /** Frames of it that did not open. */
  readonly refused: number
}

export interface Measurable {
  /** Undefined: there is no connection. */
  readonly read: () => Promise<Reading | undefined>
  readonly members: () => readonly Measured[]
  readonly isUp: () => boolean
  /** Frames sealed and sent since the call began. */
  readonly sent: () => number
  /** A quality that is shown has changed. */
  readonly changed: () => void
}

const samplePeriodMs = 1_000
/** Two minutes. */
const samplesKept = 120
/** A connection finds its width in this time, in ms: until then a narrow one is nothing to tell. */
const settlingMs = 15_000

export class Statistics {
  readonly source: StatisticsSource = { subscribe: (heard) => this.#subscribe(heard) }
  readonly #parts: Measurable
  readonly #timer: ReturnType<typeof setInterval>
  readonly #heard = new Set<(view: StatisticsView) => void>()
  readonly #steady = new Map<MemberId, Steady>()
  readonly #frames = new Map<MemberId, number>()
  readonly #samples = new Map<MemberId, readonly Sample[]>()
  /** The reading before, for quality and for samples: each has a pace of its own. */
  #forQuality: Reading | undefined
  #forSamples: Reading | undefined
  #firstAt: number | undefined
  #isReading = false

  constructor(parts: Measurable) {
    this.#parts = parts
    this.#timer = setInterval(() => void this.#look(), samplePeriodMs)
  }

  /** As others' pictures and sound arrive; one's own: the way to the SFU. Undefined: nothing to measure. */
  qualityOf(member: MemberId): Quality | undefined {
    return this.#steady.get(member)?.shown
  }

  close(): void {
    clearInterval(this.#timer)
    this.#heard.clear()
  }

  #subscribe(heard: (view: StatisticsView) => void): () => void {
    if (this.#heard.size === 0) {
      this.#samples.clear()
      this.#forSamples = undefined
    }
    this.#heard.add(heard)
    return () => {
      this.#heard.delete(heard)
    }
  }

  async #look(): Promise<void> {
    const isQualityDue = performance.now() - (this.#forQuality?.at ?? -Infinity) > qualityPeriodMs - samplePeriodMs / 2
    if (this.#isReading || (!isQualityDue && this.#heard.size === 0)) return
    this.#isReading = true
    const reading = await this.#parts.read().catch(() => undefined)
    this.#isReading = false
    if (isQualityDue) this.#judge(reading)
    if (reading !== undefined && this.#heard.size > 0) this.#tell(reading)
  }

  #judge(reading: Reading | undefined): void {
    const before = this.#forQuality
    this.#forQuality = reading
    if (reading === undefined) this.#firstAt = undefined
    else this.#firstAt ??= reading.at
    const shownBefore = this.#shown()
    const members = this.#parts.members()
    const arrivals = new Map<MemberId, Quality>()
    for (const one of reading === undefined ? [] : members.filter(({ isSelf }) => !isSelf)) {
      const quality = this.#arrival(one, before, reading)
      if (quality !== undefined) arrivals.set(one.member, quality)
    }
    const self = members.find(({ isSelf }) => isSelf)
    for (const [member, quality] of arrivals) this.#steady.set(member, steadied(this.#steady.get(member), quality))
    for (const member of this.#steady.keys()) if (!arrivals.has(member) && member !== self?.member) this.#steady.delete(member)
    if (self !== undefined) {
      const own = ownQuality({ ...this.#ownWay(reading), arrivals: [...arrivals.values()] })
      this.#steady.set(self.member, steadied(this.#steady.get(self.member), own))
    }
    if (this.#shown() !== shownBefore) this.#parts.changed()
  }

  #arrival(one: Measured, before: Reading | undefined, reading: Reading | undefined): Quality | undefined {
    if (reading === undefined) return undefined
    const flows = flowsOf(one, reading)
    const changes = flows.flatMap((flow) => changeOf(before, reading, flow) ?? [])
    this.#frames.set(one.member, (this.#frames.get(one.member) ?? 0) + changes.reduce((all, { frames }) => all + frames, 0))
    const camera = flows.find(({ track }) => track !== undefined && one.tracks.get(track) === "camera")
    const moved = camera === undefined || !one.hasCamera ? undefined : changeOf(before, reading, camera)
    return arrivalOf(changes, moved)
  }

  #ownWay(reading: Reading | undefined): Omit<Parameters<typeof ownQuality>[0], "arrivals"> {
    const isSettled = reading !== undefined && reading.at - (this.#firstAt ?? reading.at) > settlingMs
    const reported = reading?.outbound.flatMap(({ lossReported }) => lossReported ?? []) ?? []
    return {
      isUp: this.#parts.isUp(),
      roundTrip: reading?.roundTrip,
      lossReported: reported.length === 0 ? undefined : Math.max(...reported),
      isNarrow: isSettled && reading.outbound.some(({ isNarrow }) => isNarrow),
    }
  }

  #shown(): string {
    return JSON.stringify([...this.#steady].map(([member, { shown }]) => [member, shown]))
  }

  #tell(reading: Reading): void {
    const before = this.#forSamples
    this.#forSamples = reading
    const people = this.#parts.members().map((one) => this.#person(one, before, reading))
    for (const heard of this.#heard) heard({ way: reading.way, people })
  }

  #person(one: Measured, before: Reading | undefined, reading: Reading): PersonStatistics {
    const flows = one.isSelf ? reading.outbound : flowsOf(one, reading)
    const changes = flows.flatMap((flow) => changeOf(before, reading, flow) ?? [])
    const samples = [...(this.#samples.get(one.member) ?? []), sampleOf(reading, flows, changes)].slice(-samplesKept)
    this.#samples.set(one.member, samples)
    return {
      id: one.member,
      name: one.name,
      isSelf: one.isSelf,
      samples,
      codecs: [...new Set(flows.flatMap(({ codec }) => codec ?? []))].toSorted(),
      frames: one.isSelf ? this.#parts.sent() : (this.#frames.get(one.member) ?? 0),
      refused: one.refused,
    }
  }
}

/** A receiver that was used before has a dead stream beside the living one. */
function flowsOf({ tracks }: Measured, { inbound }: Reading): readonly Flow[] {
  const newest = new Map<string, Flow>()
  for (const flow of inbound) if (flow.track !== undefined && tracks.has(flow.track)) newest.set(flow.track, flow)
  return [...newest.values()]
}

function sampleOf({ at, roundTrip }: Reading, flows: readonly Flow[], changes: readonly Change[]): Sample {
  const [ms = 0] = changes.map((change) => change.ms)
  const pictures = flows.filter(({ kind, height }) => kind === "video" && height !== undefined)
  const largest = pictures.toSorted((a, b) => (b.height ?? 0) - (a.height ?? 0))[0]
  const reported = flows.flatMap(({ lossReported }) => lossReported ?? [])
  return {
    at,
    kbps: ms === 0 ? 0 : (changes.reduce((all, { bytes }) => all + bytes, 0) * 8) / ms,
    loss: reported.length > 0 ? Math.max(...reported) : lossOf(changes),
    roundTrip,
    framesPerSecond: largest?.framesPerSecond,
    height: largest?.height,
  }
}
