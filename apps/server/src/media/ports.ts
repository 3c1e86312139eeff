/** Free ports. */

import { createSocket } from "node:dgram"
import { createServer } from "node:net"
import { once } from "node:events"

/** A TCP port nobody listens on at the moment, on loopback. */
export async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  if (address === null || typeof address === "string") throw new Error("bug: a TCP server has an address")
  return address.port
}

/** Whether a TCP port is free on all addresses. */
export async function isTcpPortFree(port: number): Promise<boolean> {
  const server = createServer().listen({ port, exclusive: true })
  try {
    await once(server, "listening")
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** The UDP port itself if it is free there, undefined if it is taken. 0 is any free one. */
export async function udpPort(port: number, address: string): Promise<number | undefined> {
  const socket = createSocket("udp4")
  try {
    socket.bind({ port, address, exclusive: true })
    await once(socket, "listening")
    return socket.address().port
  } catch {
    return undefined
  } finally {
    socket.close()
  }
}
