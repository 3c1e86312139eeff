/** Eyes of the test inside a page: peer connections as the browser itself reports them, whatever the product says. */

import type { Page } from "puppeteer-core"

/** One stream that arrives. `id` is the track it plays on. */
export interface Inbound {
  readonly kind: "audio" | "video"
  readonly id: string
  readonly bytes: number
  readonly framesDecoded: number
  readonly audioEnergy: number
  /** Seconds of sound that came out of the decoder without being made up. */
  readonly soundSeconds: number
  /** "VP8", "VP9", "opus": as the browser itself says. */
  readonly codec: string
}

export interface Outbound {
  readonly id: string
  readonly kind: "audio" | "video"
  readonly packets: number
  readonly framesEncoded: number
  readonly bytes: number
  readonly codec: string
}

/** What the browser knows of its media. */
export interface Media {
  readonly inbound: readonly Inbound[]
  readonly outbound: readonly Outbound[]
  readonly srtpCiphers: readonly string[]
  readonly dtlsCiphers: readonly string[]
  /** Whether an answer lets silence be sent as silence (Opus, RFC 7587). */
  readonly hasDtx: boolean
  /** Whether the audio-level header extension stands in an answer. */
  readonly hasAudioLevel: boolean
  readonly iceServers: readonly string[]
  /** Address and port of every candidate of the other side. */
  readonly remoteAddresses: readonly string[]
  /** Types of the own candidates by which anything flows: "host", "prflx", "relay". */
  readonly localTypes: readonly string[]
}

/** Runs in the page before any of its scripts. Self-contained: it is sent as text. */
function recordPeerConnections(): void {
  const native = globalThis.RTCPeerConnection
  const made: RTCPeerConnection[] = []
  Object.defineProperty(globalThis, "__witness", { value: { peers: made } })
  globalThis.RTCPeerConnection = new Proxy(native, {
    construct(target, args, newTarget) {
      const peer = Reflect.construct(target, args, newTarget) as RTCPeerConnection
      made.push(peer)
      return peer
    },
  })
}

async function readMedia(): Promise<string> {
  const { peers } = (globalThis as unknown as { __witness: { peers: RTCPeerConnection[] } }).__witness
  const open = peers.filter((peer) => peer.connectionState !== "closed")
  const reports = await Promise.all(open.map((peer) => peer.getStats()))
  // The types of the browser's own reports lack half of the members; they are read by name.
  const rows = reports.flatMap((report) => [...(report as unknown as Map<string, Record<string, unknown>>).values()])
  const of = (type: string) => rows.filter((row) => row["type"] === type)
  const number = (value: unknown) => (typeof value === "number" ? value : 0)
  const text = (value: unknown) => (typeof value === "string" ? value : "")
  const codecOf = (row: Record<string, unknown>) => {
    const codec = rows.find((each) => each["type"] === "codec" && each["id"] === row["codecId"])
    return text(codec?.["mimeType"]).split("/")[1] ?? ""
  }
  const descriptions = open.flatMap((peer) => [peer.currentLocalDescription, peer.currentRemoteDescription])
  const answers = descriptions.filter((one) => one?.type === "answer").map((one) => one?.sdp ?? "")
  return JSON.stringify({
    inbound: of("inbound-rtp").map((row) => ({
      kind: row["kind"],
      id: text(row["trackIdentifier"]),
      bytes: number(row["bytesReceived"]),
      framesDecoded: number(row["framesDecoded"]),
      audioEnergy: number(row["totalAudioEnergy"]),
      soundSeconds:
        number(row["totalSamplesDuration"]) * (1 - number(row["concealedSamples"]) / Math.max(1, number(row["totalSamplesReceived"]))),
      codec: codecOf(row),
    })),
    outbound: of("outbound-rtp").map((row) => ({
      id: text(row["id"]),
      kind: row["kind"],
      packets: number(row["packetsSent"]),
      framesEncoded: number(row["framesEncoded"]),
      bytes: number(row["bytesSent"]),
      codec: codecOf(row),
    })),
    srtpCiphers: of("transport").map((row) => text(row["srtpCipher"])),
    dtlsCiphers: of("transport").map((row) => text(row["dtlsCipher"])),
    remoteAddresses: of("remote-candidate").map((row) => `${text(row["address"])}:${number(row["port"])}`),
    hasDtx: answers.some((sdp) => sdp.includes("usedtx=1")),
    localTypes: of("candidate-pair")
      .filter((row) => row["nominated"] === true && number(row["bytesSent"]) > 0)
      .map((pair) => text(rows.find((row) => row["id"] === pair["localCandidateId"])?.["candidateType"])),
    hasAudioLevel: answers.some((sdp) => sdp.includes("ssrc-audio-level")),
    iceServers: open.flatMap((peer) => peer.getConfiguration().iceServers?.flatMap((server) => server.urls) ?? []),
  })
}

/** Places the witness in every document the page will show. */
export async function placeWitness(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(recordPeerConnections)
}

/** Asks the browser about its media now. */
export async function mediaOf(page: Page): Promise<Media> {
  return JSON.parse(await page.evaluate(readMedia)) as Media
}
