import { expect, test } from "vitest"
import fc from "fast-check"
import { importBaseKey } from "@conclave/crypto/sframe"
import { parseKeysMessage, parsePageMessage, parseTransformOptions } from "./messages.ts"

test("D25.3: messages of the page are taken exactly as they are written down, or not at all", () => {
  const { port1: port } = new MessageChannel()
  const good = [
    { type: "keys", port, start: 0 },
    { type: "track-kind", track: 1, kind: "screen-audio", codec: "opus" },
    { type: "track-kind", track: 2, kind: "screen", codec: "vp9" },
    { type: "accept-owner", receiver: 1, leaf: 1023, kind: "camera" },
    { type: "stop" },
  ]
  for (const message of good) {
    expect(parsePageMessage(message)).toEqual(message)
    expect(parsePageMessage({ ...message, extra: 1 })).toBeUndefined()
    for (const name of Object.keys(message)) {
      expect(parsePageMessage({ ...message, [name]: undefined })).toBeUndefined()
      expect(parsePageMessage({ ...message, [name]: -1 })).toBeUndefined()
      expect(parsePageMessage({ ...message, [name]: "x" })).toBeUndefined()
    }
  }
  expect(parsePageMessage({ type: "track-kind", track: 1, kind: "camera", codec: "opus" })).toBeUndefined()
  expect(parsePageMessage({ type: "accept-owner", receiver: 1, leaf: 1024, kind: "camera" })).toBeUndefined()
  port.close()
})

test("D25.3: the key worker's messages are taken only with a key that cannot be exported", async () => {
  const key = await importBaseKey(new Uint8Array(16))
  const good = { type: "epoch", epoch: 3, key, own: 0, leaves: [0, 1], removed: [2], switch: "soon" }
  expect(parseKeysMessage(good)).toEqual(good)
  expect(parseKeysMessage({ type: "wipe" })).toEqual({ type: "wipe" })
  const readable = await crypto.subtle.importKey("raw", new Uint8Array(16), "AES-GCM", true, ["encrypt"])
  for (const wrong of [
    { key: readable },
    { key: new Uint8Array(16) },
    { epoch: -1 },
    { epoch: 0.5 },
    { own: 1024 },
    { leaves: [0, 1024] },
    { leaves: Array.from({ length: 1025 }, () => 0) },
    { removed: "2" },
    { switch: "later" },
    { extra: 1 },
  ])
    expect(parseKeysMessage({ ...good, ...wrong })).toBeUndefined()
  expect(parseKeysMessage({ type: "wipe", extra: 1 })).toBeUndefined()
})

test("D25.3: no value of any shape makes a parser throw", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      for (const parse of [parsePageMessage, parseKeysMessage, parseTransformOptions]) parse(value)
    }),
    { numRuns: 1000 },
  )
})
