/** How callers come to the relay: packets to a UDP port, and streams that came in over TLS at the port of the page itself. */

import { createSocket } from "node:dgram"
import { once } from "node:events"
import type { Duplex } from "node:stream"
import type { Caller } from "./leg.ts"
import { longestPacket } from "./stun-message.ts"
import type { Turn } from "./turn.ts"
import { plainAddress, type Endpoint } from "./xor-address.ts"

/** Opens the UDP port; what it gives closes it. Rejects when the port cannot be had. */
export async function udpDoor(turn: Turn, at: Endpoint): Promise<{ close(): void }> {
  const socket = createSocket("udp4")
  socket.bind({ ...at, exclusive: true })
  await once(socket, "listening").catch((error: unknown) => {
    socket.close()
    throw error
  })
  socket.on("error", () => undefined)
  socket.on("message", (packet, { address, port }) => {
    const send = (answer: Buffer): void => socket.send(answer, port, address, () => undefined)
    turn.take({ name: `udp ${address} ${port}`, endpoint: { address, port }, send, end: () => undefined }, packet)
  })
  return { close: () => socket.close() }
}

const mostStreams = 500
/** A stream without a leg is ended after this. */
const idleMs = 10_000
/** A caller that reads slower than media come loses packets, as on any narrow way. */
const mostUnsent = 512 * 1024

export type CallerStream = Duplex & { readonly remoteAddress?: string | undefined; readonly remotePort?: number | undefined }

/** Takes streams in. Not one of them is trusted: who holds no credential is out after ten seconds. */
export function streamDoor(turn: Turn): (stream: CallerStream) => void {
  let streams = 0
  return (stream) => {
    const { remoteAddress: address, remotePort: port } = stream
    if (address === undefined || port === undefined || streams >= mostStreams) return void stream.destroy()
    streams++
    const caller = callerOf(stream, { address: plainAddress(address), port })
    const idle = setInterval(() => turn.hasLeg(caller) || stream.destroy(), idleMs).unref()
    const cut = packetCutter()
    stream.on("error", () => stream.destroy())
    stream.on("close", () => {
      streams--
      clearInterval(idle)
      turn.forget(caller)
    })
    stream.on("data", (bytes: Buffer) => {
      const packets = cut(bytes)
      for (const packet of packets ?? []) turn.take(caller, packet)
      if (packets === undefined) stream.destroy()
    })
  }
}

function callerOf(stream: CallerStream, endpoint: Endpoint): Caller {
  return {
    name: `tls ${endpoint.address} ${endpoint.port}`,
    endpoint,
    send(packet) {
      if (stream.writableLength > mostUnsent || !stream.writable) return
      // RFC 8656 section 12.5: on a stream everything is padded to four bytes.
      stream.write(packet.length % 4 === 0 ? packet : Buffer.concat([packet, Buffer.alloc(4 - (packet.length % 4))]))
    },
    end: () => stream.end(),
  }
}

/** Cuts a stream into packets. Undefined once it says something that is none, and from then on. */
export function packetCutter(): (bytes: Buffer) => Buffer[] | undefined {
  let rest: Buffer | undefined = Buffer.alloc(0)
  return (bytes) => {
    if (rest === undefined) return undefined
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const packets: Buffer[] = []
    while (rest.length >= 4) {
      const length = lengthOf(rest)
      if (length === undefined) return (rest = undefined)
      if (rest.length < length) break
      packets.push(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
    return packets
  }
}

/** RFC 8656 section 12.5, RFC 8489 section 6.2.2: both kinds say how long they are. */
function lengthOf(bytes: Buffer): number | undefined {
  const [top, said] = [(bytes[0] ?? 0xff) >> 6, bytes.readUInt16BE(2)]
  const length = top === 0 ? 20 + said : top === 1 ? 4 + said + ((4 - (said % 4)) % 4) : undefined
  return length !== undefined && length <= longestPacket ? length : undefined
}
