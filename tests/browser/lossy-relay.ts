/** A UDP relay before the SFU that loses what it is told to lose. The kernel here has no netem. */

import { createSocket, type Socket } from "node:dgram"

export interface LossyRelay {
  readonly port: number
  /** Of a hundred packets, in each direction. */
  lose(percent: number): void
  close(): void
}

export async function openLossyRelay({ address, port }: { readonly address: string; readonly port: number }): Promise<LossyRelay> {
  let share = 0
  const isLost = (): boolean => Math.random() < share
  const relay = createSocket("udp4")
  const ways = new Map<string, Socket>()
  relay.on("message", (packet, from) => {
    if (isLost()) return
    const name = `${from.address}:${from.port}`
    let way = ways.get(name)
    if (way === undefined) {
      way = createSocket("udp4")
      way.on("message", (answer) => {
        if (!isLost()) relay.send(answer, from.port, from.address)
      })
      // A packet for an SFU that is being started again: the next one may arrive.
      way.on("error", () => undefined)
      ways.set(name, way)
    }
    way.send(packet, port, address)
  })
  relay.on("error", () => undefined)
  await new Promise<void>((resolve) => relay.bind(0, address, resolve))
  return {
    port: relay.address().port,
    lose: (percent) => {
      share = percent / 100
    },
    close: () => {
      relay.close()
      for (const way of ways.values()) way.close()
    },
  }
}

/** For `evaluateOnNewDocument`: this page's media go to another port of the SFU's address. */
export function goThrough({ from, to }: { readonly from: number; readonly to: number }): void {
  type Method = (this: RTCPeerConnection, argument: unknown) => Promise<void>
  const line = new RegExp(`( udp \\d+ \\S+) ${from} `, "gi")
  // Candidates and descriptions are both plain data, and read the same as JSON.
  const led = (argument: unknown): unknown =>
    argument === undefined || argument === null ? argument : (JSON.parse(JSON.stringify(argument).replaceAll(line, `$1 ${to} `)) as unknown)
  for (const name of ["addIceCandidate", "setRemoteDescription"]) {
    const native = Reflect.get(RTCPeerConnection.prototype, name) as Method
    const value: Method = function (argument) {
      return native.call(this, led(argument))
    }
    Object.defineProperty(RTCPeerConnection.prototype, name, { configurable: true, writable: true, value })
  }
}
