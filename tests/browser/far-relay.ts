/** Runs in the far network (far.ts): its loopback port leads over the cable to the server's. Arguments: port, address, port there. */

import { connect, createServer } from "node:net"

const [port = "", address = "", there = ""] = process.argv.slice(2)

createServer((near) => {
  const far = connect(Number(there), address)
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on("error", () => other.destroy())
    one.on("close", () => other.destroy())
    one.pipe(other)
  }
}).listen(Number(port), "127.0.0.1")
