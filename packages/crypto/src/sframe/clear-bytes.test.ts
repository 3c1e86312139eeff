import { expect, test } from "vitest"
import { boundBytesOf, clearSizeOf, codecOf, isCodecOf, isKeyFrame } from "./clear-bytes.ts"

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
  for (const other of ["audio/red", "video/AV1", "video/H264", "video/rtx", "", undefined]) expect(codecOf(other)).toBeUndefined()
})

test("D22.7: VP9 shows its first byte, and that byte says whether it is a key frame", () => {
  expect([codecOf("video/VP9"), codecOf("video/vp9")]).toEqual(["vp9", "vp9"])
  expect(clearSizeOf("vp9", Uint8Array.of(0x82))).toBe(1)
  expect(clearSizeOf("vp9", new Uint8Array())).toBeUndefined()
  const isKey = (first: number) => isKeyFrame("vp9", Uint8Array.of(first))
  // Profile 0 key and inter, profile 2 key and inter, profile 3 key and inter with its reserved bit, an existing frame shown again.
  expect([0x82, 0x86, 0x92, 0x96, 0xb0, 0xb2, 0x88].map(isKey)).toEqual([true, false, true, false, true, false, false])
  expect([0x02, 0x42, 0xc2].map(isKey)).toEqual([false, false, false])
})

test("D22.7: only VP9 binds its name", () => {
  expect([boundBytesOf("opus"), boundBytesOf("vp8")].map(({ length }) => length)).toEqual([0, 0])
  expect(new TextDecoder().decode(boundBytesOf("vp9"))).toBe("VP9")
})

test("A2.04: each kind comes in one codec only", () => {
  expect(
    isCodecOf("microphone", "opus") && isCodecOf("screen-audio", "opus") && isCodecOf("camera", "vp8") && isCodecOf("screen", "vp8"),
  ).toBe(true)
  expect(
    isCodecOf("microphone", "vp8") || isCodecOf("screen-audio", "vp8") || isCodecOf("camera", "opus") || isCodecOf("screen", "opus"),
  ).toBe(false)
})
