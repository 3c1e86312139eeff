/** Runs in the far network (far.ts): its loopback port leads over the cable to the server's. Arguments: port, address, port there. */

import { connect, createServer } from "node:net"
import { tunnel } from "./tunnel.ts"

const [port = "", address = "", there = ""] = process.argv.slice(2)

createServer((near) => tunnel(near, connect(Number(there), address))).listen(Number(port), "127.0.0.1")
