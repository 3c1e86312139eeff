/** This person's camera, microphone and screen: captured on their act alone (A2.14), offered to preview and call alike. */

import {
  captureCamera,
  captureMicrophone,
  captureScreen,
  listDevices,
  onDeviceChange,
  type Captured,
  type DeviceLists,
} from "../adapters/devices.ts"
import { guard, switchTrack } from "../adapters/own-switch.ts"
import { pictureOf } from "../adapters/picture.ts"
import { SoundLevels } from "../adapters/sound-level.ts"
import type { MediaKind } from "../frame-worker/messages.ts"
import type { DeviceState, DeviceView, SpeakerView } from "../view/device.ts"
import type { LevelSource, Picture } from "../view/picture.ts"
import { remembered, remember } from "./remembered.ts"

export interface OwnMediaEvents {
  /** Anything a view shows has changed. */
  changed(): void
  /** This kind has this track from now on; undefined: none. */
  trackChanged(kind: MediaKind, track: MediaStreamTrack | undefined): void
}

type Device = "camera" | "microphone"

const noLists: DeviceLists = { cameras: [], microphones: [], speakers: [] }

export class OwnMedia {
  readonly #events: OwnMediaEvents
  readonly #levels = new SoundLevels()
  readonly #tracks = new Map<MediaKind, MediaStreamTrack>()
  readonly #states: Record<Device, DeviceState> = { camera: "off", microphone: "off" }
  readonly #stopListening: () => void
  #chosen = { camera: remembered("camera"), microphone: remembered("microphone"), speaker: remembered("speaker") }
  #lists = noLists
  #isTesting = false
  #sharing: "off" | "starting" | "on" = "off"
  #isClosed = false

  constructor(events: OwnMediaEvents) {
    this.#events = events
    this.#stopListening = onDeviceChange(() => void this.#relist())
  }

  /** Asks for both devices; each ends `on` or says why not. */
  async start(): Promise<void> {
    await Promise.all([this.turnOn("camera"), this.turnOn("microphone")])
  }

  state(device: Device): DeviceState {
    return this.#states[device]
  }

  track(kind: MediaKind): MediaStreamTrack | undefined {
    return this.#tracks.get(kind)
  }

  get sharing(): "unavailable" | "off" | "starting" | "on" {
    return "getDisplayMedia" in navigator.mediaDevices ? this.#sharing : "unavailable"
  }

  get chosenSpeaker(): string | undefined {
    return this.#chosen.speaker
  }

  picture(): Picture | undefined {
    const track = this.#tracks.get("camera")
    return track === undefined ? undefined : pictureOf(track)
  }

