import { expect, test } from "vitest"
import { offerForBrowser, OfferEditFailed, offerForWire } from "./offer-edit.ts"

const offer = [
  "v=0",
  "o=- 1 2 IN IP4 127.0.0.1",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "a=setup:actpass",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "a=setup:actpass",
  "",
].join("\r\n")

test("D26: the offer on the wire makes the SFU the DTLS server, so that it picks AES-256-GCM", () => {
  const edited = offerForWire(offer)
  expect(edited.match(/a=setup:active\r\n/g)).toHaveLength(2)
  expect(edited).not.toContain("actpass")
})

test("A7.03: no audio level is offered, and nothing else is taken out", () => {
  const edited = offerForWire(offer)
  expect(edited).not.toContain("ssrc-audio-level")
  expect(edited.split("\r\n")).toHaveLength(offer.split("\r\n").length - 1)
})

test("A7.03: an audio level in a form the edit does not know refuses the call", () => {
  const odd = offer.replace(
    "a=extmap:2 ",
    "a=extmap:3/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=x-audio urn:ietf:params:rtp-hdrext:ssrc-audio-level ",
  )
  expect(() => offerForWire(odd)).toThrow(OfferEditFailed)
})

test("A7.03: Firefox's form of the extension line is taken out too", () => {
  const firefox = offer.replace("a=extmap:1 ", "a=extmap:1/sendonly ")
  expect(offerForWire(firefox)).not.toContain("ssrc-audio-level")
})

test("D26: an offer without a role to edit refuses the call", () => {
  expect(() => offerForWire(offer.replaceAll("a=setup:actpass\r\n", ""))).toThrow(OfferEditFailed)
})

test("D26: the browser gets its own role back", () => {
  expect(offerForBrowser(offerForWire(offer)).match(/a=setup:actpass\r\n/g)).toHaveLength(2)
})
