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
import { keepOwnScene, ownScene } from "../adapters/processing/own-scene.ts"
import { SoundLevels } from "../adapters/sound-level.ts"
import type { MediaKind } from "../frame-worker/messages.ts"
import type { DeviceState, DeviceView, SpeakerView } from "../view/device.ts"
import type { LobbyView } from "../view/lobby.ts"
import type { LevelSource, Picture } from "../view/picture.ts"
import { OwnPicture } from "./own-picture.ts"
import { OwnSound } from "./own-sound.ts"
import { remembered, remember } from "./remembered.ts"
import { settings } from "./settings-store.ts"

export interface OwnMediaEvents {
  /** Anything a view shows has changed. */
  changed(): void
  /** This kind has this track from now on; undefined: none. */
  trackChanged(kind: MediaKind, track: MediaStreamTrack | undefined): void
  /** What was chosen for picture or sound cannot be done; or can again. */
  processing(what: "background" | "noise", hasFailed: boolean): void
}

type Device = "camera" | "microphone"

const noLists: DeviceLists = { cameras: [], microphones: [], speakers: [] }

export class OwnMedia {
  readonly #events: OwnMediaEvents
  readonly #levels = new SoundLevels()
  /** As the devices give it. Nobody outside gets these while something else was chosen (L70). */
  readonly #raw = new Map<Device, MediaStreamTrack>()
  /** What may be seen and heard. */
  readonly #tracks = new Map<MediaKind, MediaStreamTrack>()
  readonly #picture: OwnPicture
  readonly #sound: OwnSound
  #settings = settings.current()
  readonly #states: Record<Device, DeviceState> = { camera: "off", microphone: "off" }
  readonly #stopListening: readonly (() => void)[]
  #chosen = { camera: remembered("camera"), microphone: remembered("microphone"), speaker: remembered("speaker") }
  #lists = noLists
  #hasOwn = false
  #isTesting = false
  #sharing: "off" | "starting" | "on" = "off"
  #isClosed = false

