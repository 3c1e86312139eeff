import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { BackgroundEvents } from "../adapters/processing/background.ts"
import { OwnMedia } from "./own-media.ts"
import { settings } from "./settings-store.ts"

/** As much of a track as own media looks at. The switch is on the prototype, as in browsers. */
class FakeTrack {
  readonly name: string
  isOn = true
  readyState = "live"
  constructor(name: string) {
    this.name = name
  }
  get enabled(): boolean {
    return this.isOn
  }
  set enabled(isOn: boolean) {
    this.isOn = isOn
  }
  stop(): void {
    this.readyState = "ended"
  }
  getSettings(): object {
    return {}
  }
  addEventListener(): void {}
}

const made = vi.hoisted(() => ({ captured: [] as { name: string; readyState: string; enabled: boolean }[], hidden: [] as unknown[] }))

vi.mock("../adapters/devices.ts", () => {
  const capture = (name: string) => () => {
    const track = new FakeTrack(name)
    made.captured.push(track)
    return Promise.resolve({ track })
  }
  return {
    captureCamera: capture("camera"),
    captureMicrophone: capture("microphone"),
    captureScreen: () => Promise.resolve({ problem: "denied" }),
    listDevices: () => Promise.resolve({ cameras: [], microphones: [], speakers: [] }),
    onDeviceChange: () => () => undefined,
  }
})
vi.mock("../adapters/sound-level.ts", () => ({
  SoundLevels: class {
    listen(): void {}
    stop(): void {}
    close(): void {}
    level(): undefined {}
  },
}))
vi.mock("../adapters/processing/noise.ts", () => ({
  quiet: () => Promise.resolve({ track: new FakeTrack("voice"), close: () => undefined }),
}))
vi.mock("../adapters/processing/background.ts", () => ({
  canHideBackground: () => true,
  hideBackground: (_: unknown, __: unknown, events: BackgroundEvents) => {
    made.hidden.push(events)
    return { track: new FakeTrack("hidden"), change: () => undefined, close: () => undefined }
  },
}))

let media: OwnMedia
let given: string[]
let trouble: string[]

beforeEach(() => {
  vi.stubGlobal("MediaStreamTrack", FakeTrack)
  vi.stubGlobal("addEventListener", () => undefined)
  vi.stubGlobal("removeEventListener", () => undefined)
  ;[given, trouble, made.captured, made.hidden] = [[], [], [], []]
  settings.change({ background: { kind: "none" }, noise: "browser", isMutedOnJoin: false, isCameraOffOnJoin: false })
  media = new OwnMedia({
    changed: () => undefined,
    trackChanged: (kind, track) => given.push(`${kind} ${(track as unknown as FakeTrack | undefined)?.name ?? "none"}`),
    processing: (what, hasFailed) => {
      if (hasFailed) trouble.push(what)
    },
  })
})
afterEach(() => {
  media.close()
  vi.unstubAllGlobals()
})

const settled = () => vi.waitFor(() => expect(media.track("microphone")).toMatchObject({ name: "voice" }))

test("L70: with a background chosen, preview and call get the hidden picture and never the camera's own", async () => {
  settings.change({ background: { kind: "blur" } })
  await media.turnOn("camera")
  expect(given).toEqual(["camera hidden"])
  settings.change({ background: { kind: "picture", name: "hills" } })
  expect(given).toEqual(["camera hidden"])
  settings.change({ background: { kind: "none" } })
  expect(given).toEqual(["camera hidden", "camera camera"])
})

test("L70: choosing a background in a call takes the open picture away at once", async () => {
  await media.turnOn("camera")
  settings.change({ background: { kind: "blur" } })
  expect(given).toEqual(["camera camera", "camera hidden"])
})

test("L71: a background that breaks puts the camera out, says so, and leaves it to its person", async () => {
  settings.change({ background: { kind: "blur" } })
  await media.turnOn("camera")
  ;(made.hidden[0] as BackgroundEvents).broken()
  expect([media.state("camera"), media.track("camera"), given.at(-1), trouble]).toEqual(["off", undefined, "camera none", ["background"]])
  expect(made.captured[0]?.readyState).toBe("ended")
  expect(media.background().state).toBe("failed")
  settings.change({ background: { kind: "picture", name: "hills" } })
  expect(media.background().state).toBe("off")
  await media.turnOn("camera")
  expect(given.at(-1)).toBe("camera hidden")
})

test("L72, A2.14: a microphone that is off stays off when its noise is taken out, and no SDK can switch it on", async () => {
  await media.turnOn("microphone")
  media.turnOff("microphone")
  settings.change({ noise: "strong" })
  await settled()
  const voice = media.track("microphone")
  expect(voice?.enabled).toBe(false)
  if (voice !== undefined) voice.enabled = true
  expect(voice?.enabled).toBe(false)
  await media.turnOn("microphone")
  expect([media.track("microphone")?.enabled, made.captured[0]?.enabled]).toEqual([true, true])
  media.turnOff("microphone")
  expect([media.track("microphone")?.enabled, made.captured[0]?.enabled]).toEqual([false, false])
})

test("L75: who chose to go in with camera or microphone off is not asked for it", async () => {
  settings.change({ isMutedOnJoin: true, isCameraOffOnJoin: true })
  await media.start()
  expect([made.captured, media.state("camera"), media.state("microphone")]).toEqual([[], "off", "off"])
})
