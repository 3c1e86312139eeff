import { beforeEach, expect, test } from "vitest"
import type { Attacher } from "./attach.ts"
import { attacher } from "./attach.ts"
import { OfferEditFailed } from "./offer-edit.ts"
import { sealedPeerConnection } from "./sealed-peer-connection.ts"

/** What the browser's class does, as far as the contract goes: a guard against drift of the SDK and of our subclass. */
class BrowserConnection extends EventTarget {
  static configurations: RTCConfiguration[] = []
  local: RTCLocalSessionDescriptionInit | undefined
  constructor(configuration: RTCConfiguration) {
    super()
    BrowserConnection.configurations.push(configuration)
  }
  addTransceiver() {
    return { sender: { name: "sender" }, receiver: { name: "receiver" } }
  }
  addTrack() {
    return { name: "sender" }
  }
  createOffer() {
    return Promise.resolve({
      type: "offer",
      sdp: "m=audio\r\na=setup:actpass\r\na=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n",
    })
  }
  setLocalDescription(description: RTCLocalSessionDescriptionInit) {
    this.local = description
    return Promise.resolve()
  }
}

const attached: object[] = []
const attach: Attacher = { sender: (sender) => attached.push(sender), receiver: (receiver) => attached.push(receiver) }
const Sealed = sealedPeerConnection(BrowserConnection as unknown as typeof RTCPeerConnection, attach)

beforeEach(() => {
  attached.length = 0
  BrowserConnection.configurations.length = 0
})

test("D25: a transceiver has both transforms before the caller gets it", () => {
  const { sender, receiver } = new Sealed().addTransceiver("audio")
  expect(attached).toEqual([sender, receiver])
})

test("D25: a sender made by addTrack has its transform before the caller gets it", () => {
  const sender = new Sealed().addTrack({} as MediaStreamTrack)
  expect(attached).toEqual([sender])
})

test("D25: a receiver that the SFU opens has its transform before any other listener hears of it", () => {
  const connection = new Sealed()
  const seen: number[] = []
  connection.addEventListener("track", () => seen.push(attached.length))
  connection.dispatchEvent(Object.assign(new Event("track"), { receiver: {}, transceiver: { sender: {} } }))
  expect(seen).toEqual([2])
})

test("D26: every connection is made with encodedInsertableStreams, whatever the SDK asks for", () => {
  new Sealed()
  new Sealed({ encodedInsertableStreams: false } as RTCConfiguration)
  expect(BrowserConnection.configurations.map((each) => (each as { encodedInsertableStreams?: boolean }).encodedInsertableStreams)).toEqual(
    [true, true],
  )
})

test("A7.04: no foreign STUN or TURN server is asked, whatever the SFU names", () => {
  new Sealed({ iceServers: [{ urls: "stun:stun.example.org" }] })
  expect(BrowserConnection.configurations[0]?.iceServers).toEqual([])
})

test("A7.04: a later configuration cannot bring one in", () => {
  const set: RTCConfiguration[] = []
  class Configurable extends BrowserConnection {
    setConfiguration(configuration: RTCConfiguration) {
      set.push(configuration)
    }
  }
  const connection = new (sealedPeerConnection(Configurable as unknown as typeof RTCPeerConnection, attach))()
  connection.setConfiguration({ iceServers: [{ urls: "turn:turn.example.org" }] })
  expect(set[0]?.iceServers).toEqual([])
})

test("A7.04, D27.17: our own relay is asked in place of what the SFU names", () => {
  const relays = [{ urls: ["turn:meet.example:3478?transport=udp"] }]
  new (sealedPeerConnection(BrowserConnection as unknown as typeof RTCPeerConnection, attach, { relays }))({
    iceServers: [{ urls: "turn:turn.example.org" }],
  })
  expect(BrowserConnection.configurations[0]?.iceServers).toEqual(relays)
})

test("D26: offers are edited for the wire and put back for the browser", async () => {
  const connection = new Sealed()
  const offer = await connection.createOffer()
  expect(offer.sdp).toBe("m=audio\r\na=setup:active\r\n")
  await connection.setLocalDescription(offer)
  expect((connection as unknown as BrowserConnection).local?.sdp).toBe("m=audio\r\na=setup:actpass\r\n")
})

test("D26: the callback form of createOffer, which would go round the edit, is refused", async () => {
  const nothing = (): void => undefined
  await expect(new Sealed().createOffer(nothing, nothing)).rejects.toThrow(OfferEditFailed)
})

test("D25: a transform is set once for life and never to null", () => {
  const transforms: unknown[] = []
  const recording = {
    set transform(value: unknown) {
      transforms.push(value)
    },
  }
  globalThis.RTCRtpScriptTransform = class ScriptTransform extends EventTarget {}
  const real = attacher({} as Worker, { senderAttached: () => undefined, receiverAttached: () => undefined })
  real.sender(recording as unknown as RTCRtpSender)
  real.sender(recording as unknown as RTCRtpSender)
  expect(transforms).toHaveLength(1)
  expect(transforms[0]).toBeInstanceOf(globalThis.RTCRtpScriptTransform)
})
