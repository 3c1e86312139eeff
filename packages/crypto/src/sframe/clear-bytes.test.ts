import { expect, test } from "vitest"
import { clearSizeOf, codecOf, isCodecOf, isKeyFrame } from "./clear-bytes.ts"

test("D22.5: VP8 shows 10 bytes of a key frame and 1 of any other, by the frame's own P bit; Opus shows none", () => {
  for (let first = 0; first < 256; first++) {
    const frame = new Uint8Array(20).fill(first, 0, 1)
    expect(clearSizeOf("vp8", frame)).toBe((first & 1) === 0 ? 10 : 1)
    expect(isKeyFrame("vp8", frame)).toBe((first & 1) === 0)
    expect(clearSizeOf("opus", frame)).toBe(0)
    expect(isKeyFrame("opus", frame)).toBe(false)
  }
})

test("D22.5: an empty frame and a key frame cut short are no frames", () => {
  expect(clearSizeOf("opus", new Uint8Array(0))).toBeUndefined()
  expect(clearSizeOf("vp8", new Uint8Array(0))).toBeUndefined()
  expect(clearSizeOf("vp8", new Uint8Array(9))).toBeUndefined()
  expect(clearSizeOf("vp8", new Uint8Array(10))).toBe(10)
  expect(clearSizeOf("vp8", Uint8Array.of(1))).toBe(1)
})

test("D22.5: any other codec is refused, RED among them", () => {
  expect([codecOf("audio/opus"), codecOf("video/VP8"), codecOf("video/vp8")]).toEqual(["opus", "vp8", "vp8"])
  for (const other of ["audio/red", "video/VP9", "video/AV1", "video/H264", "video/rtx", "", undefined])
    expect(codecOf(other)).toBeUndefined()
})

test("A2.04: each kind comes in one codec only", () => {
  expect(
    isCodecOf("microphone", "opus") && isCodecOf("screen-audio", "opus") && isCodecOf("camera", "vp8") && isCodecOf("screen", "vp8"),
  ).toBe(true)
  expect(
    isCodecOf("microphone", "vp8") || isCodecOf("screen-audio", "vp8") || isCodecOf("camera", "opus") || isCodecOf("screen", "opus"),
  ).toBe(false)
})
