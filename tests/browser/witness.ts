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
}

export interface Outbound {
  readonly kind: "audio" | "video"
  readonly packets: number
  readonly framesEncoded: number
}

/** What the browser knows of its media. */
export interface Media {
  readonly inbound: readonly Inbound[]
  readonly outbound: readonly Outbound[]
  readonly srtpCiphers: readonly string[]
  readonly dtlsCiphers: readonly string[]
  /** Whether the audio-level header extension stands in an answer. */
  readonly hasAudioLevel: boolean
  readonly iceServers: readonly string[]
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
  // The browser's own report types lack half of the members; they are read by name.
  const rows = reports.flatMap((report) => [...(report as unknown as Map<string, Record<string, number & string>>).values()])
  const descriptions = open.flatMap((peer) => [peer.currentLocalDescription, peer.currentRemoteDescription])
  const answers = descriptions.filter((one) => one?.type === "answer").map((one) => one?.sdp ?? "")
  return JSON.stringify({
    inbound: rows
      .filter((row) => row["type"] === "inbound-rtp")
      .map((row) => ({
        kind: row["kind"],
        id: row["trackIdentifier"] ?? "",
        bytes: row["bytesReceived"] ?? 0,
        framesDecoded: row["framesDecoded"] ?? 0,
        audioEnergy: row["totalAudioEnergy"] ?? 0,
        soundSeconds: (row["totalSamplesDuration"] ?? 0) * (1 - (row["concealedSamples"] ?? 0) / Math.max(1, row["totalSamplesReceived"] ?? 1)),
      })),
    outbound: rows
      .filter((row) => row["type"] === "outbound-rtp")
      .map((row) => ({ kind: row["kind"], packets: row["packetsSent"] ?? 0, framesEncoded: row["framesEncoded"] ?? 0 })),
    srtpCiphers: rows.filter((row) => row["type"] === "transport").map((row) => row["srtpCipher"] ?? ""),
    dtlsCiphers: rows.filter((row) => row["type"] === "transport").map((row) => row["dtlsCipher"] ?? ""),
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