  view(device: Device): DeviceView {
    const choices = device === "camera" ? this.#lists.cameras : this.#lists.microphones
    const using = this.#tracks.get(device)?.getSettings().deviceId ?? this.#chosen[device]
    return { state: this.#states[device], choices, ...(using === undefined ? {} : { chosen: using }) }
  }

  speaker(): SpeakerView | undefined {
    if (!("setSinkId" in HTMLMediaElement.prototype) || this.#lists.speakers.length === 0) return undefined
    const chosen = this.#chosen.speaker
    return { choices: this.#lists.speakers, isTesting: this.#isTesting, ...(chosen === undefined ? {} : { chosen }) }
  }

  /** Undefined when the microphone is not on: there is nothing to measure. */
  level(): LevelSource | undefined {
    return this.#states.microphone === "on" && this.#levels.level("own") !== undefined ? this.#levelSource : undefined
  }

  readonly #levelSource: LevelSource = {
    subscribe: (heard) => {
      const timer = setInterval(() => {
        heard(this.#levels.level("own") ?? 0)
      }, 50)
      return () => {
        clearInterval(timer)
      }
    },
  }

  async toggle(device: Device): Promise<void> {
    if (this.#states[device] === "on") this.turnOff(device)
    else await this.turnOn(device)
  }

  async turnOn(device: Device): Promise<void> {
    const kept = this.#tracks.get(device)
    if (kept?.readyState === "live") {
      switchTrack(kept, true)
      this.#set(device, "on")
      this.#events.trackChanged(device, kept)
      return
    }
    this.#set(device, "asking")
    const chosen = this.#chosen[device]
    const captureOf = device === "camera" ? captureCamera : captureMicrophone
    let captured = await captureOf(chosen)
    // The remembered device may have been unplugged since.
    if ("problem" in captured && captured.problem === "missing" && chosen !== undefined) captured = await captureOf()
    this.#take(device, captured)
    await this.#relist()
  }

  /** The camera's light goes out; the microphone is only silenced, so that it is back at once. */
  turnOff(device: Device): void {
    const track = this.#tracks.get(device)
    if (device === "microphone" && track !== undefined) switchTrack(track, false)
    if (device === "camera") this.#drop("camera")
    this.#set(device, "off")
    this.#events.trackChanged(device, device === "microphone" ? track : undefined)
  }

  async choose(device: Device, id: string): Promise<void> {
    this.#chosen = { ...this.#chosen, [device]: id }
    remember(device, id)
    if (this.#states[device] === "off") {
      this.#drop(device)
      this.#events.changed()
      return
    }
    this.#drop(device)
    await this.turnOn(device)
  }

  chooseSpeaker(id: string): void {
    this.#chosen = { ...this.#chosen, speaker: id }
    remember("speaker", id)
    this.#events.changed()
  }

  /** A soft tone for half a second from the chosen speaker. */
  async testSpeaker(): Promise<void> {
    if (this.#isTesting) return
    this.#isTesting = true
    this.#events.changed()
    await playTone(this.#chosen.speaker)
    this.#isTesting = false
    this.#events.changed()
  }

  async toggleShare(): Promise<"done" | "failed"> {
    if (this.#sharing !== "off") {
      this.#endShare()
      return "done"
    }
    this.#sharing = "starting"
    this.#events.changed()
    const captured = await captureScreen()
    if ("problem" in captured) {
      this.#sharing = "off"
      this.#events.changed()
      // Closing the browser's question is an answer, not a failure.
      return captured.problem === "denied" ? "done" : "failed"
    }
    this.#sharing = "on"
    captured.video.addEventListener("ended", () => {
      this.#endShare()
    })
    this.#give("screen", captured.video)
    if (captured.audio !== undefined) this.#give("screen-audio", captured.audio)
    this.#events.changed()
    return "done"
  }

  close(): void {
    this.#isClosed = true
    this.#stopListening()
    for (const kind of [...this.#tracks.keys()]) this.#drop(kind)
    this.#levels.close()
  }

  #take(device: Device, captured: Captured): void {
    if ("problem" in captured) {
      this.#set(device, captured.problem === "unsupported" ? "missing" : captured.problem)
      return
    }
    if (this.#isClosed) {
      captured.track.stop()
      return
    }
    captured.track.addEventListener("ended", () => {
      if (this.#tracks.get(device) !== captured.track) return
      this.#drop(device)
      this.#set(device, "busy")
      this.#events.trackChanged(device, undefined)
    })
    if (device === "microphone") this.#levels.listen("own", captured.track)
    this.#states[device] = "on"
    this.#give(device, captured.track)
    this.#events.changed()
  }

  #give(kind: MediaKind, track: MediaStreamTrack): void {
    guard(track)
    this.#tracks.set(kind, track)
    this.#events.trackChanged(kind, track)
  }

  #drop(kind: MediaKind): void {
    this.#tracks.get(kind)?.stop()
    this.#tracks.delete(kind)
    if (kind === "microphone") this.#levels.stop("own")
  }

  #endShare(): void {
    if (this.#sharing !== "on") return
    this.#sharing = "off"
    for (const kind of ["screen", "screen-audio"] as const) {
      if (!this.#tracks.has(kind)) continue
      this.#drop(kind)
      this.#events.trackChanged(kind, undefined)
    }
    this.#events.changed()
  }

  #set(device: Device, state: DeviceState): void {
    this.#states[device] = state
    this.#events.changed()
  }

  async #relist(): Promise<void> {
    const lists = await listDevices().catch(() => noLists)
    if (this.#isClosed) return
    this.#lists = lists
    this.#events.changed()
  }
}

async function playTone(speaker: string | undefined): Promise<void> {
  const context = new AudioContext()
  const tone = context.createOscillator()
  const volume = context.createGain()
  const out = context.createMediaStreamDestination()
  volume.gain.value = 0.1
  tone.connect(volume).connect(out)
  const element = new Audio()
  element.srcObject = out.stream
  try {
    if (speaker !== undefined) await element.setSinkId(speaker)
    tone.start()
    await element.play()
    await new Promise((resolve) => setTimeout(resolve, 500))
  } catch {
    // The browser or the system will not play: silence is what the person then rightly hears.
  } finally {
    element.srcObject = null
    await context.close()
  }
}
