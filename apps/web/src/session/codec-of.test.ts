import { expect, test } from "vitest"
import fc from "fast-check"
import type { Opening } from "@conclave/collab"
import type { Codec, MediaKind } from "../frame-worker/messages.ts"
import { codecOf, type Choice } from "./codec-of.ts"

const openings: readonly Opening[] = ["everyone", "unknown", "not-everyone"]
const choice = (more: Partial<Choice> = {}): Choice => ({
  kind: "screen",
  canSend: true,
  others: "everyone",
  isNarrow: false,
  sent: undefined,
  ...more,
})
const choices: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom<MediaKind>("microphone", "camera", "screen", "screen-audio"),
  canSend: fc.boolean(),
  others: fc.constantFrom(...openings),
  isNarrow: fc.boolean(),
  sent: fc.constantFrom<Codec | undefined>(undefined, "opus", "vp8", "vp9"),
})

test("D22.8: a screen begins in VP9 where everybody says that it opens VP9 and this browser sends it", () => {
  expect(codecOf(choice())).toBe("vp9")
  expect(codecOf(choice({ canSend: false }))).toBe("vp8")
  expect(codecOf(choice({ others: "not-everyone" }))).toBe("vp8")
  expect(codecOf(choice({ others: "unknown" }))).toBe("vp8")
})

test("D22.8: a camera is VP8 and sound is Opus, whatever anybody says", () => {
  fc.assert(
    fc.property(choices, (one) => {
      expect(codecOf({ ...one, kind: "camera" })).toBe("vp8")
      for (const kind of ["microphone", "screen-audio"] as const) expect(codecOf({ ...one, kind })).toBe("opus")
    }),
  )
})

test("D22.9: who cannot turns a screen back to VP8 at once, who has said nothing yet turns nothing", () => {
  expect(codecOf(choice({ sent: "vp9", others: "not-everyone" }))).toBe("vp8")
  expect(codecOf(choice({ sent: "vp9", others: "unknown" }))).toBe("vp9")
})

test("D22.11: a narrow way turns a screen to VP8, and keeps the next one there", () => {
  expect(codecOf(choice({ sent: "vp9", isNarrow: true }))).toBe("vp8")
  expect(codecOf(choice({ isNarrow: true }))).toBe("vp8")
})

test("D22.9: however people come and go, a screen changes its codec at most once, and never to VP9", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...openings), { minLength: 1, maxLength: 30 }), (story) => {
      let sent: Codec | undefined
      const seen = story.map((others) => (sent = codecOf(choice({ others, sent }))))
      const changes = seen.filter((codec, at) => at > 0 && codec !== seen[at - 1])
      expect(changes.length).toBeLessThanOrEqual(1)
      expect(changes).not.toContain("vp9")
      for (const [at, others] of story.entries()) if (others === "not-everyone") expect(seen[at]).toBe("vp8")
    }),
  )
})
