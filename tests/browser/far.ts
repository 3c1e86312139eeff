/**
 * A Chromium in a network of its own, joined to the run's by one cable that can be pulled, with an address that can change. Its
 * pages find the server under the same `localhost` origin as everybody's. Needs root in the run's namespace (scripts/in-namespace.ts).
 */

import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { connect, createServer, type Server as TcpServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { launch } from "puppeteer-core"
import { labChromiumArgs, type Running } from "./browsers.ts"
import { killFamily } from "./processes.ts"
import { tunnel } from "./tunnel.ts"
import { until } from "./until.ts"

/** Of the bridge that in-namespace.ts makes. */
const hereAddress = process.env["CONCLAVE_PRIVATE_NETWORK"] ?? ""
const bridge = "conclave0"

export interface Far {
  readonly running: Running
  /** Pulls the cable, and puts it back. */
  unplug(): void
  plug(): void
  /** Lets no packet out to this port from now on, as a strict firewall would. */
  shut(protocol: "udp" | "tcp", port: number): void
  /** From one address to another, as between two networks. */
  move(): void
  close(): Promise<void>
}

export interface FarOptions {
  /** Of the server on this side's loopback. */
  readonly port: number
  readonly camera: string
  /** More of the browser's switches. */
  readonly args?: readonly string[]
}

/** Builds the network and starts the browser. */
export async function openFar({ port, camera, args = [] }: FarOptions): Promise<Far> {
  const network = spawn("unshare", ["--net", "sleep", "infinity"], { stdio: "ignore" })
  await until(() => inFar(network, ["ip", "link"]) !== undefined, { for: "the far network", ms: 5_000 })
  let address = 10
  here(["ip", "link", "add", "far0", "type", "veth", "peer", "name", "far1", "netns", String(network.pid)])
  here(["ip", "link", "set", "far0", "addrgenmode", "none", "master", bridge, "up"])
  must(inFar(network, ["ip", "link", "set", "lo", "up"]))
  // An IPv6 address of its own arrives two seconds after the cable: to Chromium a change of network, which ends what it loads.
  must(inFar(network, ["ip", "link", "set", "far1", "addrgenmode", "none"]))
  const settle = (): void => {
    must(inFar(network, ["ip", "addr", "add", `10.9.9.${address}/24`, "dev", "far1"]))
    must(inFar(network, ["ip", "link", "set", "far1", "up"]))
    must(inFar(network, ["ip", "route", "replace", "default", "via", hereAddress, "dev", "far1"]))
  }
  settle()
  const gate = await openGate(port)
  const relay = spawn(
    "nsenter",
    [
      ...into(network),
      process.execPath,
      fileURLToPath(new URL("far-relay.ts", import.meta.url)),
      String(port),
      hereAddress,
      String(gate.port),
    ],
    {
      stdio: "ignore",
    },
  )
  await until(() => isListening(network, port), { for: "the way into the far network", ms: 15_000 })
  const running = await openIn(network, [`--use-file-for-fake-video-capture=${camera}`, ...args])
  return {
    running,
    unplug: () => must(inFar(network, ["ip", "link", "set", "far1", "down"])),
    plug: () => {
      must(inFar(network, ["ip", "link", "set", "far1", "up"]))
      must(inFar(network, ["ip", "route", "replace", "default", "via", hereAddress, "dev", "far1"]))
    },
    shut: (protocol, port) => {
      must(inFar(network, ["ip", "rule", "add", "ipproto", protocol, "dport", String(port), "unreachable"]))
    },
    move: () => {
      must(inFar(network, ["ip", "addr", "flush", "dev", "far1"]))
      address++
      settle()
    },
    close: async () => {
      await running.close()
      gate.server.close()
      for (const child of [relay, network]) killFamily(child.pid ?? 0)
    },
  }
}

const into = (network: ChildProcess): readonly string[] => [`--net=/proc/${network.pid}/ns/net`, "--"]

/** Undefined when it failed. */
function inFar(network: ChildProcess, words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("nsenter", [...into(network), ...words], { encoding: "utf8" })
  return status === 0 ? stdout : undefined
}

/** Whether somebody listens on this port of the far network's loopback. */
const isListening = (network: ChildProcess, port: number): boolean =>
  (inFar(network, ["ss", "-Hltn", `sport = :${String(port)}`]) ?? "").includes(`:${String(port)}`)

function here([program = "", ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" })
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`)
}

function must(output: string | undefined): void {
  if (output === undefined) throw new Error("the far network cannot be changed")
}

/** This side's end of the way between the two loopbacks. */
async function openGate(port: number): Promise<{ readonly server: TcpServer; readonly port: number }> {
  const server = createServer((near) => tunnel(near, connect(port, "127.0.0.1")))
  await new Promise<void>((resolve) => server.listen(0, hereAddress, resolve))
  const address = server.address()
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 }
}

/** By pipe: the browser's debugging port would be in the other network. */
async function openIn(network: ChildProcess, more: readonly string[]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-far-"))
  const args = ["--headless=new", "--remote-debugging-pipe", `--user-data-dir=${folder}`, ...more]
  const browser = await launch({
    browser: "chrome",
    executablePath: "/usr/bin/nsenter",
    pipe: true,
    ignoreDefaultArgs: true,
    args: [...into(network), "/usr/bin/chromium", ...args, ...labChromiumArgs, "about:blank"],
    protocolTimeout: 300_000,
  })
  const pid = browser.process()?.pid ?? 0
  return {
    kind: "chromium",
    browser,
    pid,
    close: async () => {
      killFamily(pid)
      await browser.disconnect().catch(() => undefined)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
