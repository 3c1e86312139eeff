/** Tries one way to the SFU: connects with every other way taken out. Nothing can be sent on such a connection, nor heard (D27.12). */

import { LogLevel, Room, setLogLevel } from "livekit-client"
import type { Way } from "@conclave/wire"

/** One try of one way; ends the moment `stop` is called. */
export interface Attempt {
  readonly opened: Promise<boolean>
  stop(): void
}

const givesUpAfterMs = 8_000

// What the SDK prints can hold addresses and session descriptions.
setLogLevel(LogLevel.silent)

/** What is tried. `relays`: made by relay-servers.ts; asked for the way `relay` alone. */
export interface Trial {
  readonly path: string
  readonly way: Way
  readonly relays: readonly RTCIceServer[]
}

/** Begins at once. `opened` says whether media could pass. */
export function tryWay({ path, way, relays }: Trial): Attempt {
  const browsers = globalThis.RTCPeerConnection
  const made: RTCPeerConnection[] = []
  const probing = probingPeerConnection(browsers, { way, relays, made: (connection) => made.push(connection) })
  globalThis.RTCPeerConnection = probing
  const room = new Room({ disconnectOnPageLeave: true })
  let isOver = false
  // Synchronous: whoever asks next for a connection gets the browser's own again, or the sealed one of a call.
  const stop = (): void => {
    if (isOver) return
    isOver = true
    if (globalThis.RTCPeerConnection === probing) globalThis.RTCPeerConnection = browsers
    void room.disconnect().catch(() => undefined)
  }
  const url = new URL(path, location.href)
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
  const opened = room
    .connect(url.href, "none", {
      autoSubscribe: false,
      maxRetries: 0,
      peerConnectionTimeout: givesUpAfterMs,
      websocketTimeout: givesUpAfterMs,
      rtcConfig: { iceServers: [] },
    })
    .then(() => Promise.all(made.map((connection) => goesBy(connection, way))))
    .then(
      (found) => found.includes(true),
      () => false,
    )
    .finally(stop)
  return { opened, stop }
}

/** Chromium's numbers lag behind the connection they are of. */
const looks = { most: 6, everyMs: 200 } as const

/** Whether what flows goes by this way, as the browser itself says. */
async function goesBy(connection: RTCPeerConnection, way: Way): Promise<boolean> {
  for (let look = 1; look <= looks.most; look++) {
    if (await goesNowBy(connection, way)) return true
    if (look < looks.most) await new Promise((resolve) => setTimeout(resolve, looks.everyMs))
  }
  return false
}

async function goesNowBy(connection: RTCPeerConnection, way: Way): Promise<boolean> {
  const stats = new Map<string, Stat>()
  for (const [id, stat] of (await connection.getStats()) as unknown as Iterable<[string, Stat]>) stats.set(id, stat)
  const pairs = [...stats.values()].filter(({ type, state }) => type === "candidate-pair" && state === "succeeded")
  return pairs.some((pair) => wayOf(stats.get(pair.localCandidateId ?? "")) === way)
}

function wayOf(local: Stat | undefined): Way | undefined {
  if (local?.candidateType === "relay") return "relay"
  return local?.protocol === "tcp" || local?.protocol === "udp" ? local.protocol : undefined
}

/** Of W3C webrtc-stats, what is read here. */
interface Stat {
  readonly type: string
  readonly state?: string
  readonly localCandidateId?: string
  readonly protocol?: string
  readonly candidateType?: string
}

/** A connection that knows one way only and carries no media: were it ever used for a call, nothing would go out. */
export function probingPeerConnection(
  Base: typeof RTCPeerConnection,
  { way, relays, made }: Omit<Trial, "path"> & { readonly made?: (connection: RTCPeerConnection) => void },
): typeof RTCPeerConnection {
  const only: RTCConfiguration = way === "relay" ? { iceServers: [...relays], iceTransportPolicy: "relay" } : { iceServers: [] }
  return class ProbingPeerConnection extends Base {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, ...only })
      made?.(this)
      // First listener of all. The SFU would answer a candidate of another way, and that way would seem open.
      this.addEventListener("icecandidate", (event) => {
        const candidate = event.candidate?.candidate ?? ""
        if (candidate !== "" && !isOfWay(candidate, way)) event.stopImmediatePropagation()
      })
    }

    override createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit>
    override createOffer(
      done: RTCSessionDescriptionCallback,
      failed: RTCPeerConnectionErrorCallback,
      options?: RTCOfferOptions,
    ): Promise<never>
    override async createOffer(first?: RTCOfferOptions | RTCSessionDescriptionCallback): Promise<RTCSessionDescriptionInit> {
      if (typeof first === "function") throw new Error("bug: the SDK uses promises")
      const { type, sdp = "" } = await super.createOffer(first)
      return { type, sdp: onlyWay(sdp, way) }
    }

    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration({ ...configuration, ...only })
    }

    override addTrack(): RTCRtpSender {
      throw new Error("bug: a probe sends nothing")
    }

    override addTransceiver(trackOrKind: MediaStreamTrack | string, init?: RTCRtpTransceiverInit): RTCRtpTransceiver {
      if (typeof trackOrKind !== "string") throw new Error("bug: a probe sends nothing")
      return super.addTransceiver(trackOrKind, { ...init, direction: "inactive" })
    }

    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      return super.setRemoteDescription({ type: description.type, sdp: onlyWay(description.sdp ?? "", way) })
    }

    override async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
      if (!candidate?.candidate || isOfWay(candidate.candidate, way)) return super.addIceCandidate(candidate)
    }
  }
}

/** A description with the candidates of one way only. */
export function onlyWay(sdp: string, way: Way): string {
  return sdp
    .split("\n")
    .filter((line) => !line.startsWith("a=candidate:") || isOfWay(line.slice(2), way))
    .join("\n")
}

/** RFC 8839 section 5.1: foundation, component and transport come first. Behind the relay it is UDP; before it nothing else is used. */
export function isOfWay(candidate: string, way: Way): boolean {
  const transport = candidate.split(" ")[2]?.toLowerCase()
  return transport === (way === "tcp" ? "tcp" : "udp")
}
