import { expect, test } from "vitest"
import type { QuietMicrophone } from "../adapters/processing/noise.ts"
import { OwnSound } from "./own-sound.ts"

const microphone = { id: "microphone" } as MediaStreamTrack

/** A network that comes up, or does not, when the test says so. */
function made() {
  const told: string[] = []
  const starts: { come: (by: QuietMicrophone) => void; fail: () => void; broke: () => void }[] = []
  const sound = new OwnSound(
    { changed: () => told.push("changed"), failed: () => told.push("failed") },
    (_, broke) =>
      new Promise((come, refuse) => {
        starts.push({ come, fail: () => refuse(new Error("no")), broke })
      }),
  )
  const voice = { track: { id: "voice" } as MediaStreamTrack, isClosed: false, close: () => (voice.isClosed = true) }
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { sound, starts, told, voice, settled }
}

test("L72: the plain microphone is heard until the network runs, and then the voice alone", async () => {
  const { sound, starts, told, voice, settled } = made()
  expect(sound.of(microphone, "browser")).toBe(microphone)
  expect(starts).toHaveLength(0)
  expect(sound.of(microphone, "strong")).toBe(microphone)
  starts[0]?.come(voice)
  await settled()
  expect(told).toEqual(["changed"])
  expect(sound.of(microphone, "strong")).toBe(voice.track)
  expect(sound.of(microphone, "off")).toBe(microphone)
  expect(voice.isClosed).toBe(true)
})

test("L72: a network that does not come, or breaks, leaves the plain microphone and says so once", async () => {
  const { sound, starts, told, settled } = made()
  sound.of(microphone, "strong")
  starts[0]?.fail()
  await settled()
  expect(told).toEqual(["changed", "failed"])
  expect(sound.of(microphone, "strong")).toBe(microphone)
  expect(starts).toHaveLength(1)
})

test("L72: a network that breaks later is taken out", async () => {
  const { sound, starts, told, voice, settled } = made()
  sound.of(microphone, "strong")
  starts[0]?.come(voice)
  await settled()
  starts[0]?.broke()
  expect(sound.of(microphone, "strong")).toBe(microphone)
  expect([voice.isClosed, told]).toEqual([true, ["changed", "changed", "failed"]])
})

test("L72: what comes up after it was switched off is ended", async () => {
  const { sound, starts, told, voice, settled } = made()
  sound.of(microphone, "strong")
  sound.of(microphone, "off")
  starts[0]?.come(voice)
  await settled()
  expect([voice.isClosed, told]).toEqual([true, []])
})
