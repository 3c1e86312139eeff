/** Keeps a way to the SFU open for as long as the call wants one, and sends on it what is wanted, in order. */

import type { Opening } from "@conclave/collab"
import { parseMediaAnswer, paths } from "@conclave/wire"
import type { Frames } from "../adapters/frames.ts"
import { allowedToVp9, readingOf, receivedOf, type Reading, type StatsRow } from "../adapters/sfu/link-stats.ts"
import { MediaLink, type LinkState } from "../adapters/sfu/media-link.ts"
import { relayServers } from "../adapters/sfu/relay-servers.ts"
import { sealedPeerConnection } from "../adapters/sfu/sealed-peer-connection.ts"
import { sendsVp9 } from "../adapters/sfu/link-options.ts"
import type { Codec, MediaKind } from "../frame-worker/messages.ts"
import { codecOf } from "./codec-of.ts"
import { measuredWay, unmeasuredWay } from "./narrow-way.ts"
import { lookMs, unwatched, watched } from "./link-watch.ts"
import type { Wants } from "./wants.ts"

/** Waits between two tries, in ms; the last repeats. */
const backOffs = [100, 500, 1_000, 1_000, 1_000, 2_000, 2_000, 5_000] as const

/** Longer than the SDK needs to pick up a link whose media never stopped. */
const resumeMs = 2_000
/** In a changed network a link shows within this that it still leads somewhere. */
const proofMs = 1_000
/** What had come before the change has been counted by then, by a look of its own. */
const settleMs = lookMs + 100
/** A try that began this recently began in the network as it is now. */
const youngMs = 500
/** A try to get a way takes no longer; over a network that has just come back the first packets may be lost. */
const askMs = 4_000

const browserPeerConnection = globalThis.RTCPeerConnection

export class SfuRun {
  readonly #request: { readonly path: string; readonly body: string }
  readonly #frames: Frames
  readonly #changed: () => void
  readonly #wanted = new Map<MediaKind, MediaStreamTrack>()
  readonly #sent = new Map<MediaKind, { readonly track: MediaStreamTrack; readonly codec: Codec }>()
  #opening: Opening = "unknown"
  #link: MediaLink | undefined
  #connection: RTCPeerConnection | undefined
  #state: LinkState = "connecting"
  #failures = 0
  #fetched: Wants = new Map()
  readonly #busy = new WeakSet<MediaLink>()
  #isClosed = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Runs on when the server is reached again meanwhile: that the page's socket has a way says nothing of media's. */
  #proof: ReturnType<typeof setTimeout> | undefined
  #watch = unwatched
  /** Of the way of now. */
  #way = unmeasuredWay
  #triedAt = -Infinity
  readonly #looks: ReturnType<typeof setInterval>

  constructor(request: { readonly path: string; readonly body: string }, frames: Frames, changed: () => void) {
    this.#request = request
    this.#frames = frames
    this.#changed = changed
    this.#looks = setInterval(() => void this.#look(), lookMs)
    void this.#connect()
  }

  get state(): LinkState {
    return this.#state
  }

  /** What this kind carries from now on; undefined: nothing. */
  send(kind: MediaKind, track: MediaStreamTrack | undefined): void {
    if (track === undefined) this.#wanted.delete(kind)
    else this.#wanted.set(kind, track)
    void this.#catchUp()
  }

  /** D22.9: what the others open may mean another codec. */
  heedCodecs(vp9: Opening): void {
    if (vp9 === this.#opening) return
    this.#opening = vp9
    void this.#catchUp()
  }

  /** What is fetched from now on. */
  fetch(wants: Wants): void {
    this.#fetched = wants
    this.#link?.fetch(wants)
  }

  /** The server can be reached again. A link that is not up soon after is made anew, without waiting for the SDK's next try. */
  serverBack(): void {
    this.#failures = 0
    clearTimeout(this.#timer)
    const link = this.#link
    if (link === undefined) void this.#connect()
    else if (!link.isUp) {
      this.#timer = setTimeout(() => {
        if (!link.isUp) this.#linkChanged(link, "lost")
      }, resumeMs)
    }
  }

