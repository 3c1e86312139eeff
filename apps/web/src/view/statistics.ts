/** What the statistics panel shows: measured on this device, once a second, only while somebody looks. */

/** One person's numbers at one moment. Undefined: not known, or nothing flows. */
export interface Sample {
  /** Milliseconds of `performance.now()`. */
  readonly at: number
  /** Kilobits a second that arrive from them; for oneself: that leave. */
  readonly kbps: number
  /** Packets lost of a hundred. */
  readonly loss: number | undefined
  /** Milliseconds to the SFU and back. One for the whole connection. */
  readonly roundTrip: number | undefined
  /** Pictures a second, and the height of the largest. */
  readonly framesPerSecond: number | undefined
  readonly height: number | undefined
}

export interface PersonStatistics {
  readonly id: string
  readonly name: string
  readonly isSelf: boolean
  /** Oldest first, at most two minutes. */
  readonly samples: readonly Sample[]
  /** "VP8", "VP9", "Opus": what arrives; for oneself: what is sent. */
  readonly codecs: readonly string[]
  /** Frames decoded since the call began; for oneself: sealed and sent. */
  readonly frames: number
  /** Frames that did not open, whatever the reason (D25). */
  readonly refused: number
}

export interface StatisticsView {
  /** How media travel: "udp", "tcp", or "relay" by TURN. */
  readonly way: "udp" | "tcp" | "relay" | undefined
  readonly people: readonly PersonStatistics[]
}

/** Measures while subscribed. Pushed past the call's view, so that nothing else redraws. */
export interface StatisticsSource {
  readonly subscribe: (heard: (view: StatisticsView) => void) => () => void
}
