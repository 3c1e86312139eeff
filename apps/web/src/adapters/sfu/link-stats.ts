/** What a connection's statistics say, in the few words that we use. Pure: rows of `getStats()` in, a reading out. */

/** A stream since it began. Counts only rise; a new stream begins at 0. */
export interface Flow {
  /** The browser's name of the stream: a track that is used again has another one. */
  readonly id: string
  readonly kind: "audio" | "video"
  /** Inbound: the id of the track it plays on. */
  readonly track: string | undefined
  readonly bytes: number
  readonly packets: number
  /** Inbound: packets that never came. Outbound: as the SFU reports. */
  readonly lost: number
  /** Of a hundred, as the SFU last reported. Outbound alone. */
  readonly lossReported: number | undefined
  /** Seconds by which packets come too early or late. */
  readonly jitter: number
  /** Pictures decoded, or encoded. */
  readonly frames: number
  readonly framesPerSecond: number | undefined
  readonly height: number | undefined
  /** "VP8", "Opus". */
  readonly codec: string | undefined
  /** The encoder sends less than it would, for want of a wider way. Outbound alone. */
  readonly isNarrow: boolean
}

/** A connection at one moment. */
export interface Reading {
  readonly at: number
  readonly inbound: readonly Flow[]
  readonly outbound: readonly Flow[]
  /** Milliseconds to the SFU and back. */
  readonly roundTrip: number | undefined
  readonly way: "udp" | "tcp" | "relay" | undefined
}

/** One report of the browser. Lib.dom lacks half of the members; they are read by name. */
export type StatsRow = Readonly<Record<string, unknown>>

/** Reads all rows of a connection. `at` in ms of `performance.now()`. */
export function readingOf(rows: Iterable<StatsRow>, at: number): Reading {
  const all = [...rows]
  const byId = new Map(all.flatMap((row) => (typeof row["id"] === "string" ? [[row["id"], row] as const] : [])))
  const of = (type: string): StatsRow[] => all.filter((row) => row["type"] === type)
  const pair = chosenPair(of("candidate-pair"), of("transport"))
  const heard = of("remote-inbound-rtp")
  return {
    at,
    inbound: of("inbound-rtp").map((row) => flowOf(row, byId, undefined)),
    outbound: of("outbound-rtp").map((row) =>
      flowOf(
        row,
        byId,
        heard.find((report) => report["localId"] === row["id"]),
      ),
    ),
    roundTrip: milliseconds(pair?.["currentRoundTripTime"]) ?? milliseconds(heard.map((row) => number(row["roundTripTime"])).find(isReal)),
    way: wayOf(byId.get(text(pair?.["localCandidateId"]) ?? "")),
  }
}

/** Bytes that came so far over the whole connection. Firefox counts them by stream, Chromium all together. */
export function receivedOf(rows: Iterable<StatsRow>): number {
  let [whole, streams] = [0, 0]
  for (const row of rows) {
    if (row["type"] === "transport") whole += number(row["bytesReceived"]) ?? 0
    if (row["type"] === "inbound-rtp") streams += number(row["bytesReceived"]) ?? 0
  }
  return Math.max(whole, streams)
}

/** Bits a second that the encoder of a screen in VP9 may spend; undefined while none is sent, or the browser does not say. */
export function allowedToVp9(rows: Iterable<StatsRow>): number | undefined {
  const all = [...rows]
  const codecs = new Set(all.flatMap((row) => (row["mimeType"] === "video/VP9" ? [row["id"]] : [])))
  const sent = all.find((row) => row["type"] === "outbound-rtp" && codecs.has(row["codecId"]))
  return number(sent?.["targetBitrate"])
}

function flowOf(row: StatsRow, byId: ReadonlyMap<string, StatsRow>, report: StatsRow | undefined): Flow {
  const isSent = row["type"] === "outbound-rtp"
  const codec = text(byId.get(text(row["codecId"]) ?? "")?.["mimeType"])?.split("/")[1]
  const reported = number(report?.["fractionLost"])
  return {
    id: text(row["id"]) ?? "",
    kind: row["kind"] === "video" ? "video" : "audio",
    track: text(row["trackIdentifier"]),
    bytes: number(isSent ? row["bytesSent"] : row["bytesReceived"]) ?? 0,
    packets: number(isSent ? row["packetsSent"] : row["packetsReceived"]) ?? 0,
    lost: number(isSent ? report?.["packetsLost"] : row["packetsLost"]) ?? 0,
    lossReported: reported === undefined ? undefined : reported * 100,
    jitter: number(row["jitter"]) ?? 0,
    frames: number(isSent ? row["framesEncoded"] : row["framesDecoded"]) ?? 0,
    framesPerSecond: number(row["framesPerSecond"]),
    height: number(row["frameHeight"]),
    codec: codec === "opus" ? "Opus" : codec,
    isNarrow: row["qualityLimitationReason"] === "bandwidth",
  }
}

/** Chromium names the pair in use by the transport, Firefox by the pair's own member. */
function chosenPair(pairs: readonly StatsRow[], transports: readonly StatsRow[]): StatsRow | undefined {
  const named = transports.map((row) => row["selectedCandidatePairId"])
  return pairs.find((row) => named.includes(row["id"])) ?? pairs.find((row) => row["selected"] === true || row["nominated"] === true)
}

function wayOf(candidate: StatsRow | undefined): Reading["way"] {
  if (candidate === undefined) return undefined
  if (candidate["candidateType"] === "relay") return "relay"
  return candidate["protocol"] === "tcp" ? "tcp" : "udp"
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

const number = (value: unknown): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined)

const isReal = (value: number | undefined): value is number => value !== undefined

const milliseconds = (value: unknown): number | undefined => {
  const seconds = number(value)
  return seconds === undefined ? undefined : seconds * 1000
}
