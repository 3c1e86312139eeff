import { expect, test } from "vitest"
import type { BackgroundEvents } from "../adapters/processing/background.ts"
import type { Behind } from "../background-worker/messages.ts"
import { OwnPicture } from "./own-picture.ts"

const camera = { id: "camera" } as MediaStreamTrack
const blur = { kind: "blur" } as const

function made({ can = true } = {}) {
  const told: string[] = []
  const hidden: { events: BackgroundEvents; behind: Behind[]; isClosed: boolean; track: MediaStreamTrack }[] = []
  const picture = new OwnPicture(
    { changed: () => told.push("changed"), failed: () => told.push("failed") },
    {
      can: () => can,
      hide: (_, behind, events) => {
        const one = { events, behind: [behind], isClosed: false, track: { id: `hidden ${hidden.length}` } as MediaStreamTrack }
        hidden.push(one)
        return { track: one.track, change: (next) => one.behind.push(next), close: () => (one.isClosed = true) }
      },
    },
  )
  return { picture, hidden, told }
}

test("L70: without a background the camera is shown as it is, with one never", () => {
  const { picture, hidden, told } = made()
  expect(picture.of(camera, { kind: "none" })).toBe(camera)
  const shown = picture.of(camera, blur)
  expect(shown).not.toBe(camera)
  expect(picture.state).toBe("starting")
  hidden[0]?.events.ready()
  expect([picture.state, told]).toEqual(["on", ["changed"]])
  expect(picture.of(camera, blur)).toBe(shown)
})

test("L70: another background changes what stands behind and nothing that is sent", () => {
  const { picture, hidden } = made()
  const shown = picture.of(camera, blur)
  expect(picture.of(camera, { kind: "picture", name: "hills" })).toBe(shown)
  expect(hidden).toHaveLength(1)
  expect(hidden[0]?.behind).toEqual([blur, { kind: "scene", name: "hills" }])
})

test("L71: a background that breaks leaves nothing to show, until it is tried again", () => {
  const { picture, hidden, told } = made()
  picture.of(camera, blur)
  hidden[0]?.events.broken()
  expect([picture.state, told]).toEqual(["failed", ["failed"]])
  expect(picture.of(camera, blur)).toBe(hidden[1]?.track)
  expect(picture.state).toBe("starting")
})

test("L71: where a background cannot be hidden, there is no picture rather than an open one", () => {
  const { picture, hidden } = made({ can: false })
  expect(picture.of(camera, blur)).toBeUndefined()
  expect([picture.state, hidden]).toEqual(["unavailable", []])
  expect(picture.of(camera, { kind: "none" })).toBe(camera)
})

test("L70: another camera gets a worker of its own, and the one before is ended", () => {
  const { picture, hidden, told } = made()
  picture.of(camera, blur)
  picture.of({ id: "other" } as MediaStreamTrack, blur)
  expect(hidden.map(({ isClosed }) => isClosed)).toEqual([true, false])
  // What the first still says concerns nobody.
  hidden[0]?.events.broken()
  expect([picture.state, told]).toEqual(["starting", []])
  picture.drop()
  expect([hidden[1]?.isClosed, picture.state]).toEqual([true, "off"])
})

test("L71: a browser that fails while it starts leaves nothing to show either", () => {
  const hide = () => {
    throw new Error("no canvas")
  }
  const picture = new OwnPicture({ changed: () => undefined, failed: () => undefined }, { can: () => true, hide })
  expect([picture.of(camera, blur), picture.state]).toEqual([undefined, "failed"])
})