  constructor(events: OwnMediaEvents) {
    this.#events = events
    this.#picture = new OwnPicture({
      changed: () => {
        events.changed()
      },
      failed: () => {
        this.#coverCamera()
      },
    })
    this.#sound = new OwnSound({
      changed: () => {
        this.#fit("microphone")
      },
      failed: () => {
        events.processing("noise", true)
      },
    })
    const heed = (): void => {
      this.#heedSettings()
    }
    void ownScene().then((kept) => {
      this.#hasOwn = kept !== undefined
    })
    this.#stopListening = [onDeviceChange(() => void this.#relist()), settings.subscribe(heed)]
  }

  /** Asks for the devices one wants to go in with; each ends `on` or says why not. */
  async start(): Promise<void> {
    const { isCameraOffOnJoin, isMutedOnJoin } = this.#settings
    await Promise.all([isCameraOffOnJoin ? undefined : this.turnOn("camera"), isMutedOnJoin ? undefined : this.turnOn("microphone")])
  }

  /** Asks the browser again for what it did not give. */
  async askAgain(): Promise<void> {
    const devices = (["camera", "microphone"] as const).filter((device) => ["denied", "missing", "busy"].includes(this.#states[device]))
    await Promise.all(devices.map((device) => this.turnOn(device)))
  }

  background(): LobbyView["background"] {
    return { chosen: this.#settings.background, state: this.#picture.state, hasOwn: this.#hasOwn }
  }

  /** Keeps a picture on this device and stands before it. What is no picture changes nothing. */
  async keepOwnBackground(file: Blob): Promise<void> {
    if (!(await keepOwnScene(file))) return
    this.#hasOwn = true
    settings.change({ background: { kind: "picture", name: "own" } })
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
    const using = this.#raw.get(device)?.getSettings().deviceId ?? this.#chosen[device]
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
    if (this.#raw.get(device)?.readyState === "live") {
      this.#states[device] = "on"
      this.#silence(device, false)
      this.#events.changed()
      this.#events.trackChanged(device, this.#tracks.get(device))
      return
    }
    this.#set(device, "asking")
    const chosen = this.#chosen[device]
    const noiseSuppression = this.#settings.noise !== "off"
    const captureOf = (id?: string) => (device === "camera" ? captureCamera(id) : captureMicrophone(id, { noiseSuppression }))
    let captured = await captureOf(chosen)
    // The remembered device may have been unplugged since.
    if ("problem" in captured && captured.problem === "missing" && chosen !== undefined) captured = await captureOf()
    this.#take(device, captured)
    await this.#relist()
  }

  /** The camera's light goes out; the microphone is only silenced, so that it is back at once. */
  turnOff(device: Device): void {
    if (device === "microphone") this.#silence(device, true)
    else this.#drop("camera")
    this.#set(device, "off")
    this.#events.trackChanged(device, this.#tracks.get(device))
  }

  #silence(device: Device, isSilent: boolean): void {
    for (const track of [this.#raw.get(device), this.#tracks.get(device)]) if (track !== undefined) switchTrack(track, !isSilent)
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
    for (const stop of this.#stopListening) stop()
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
      if (this.#raw.get(device) !== captured.track) return
      this.#drop(device)
      this.#set(device, "busy")
      this.#events.trackChanged(device, undefined)
    })
    guard(captured.track)
    this.#raw.set(device, captured.track)
    this.#states[device] = "on"
    this.#fit(device)
    this.#events.changed()
  }

  /** Offers what settings make of the device, in place of what was offered before. */
  #fit(device: Device): void {
    const raw = this.#raw.get(device)
    if (raw === undefined) return
    const track = device === "camera" ? this.#picture.of(raw, this.#settings.background) : this.#sound.of(raw, this.#settings.noise)
    if (track === undefined) return this.#coverCamera()
    if (device === "camera") this.#events.processing("background", false)
    if (track === this.#tracks.get(device)) return
    if (device === "microphone") this.#levels.listen("own", track)
    this.#give(device, track)
    this.#events.changed()
  }

  /** L71: what cannot be hidden is not shown. The camera's light goes out, and the person is told. */
  #coverCamera(): void {
    this.#raw.get("camera")?.stop()
    this.#raw.delete("camera")
    this.#tracks.delete("camera")
    this.#states.camera = "off"
    this.#events.trackChanged("camera", undefined)
    this.#events.processing("background", true)
    this.#events.changed()
  }

  #heedSettings(): void {
    const before = this.#settings
    this.#settings = settings.current()
    const { background, noise } = this.#settings
    if (background !== before.background) {
      this.#events.processing("background", false)
      // Another choice, another try: what failed before is no longer said.
      if (!this.#raw.has("camera")) this.#picture.drop()
      this.#fit("camera")
    }
    if (noise !== before.noise) {
      this.#events.processing("noise", false)
      void this.#heedNoise((noise === "off") !== (before.noise === "off"))
    }
    this.#events.changed()
  }

  /** The browser's own suppression is fixed when a microphone is captured. */
  async #heedNoise(isCapturedAnew: boolean): Promise<void> {
    if (!isCapturedAnew) return this.#fit("microphone")
    this.#drop("microphone")
    this.#events.trackChanged("microphone", undefined)
    if (this.#states.microphone === "on") await this.turnOn("microphone")
  }

  #give(kind: MediaKind, track: MediaStreamTrack): void {
    guard(track)
    if (kind === "microphone") switchTrack(track, this.#states.microphone === "on")
    this.#tracks.set(kind, track)
    this.#events.trackChanged(kind, track)
  }

  #drop(kind: MediaKind): void {
    this.#tracks.get(kind)?.stop()
    this.#tracks.delete(kind)
    if (kind === "camera") this.#picture.drop()
    if (kind === "microphone") {
      this.#sound.drop()
      this.#levels.stop("own")
    }
    if (kind !== "camera" && kind !== "microphone") return
    this.#raw.get(kind)?.stop()
    this.#raw.delete(kind)
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
