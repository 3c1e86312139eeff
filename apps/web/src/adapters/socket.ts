/** The socket to the server: envelopes in, envelopes out. Reconnecting is the call machine's decision. */

import { parseServerEnvelope, paths, printEnvelope, type MemberEnvelope, type ServerEnvelope } from "@conclave/wire"

export interface SocketEvents {
  opened(): void
  received(envelope: ServerEnvelope): void
  closed(): void
}

export interface Socket {
  send(envelope: MemberEnvelope): void
  close(): void
  /** Closes it and says so, as if the network had: it leads through one that is gone, and would not notice for long. */
  drop(): void
}

/** Opens one socket on our own origin. An envelope that cannot be read closes it: the server is broken or lying. */
export function openSocket(events: SocketEvents): Socket {
  const url = new URL(paths.socket, location.href)
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
  const socket = new WebSocket(url)
  let isOver = false
  const finish = () => {
    if (isOver) return
    isOver = true
    socket.close()
    events.closed()
  }
  socket.addEventListener("open", () => {
    if (!isOver) events.opened()
  })
  socket.addEventListener("message", ({ data }) => {
    if (isOver) return
    const envelope = typeof data === "string" ? parseServerEnvelope(data) : "malformed"
    if (typeof envelope === "string") finish()
    else events.received(envelope)
  })
  socket.addEventListener("close", finish)
  socket.addEventListener("error", finish)
  return {
    send(envelope) {
      if (socket.readyState === WebSocket.OPEN) socket.send(printEnvelope(envelope))
    },
    close() {
      isOver = true
      socket.close()
    },
    drop: finish,
  }
}
