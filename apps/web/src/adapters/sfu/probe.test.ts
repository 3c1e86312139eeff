import { expect, test } from "vitest"
import { isOfWay, onlyWay, probingPeerConnection } from "./probe.ts"

const udp = "candidate:1 1 udp 2130706431 192.0.2.1 7882 typ host"
const tcp = "candidate:2 1 TCP 1671430143 192.0.2.1 7881 typ host tcptype passive"

test("D27.12: a probe of one way hears of no other", () => {
  expect([isOfWay(udp, "udp"), isOfWay(tcp, "udp"), isOfWay(udp, "tcp"), isOfWay(tcp, "tcp")]).toEqual([true, false, false, true])
  const sdp = ["v=0", `a=${udp}`, `a=${tcp}`, "a=end-of-candidates", ""].join("\r\n")
  expect(onlyWay(sdp, "tcp")).toBe(["v=0", `a=${tcp}`, "a=end-of-candidates", ""].join("\r\n"))
})

const relays = [{ urls: ["turn:meet.example:3478?transport=udp"], username: "u", credential: "p" }]

test("D27.12, A7.04: a probe's connection sends nothing and asks no STUN or TURN server", () => {
  const asked: unknown[] = []
  class Base {
    constructor(configuration?: RTCConfiguration) {
      asked.push(configuration?.iceServers)
    }
    addEventListener(): void {}
    setConfiguration(configuration?: RTCConfiguration): void {
      asked.push(configuration?.iceServers)
    }
    addTransceiver(_: string, init?: RTCRtpTransceiverInit): unknown {
      return init?.direction
    }
  }
  const Probing = probingPeerConnection(Base as unknown as typeof RTCPeerConnection, { way: "udp", relays })
  const probe = new Probing({ iceServers: [{ urls: "stun:stun.example.net" }] })
  probe.setConfiguration({ iceServers: [{ urls: "stun:stun.example.net" }] })
  expect(asked).toEqual([[], []])
  const track = {} as MediaStreamTrack
  expect(() => probe.addTrack(track)).toThrow("bug:")
  expect(() => probe.addTransceiver(track)).toThrow("bug:")
  expect(probe.addTransceiver("video", { direction: "sendrecv" })).toBe("inactive")
})

test("D27.12: a probe of the relay asks our own relay, and goes by nothing else", () => {
  const made: (RTCConfiguration | undefined)[] = []
  class Base {
    constructor(configuration?: RTCConfiguration) {
      made.push(configuration)
    }
    addEventListener(): void {}
    setConfiguration(configuration?: RTCConfiguration): void {
      made.push(configuration)
    }
  }
  const Probing = probingPeerConnection(Base as unknown as typeof RTCPeerConnection, { way: "relay", relays })
  const probe = new Probing({ iceServers: [{ urls: "turn:turn.example.net" }], iceTransportPolicy: "all" })
  probe.setConfiguration({ iceServers: [], iceTransportPolicy: "all" })
  expect(made).toEqual(Array(2).fill({ iceServers: relays, iceTransportPolicy: "relay" }))
  expect([isOfWay(udp, "relay"), isOfWay(tcp, "relay")]).toEqual([true, false])
})

test("D27.12: the SFU hears of one way only, or it would answer by another", async () => {
  class Base {
    listeners: ((event: unknown) => void)[] = []
    addEventListener(_: string, heard: (event: unknown) => void): void {
      this.listeners.push(heard)
    }
    createOffer(): Promise<unknown> {
      return Promise.resolve({ type: "offer", sdp: `a=${udp}\na=${tcp}` })
    }
  }
  const Probing = probingPeerConnection(Base as unknown as typeof RTCPeerConnection, { way: "tcp", relays })
  const probe = new Probing()
  expect(await probe.createOffer()).toEqual({ type: "offer", sdp: `a=${tcp}` })
  const passes = (candidate: string | undefined): boolean => {
    let isStopped = false
    const event = { candidate: candidate === undefined ? null : { candidate }, stopImmediatePropagation: () => (isStopped = true) }
    for (const heard of (probe as unknown as Base).listeners) heard(event)
    return !isStopped
  }
  expect([passes(udp), passes(tcp), passes(undefined), passes("")]).toEqual([false, true, true, true])
})
