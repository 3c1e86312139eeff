/** Keeps a way to the SFU open for as long as the call wants one, and sends on it what is wanted, in order. */

import { paths } from "@conclave/wire"
import type { Frames } from "../adapters/frames.ts"
import { MediaLink, type LinkState } from "../adapters/sfu/media-link.ts"
import { sealedPeerConnection } from "../adapters/sfu/sealed-peer-connection.ts"
import type { MediaKind } from "../frame-worker/messages.ts"

/** Waits between two tries, in ms; the last repeats. */
const backOffs = [500, 1_000, 2_000, 4_000, 5_000] as const

const browserPeerConnection = globalThis.RTCPeerConnection

export class SfuRun {
  readonly #request: { readonly path: string; readonly body: string }
  readonly #frames: Frames
  readonly #changed: () => void
  readonly #wanted = new Map<MediaKind, MediaStreamTrack>()
  readonly #sent = new Map<MediaKind, MediaStreamTrack>()
  #link: MediaLink | undefined
  #state: LinkState = "connecting"
  #failures = 0
  #others = 1
  #isBusy = false
  #isClosed = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(request: { readonly path: string; readonly body: string }, frames: Frames, changed: () => void) {
    this.#request = request
    this.#frames = frames
    this.#changed = changed
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

  /** How many others there are to show. */
  setOthers(count: number): void {
    this.#others = count
    this.#link?.setOthers(count)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    void this.#link?.close()
    this.#link = undefined
  }

  async #connect(): Promise<void> {
    // The only class the SDK can find: whatever it makes carries our transforms (D25).
    globalThis.RTCPeerConnection = sealedPeerConnection(browserPeerConnection, this.#frames.attach)
    const link = new MediaLink({
      stateChanged: (state) => {
        this.#linkChanged(link, state)
      },
      senderReady: (sender, kind) => {
        this.#frames.nameSender(sender, kind)
      },
    })
    this.#link = link
    link.setOthers(this.#others)
    this.#sent.clear()
    try {
      await askForWay(this.#request.body)
      await link.connect(this.#request.path)
      this.#failures = 0
      await this.#catchUp()
    } catch {
      this.#linkChanged(link, "lost")
    }
  }

  #linkChanged(link: MediaLink, state: LinkState): void {
    if (link !== this.#link || this.#isClosed) return
    this.#state = state
    this.#changed()
    if (state === "lost") this.#again()
  }

  #again(): void {
    void this.#link?.close()
    this.#link = undefined
    const wait = backOffs[Math.min(this.#failures++, backOffs.length - 1)]
    this.#timer = setTimeout(() => void this.#connect(), wait)
  }

  /** One change at a time: the SDK negotiates each, and a person presses faster than that. */
  async #catchUp(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      for (let kind = this.#behind(); kind !== undefined; kind = this.#behind()) await this.#apply(kind)
    } catch {
      // A publication that fails is a link that fails: it is made anew, with everything wanted.
      const link = this.#link
      if (link !== undefined && this.#state !== "reconnecting") this.#linkChanged(link, "lost")
    } finally {
      this.#isBusy = false
    }
  }

  #behind(): MediaKind | undefined {
    if (this.#state !== "connected" || this.#link === undefined) return undefined
    const kinds = new Set([...this.#wanted.keys(), ...this.#sent.keys()])
    return [...kinds].find((kind) => this.#wanted.get(kind) !== this.#sent.get(kind))
  }

  async #apply(kind: MediaKind): Promise<void> {
    const link = this.#link
    const track = this.#wanted.get(kind)
    if (track === undefined) {
      this.#sent.delete(kind)
      await link?.unpublish(kind)
    } else {
      this.#sent.set(kind, track)
      await link?.publish(kind, track)
    }
  }
}

/** Asks our server for the cookie that opens our path to the SFU. */
async function askForWay(body: string): Promise<void> {
  const response = await fetch(paths.media, { method: "POST", body, headers: { "content-type": "application/json" } })
  if (!response.ok) throw new Error("no way to the SFU")
}
