import { expect, test } from "vitest"
import { allowedToVp9, readingOf } from "./link-stats.ts"

const chromium = [
  { id: "T", type: "transport", selectedCandidatePairId: "P2" },
  { id: "P1", type: "candidate-pair", currentRoundTripTime: 9, localCandidateId: "L1" },
  { id: "P2", type: "candidate-pair", currentRoundTripTime: 0.04, localCandidateId: "L2" },
  { id: "L1", type: "local-candidate", candidateType: "host", protocol: "udp" },
  { id: "L2", type: "local-candidate", candidateType: "host", protocol: "tcp" },
  { id: "C", type: "codec", mimeType: "video/VP8" },
  {
    id: "I",
    type: "inbound-rtp",
    kind: "video",
    trackIdentifier: "cam",
    codecId: "C",
    packetsReceived: 90,
    packetsLost: 10,
    framesDecoded: 30,
  },
  { id: "O", type: "outbound-rtp", kind: "video", codecId: "C", packetsSent: 7, bytesSent: 700, qualityLimitationReason: "bandwidth" },
  { id: "R", type: "remote-inbound-rtp", localId: "O", fractionLost: 0.05, packetsLost: 3 },
]

test("D26.20: Chromium's rows: pair in use, streams, codec by name", () => {
  const { inbound, outbound, roundTrip, way } = readingOf(chromium, 5)
  expect(inbound).toMatchObject([{ id: "I", track: "cam", packets: 90, lost: 10, frames: 30, codec: "VP8" }])
  expect(outbound).toMatchObject([{ packets: 7, bytes: 700, lost: 3, lossReported: 5, isNarrow: true }])
  expect(roundTrip).toBeCloseTo(40)
  expect(way).toBe("tcp")
})

test("D26.20: Firefox names the pair in use by itself, and has the way there and back in the SFU's reports", () => {
  const rows = [
    { id: "P", type: "candidate-pair", selected: true, nominated: true, localCandidateId: "L" },
    { id: "L", type: "local-candidate", candidateType: "relay", protocol: "udp" },
    { id: "R", type: "remote-inbound-rtp", roundTripTime: 0.12 },
  ]
  expect(readingOf(rows, 0)).toMatchObject({ roundTrip: 120, way: "relay", inbound: [], outbound: [] })
})

test("D26.20: rows that say nothing are read as nothing", () => {
  expect(readingOf([{}, { type: "inbound-rtp", kind: "audio", packetsLost: "many" }], 0)).toMatchObject({
    inbound: [{ kind: "audio", packets: 0, lost: 0, codec: undefined }],
    roundTrip: undefined,
    way: undefined,
  })
})

test("D22.11: what the encoder of a VP9 screen may spend is read of that stream alone", () => {
  const codecs = [
    { id: "c8", type: "codec", mimeType: "video/VP8" },
    { id: "c9", type: "codec", mimeType: "video/VP9" },
  ]
  const camera = { id: "o1", type: "outbound-rtp", codecId: "c8", targetBitrate: 100_000 }
  expect(allowedToVp9([...codecs, camera])).toBeUndefined()
  expect(allowedToVp9([...codecs, camera, { id: "i1", type: "inbound-rtp", codecId: "c9" }])).toBeUndefined()
  const screen = { id: "o2", type: "outbound-rtp", codecId: "c9" }
  expect(allowedToVp9([...codecs, camera, screen])).toBeUndefined()
  expect(allowedToVp9([...codecs, camera, { ...screen, targetBitrate: 500_000 }])).toBe(500_000)
})
