import { afterEach, expect, test, vi } from "vitest"
import { OwnVoice } from "./own-voice.ts"

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A microphone and the ear on it, as far as they are asked. */
function heard() {
  const sound = { isLoud: false }
  const node = { fftSize: 512, connect: () => undefined, disconnect: () => undefined }
  const analyser = { ...node, getByteTimeDomainData: (samples: Uint8Array) => samples.fill(sound.isLoud ? 255 : 128) }
  class Context {
    state = "running"
    createMediaStreamSource = () => node
    createAnalyser = () => analyser
    close = () => Promise.resolve()
  }
  vi.stubGlobal("AudioContext", Context)
  vi.stubGlobal("MediaStream", Object)
  vi.stubGlobal("MediaStreamTrack", Object)
  const track = () => Object.assign(new EventTarget(), { enabled: false, readyState: "live", stop: () => undefined })
  const copy = track()
  return { sound, copy, microphone: Object.assign(track(), { clone: () => copy }) as unknown as MediaStreamTrack }
}

test("D23.19: three looks with speech at a microphone that is off are a hint of four seconds; two are none", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] })
  const { sound, microphone } = heard()
  const voice = new OwnVoice(() => undefined)
  voice.listen(microphone)
  sound.isLoud = true
  vi.advanceTimersByTime(300)
  expect(voice.isTalkingMuted).toBe(false)
  vi.advanceTimersByTime(150)
  expect([voice.isTalkingMuted, voice.isSpeaking]).toEqual([true, false])
  sound.isLoud = false
  vi.advanceTimersByTime(4_200)
  expect(voice.isTalkingMuted).toBe(false)
  voice.close()
})