  /** The connection's numbers now; undefined: there is none. */
  async read(): Promise<Reading | undefined> {
    if (this.#connection === undefined || this.#connection.connectionState === "closed") return undefined
    const report = await this.#connection.getStats()
    return readingOf(report.values() as Iterable<StatsRow>, performance.now())
  }

  /** D26.33: the network has changed, or is there again. A link over which something comes stays; any other is made anew now. */
  tryNow(): void {
    this.#failures = 0
    if (this.#state !== "connected" && performance.now() - this.#triedAt < youngMs) return
    clearTimeout(this.#timer)
    const link = this.#link
    if (link === undefined || this.#connection?.connectionState !== "connected" || this.#state !== "connected") {
      void link?.close()
      void this.#connect()
      return
    }
    clearTimeout(this.#proof)
    this.#proof = setTimeout(() => {
      const heard = this.#watch.last?.received
      this.#proof = setTimeout(() => {
        if (this.#isExpecting() && this.#watch.last?.received === heard) this.#linkChanged(link, "lost")
      }, proofMs)
    }, settleMs)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#proof)
    clearInterval(this.#looks)
    void this.#link?.close()
    this.#link = undefined
  }

  async #connect(): Promise<void> {
    if (this.#isClosed) return
    this.#seal([])
    this.#connection = undefined
    this.#watch = unwatched
    this.#way = unmeasuredWay
    this.#triedAt = performance.now()
    const link = new MediaLink({
      isMediaUp: () => this.#connection?.connectionState === "connected" && !this.#watch.isDead,
      stateChanged: (state) => {
        this.#linkChanged(link, state)
      },
      senderReady: (sender, kind, codec) => {
        this.#frames.nameSender(sender, kind, codec)
      },
    })
    this.#link = link
    link.fetch(this.#fetched)
    this.#sent.clear()
    try {
      const relays = await askForWay(this.#request.body)
      if (link === this.#link) this.#seal(relays)
      await link.connect(this.#request.path)
      this.#failures = 0
    } catch {
      this.#linkChanged(link, "lost")
    }
  }

  /** The only class the SDK can find: whatever it makes carries our transforms (D25). */
  #seal(relays: readonly RTCIceServer[]): void {
    const made = (connection: RTCPeerConnection): void => {
      this.#connection = connection
      this.#watch = unwatched
    }
    globalThis.RTCPeerConnection = sealedPeerConnection(browserPeerConnection, this.#frames.attach, { made, relays })
  }

  #linkChanged(link: MediaLink, state: LinkState): void {
    if (link !== this.#link || this.#isClosed) return
    this.#state = state
    this.#changed()
    if (state === "lost") this.#again()
    if (state === "connected") void this.#catchUp()
  }

  /** D26.30, D26.31: what the SDK still hopes for is given up once nothing has come for long enough. */
  async #look(): Promise<void> {
    const [link, connection] = [this.#link, this.#connection]
    if (link === undefined || connection === undefined) return
    const report = await connection.getStats()
    if (connection !== this.#connection) return
    const rows = [...(report.values() as Iterable<StatsRow>)]
    const [at, isExpecting, wasNarrow] = [performance.now(), this.#isExpecting(), this.#way.isNarrow]
    this.#watch = watched(this.#watch, { at, state: connection.connectionState, received: receivedOf(rows), isExpecting })
    this.#way = measuredWay(this.#way, { at, allowed: allowedToVp9(rows) })
    if (this.#watch.isDead) this.#linkChanged(link, "lost")
    else if (this.#way.isNarrow && !wasNarrow) void this.#catchUp()
  }

  #isExpecting(): boolean {
    return [...this.#fetched.values()].some(({ microphone, camera, screen }) => microphone || (camera ?? screen) !== undefined)
  }

  #again(): void {
    void this.#link?.close()
    this.#link = undefined
    this.#connection = undefined
    const wait = backOffs[Math.min(this.#failures++, backOffs.length - 1)]
    this.#timer = setTimeout(() => void this.#connect(), wait)
  }

  /**
   * One change at a time on one link: the SDK negotiates each, and a person presses faster than that. A link that died
   * in the middle of a change may never say so, and must not keep the next one waiting.
   */
  async #catchUp(): Promise<void> {
    const link = this.#link
    if (link === undefined || this.#busy.has(link)) return
    this.#busy.add(link)
    try {
      for (let kind = this.#behind(link); kind !== undefined; kind = this.#behind(link)) await this.#apply(link, kind)
    } catch {
      // A publication that fails is a link that fails: it is made anew, with everything wanted.
      if (this.#state !== "reconnecting") this.#linkChanged(link, "lost")
    } finally {
      this.#busy.delete(link)
    }
  }

  #behind(link: MediaLink): MediaKind | undefined {
    if (this.#state !== "connected" || link !== this.#link) return undefined
    const kinds = new Set([...this.#wanted.keys(), ...this.#sent.keys()])
    return [...kinds].find((kind) => {
      const [track, sent] = [this.#wanted.get(kind), this.#sent.get(kind)]
      return track !== sent?.track || (sent !== undefined && sent.codec !== this.#codecOf(kind))
    })
  }

  #codecOf(kind: MediaKind): Codec {
    return codecOf({ kind, canSend: sendsVp9(), others: this.#opening, isNarrow: this.#way.isNarrow, sent: this.#sent.get(kind)?.codec })
  }

  async #apply(link: MediaLink, kind: MediaKind): Promise<void> {
    const track = this.#wanted.get(kind)
    const codec = this.#codecOf(kind)
    await (track === undefined ? link.unpublish(kind) : link.publish(kind, { track, codec }))
    if (link !== this.#link) return
    if (track === undefined) this.#sent.delete(kind)
    else this.#sent.set(kind, { track, codec })
  }
}

/** Asks our server for the cookie that opens our path to the SFU. Gives the relay that may be used on the way. */
async function askForWay(body: string): Promise<readonly RTCIceServer[]> {
  const signal = AbortSignal.timeout(askMs)
  const response = await fetch(paths.media, { method: "POST", body, headers: { "content-type": "application/json" }, signal })
  if (!response.ok) throw new Error("no way to the SFU")
  return relayServers(parseMediaAnswer(await response.json())?.relay, location)
}
