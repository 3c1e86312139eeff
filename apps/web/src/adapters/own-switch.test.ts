import { LocalAudioTrack } from "livekit-client"
import { beforeAll, expect, test, vi } from "vitest"
import { guard, switchTrack } from "./own-switch.ts"

/** As much of a browser's track as the SDK looks at. */
class Track extends EventTarget {
  readonly kind = "audio"
  readonly readyState = "live"
  #isOn = true
  get enabled(): boolean {
    return this.#isOn
  }
  set enabled(isOn: boolean) {
    this.#isOn = isOn
  }
  getConstraints(): object {
    return {}
  }
  getSettings(): object {
    return {}
  }
}

beforeAll(() => {
  vi.stubGlobal("MediaStreamTrack", Track)
  vi.stubGlobal("MediaStream", EventTarget)
})

const trackOf = (): MediaStreamTrack => new Track() as unknown as MediaStreamTrack

/** Everything by which the SDK writes to `enabled`: wrapping a track, replacing one, and the SFU's "mute" and "unmute". */
async function handled(track: MediaStreamTrack): Promise<void> {
  const published = new LocalAudioTrack(track, {}, true)
  await new Promise((resolve) => void setTimeout(resolve))
  for (let n = 0; n < 2; n++) {
    await published.mute()
    await published.unmute()
  }
}

test("A2.14: what the SDK does on its own account, or at the SFU's word, leaves a track as its person has it", async () => {
  for (const isOn of [false, true]) {
    const track = trackOf()
    guard(track)
    switchTrack(track, isOn)
    await handled(track)
    expect(track.enabled).toBe(isOn)
    switchTrack(track, !isOn)
    expect(track.enabled).toBe(!isOn)
  }
})

test("A2.14: without the guard the SDK would switch it on", async () => {
  const track = trackOf()
  track.enabled = false
  await handled(track)
  expect(track.enabled).toBe(true)
})
