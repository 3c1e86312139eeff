import { expect, test } from "vitest"
import { opensVp9 } from "./codecs.ts"

const browserWith = (...names: string[]) => ({ getCapabilities: () => ({ codecs: names.map((mimeType) => ({ mimeType })) }) })

test("D22.8: a device says that it opens VP9 only where its browser names the decoder", () => {
  expect(opensVp9(browserWith("video/VP8", "video/VP9"))).toBe(true)
  expect(opensVp9(browserWith("video/VP8", "video/AV1"))).toBe(false)
  expect(opensVp9({ getCapabilities: () => null })).toBe(false)
  expect(opensVp9({})).toBe(false)
})
