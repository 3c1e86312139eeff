import { expect, test } from "vitest"
import { usualCodecOf } from "@conclave/crypto/sframe"
import type { MediaKind } from "../../frame-worker/messages.ts"
import { sealedManager } from "./e2ee-manager.ts"
import { connectOptions, linkOptions, publishOptionsOf, reconnectPolicyOf } from "./link-options.ts"

const kinds: readonly MediaKind[] = ["microphone", "camera", "screen", "screen-audio"]

test("D25: RED is off, so that the SFU has no reason to take audio apart", () => {
  expect(linkOptions.publishDefaults?.red).toBe(false)
})

test("D25: one codec and no backup: no sender beside those that carry our transform", () => {
  expect(linkOptions.publishDefaults).toMatchObject({ videoCodec: "vp8", backupCodec: false })
  expect(kinds.map((kind) => publishOptionsOf(kind, usualCodecOf(kind)).videoCodec)).toEqual([undefined, "vp8", "vp8", undefined])
  expect(publishOptionsOf("screen", "vp9")).toMatchObject({ videoCodec: "vp9", simulcast: false })
})

test("A7.04: no STUN or TURN server of others is named", () => {
  expect(connectOptions.rtcConfig?.iceServers).toEqual([])
})

test("A2.01: the manager says encrypted always and has nothing that could switch it off", () => {
  const manager = sealedManager()
  manager.setParticipantCryptorEnabled(false, "anybody")
  expect(manager.isEnabled).toBe(true)
})

test("A2.19: data channels carry nothing in either direction", async () => {
  const manager = sealedManager()
  await expect(manager.encryptData(new Uint8Array(1))).rejects.toThrow("data channels are off")
  await expect(manager.handleEncryptedData(new Uint8Array(1), new Uint8Array(12), "ada", 0)).rejects.toThrow("data channels are off")
})

test("D23.10: nothing is subscribed by itself", () => {
  expect(connectOptions.autoSubscribe).toBe(false)
})

test("D26.10: pictures come after sound on a narrow way", () => {
  expect(publishOptionsOf("camera", "vp8").videoEncoding?.priority).toBe("low")
  expect(publishOptionsOf("screen", "vp8").screenShareEncoding?.priority).toBe("low")
  // Undefined is the SDK's "high" for sound.
  expect(publishOptionsOf("microphone", "opus").audioPreset).toBeUndefined()
})

test("D26.34: the SDK tries on while pictures and sound come, and once where nothing comes", () => {
  const wait = (isMediaUp: boolean, retryCount: number) =>
    reconnectPolicyOf(() => isMediaUp).nextRetryDelayInMs({ retryCount, elapsedMs: 0 })
  expect([0, 1, 2, 50].map((count) => wait(true, count))).toEqual([0, 300, 1000, 4000])
  expect([0, 1, 2].map((count) => wait(false, count))).toEqual([0, null, null])
})

test("D25: silence is sent as silence, so that a quiet microphone costs little", () => {
  expect(linkOptions.publishDefaults?.dtx).toBe(true)
})
