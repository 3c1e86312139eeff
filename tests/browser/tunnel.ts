/** Two sockets made one way: what comes in at one goes out at the other, to its last byte. */

import type { Socket } from "node:net"
import { pipeline } from "node:stream"

/** Each end closes when the other has; nothing that is still under way is lost, unless one breaks. */
export function tunnel(near: Socket, far: Socket): void {
  const broken = (error?: Error | null): void => {
    if (!error) return
    near.destroy()
    far.destroy()
  }
  pipeline(near, far, broken)
  pipeline(far, near, broken)
}
