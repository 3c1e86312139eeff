/** The real program as a child process, with an SFU that is a few lines of Node. */

import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("main.ts", import.meta.url))

/** Answers what a LiveKit answers to a server that only makes rooms. Holds its media port, as the real one does. */
const sfuProgram = `#!${process.execPath}
if (process.argv.includes("--version")) { console.log("livekit-server version 1.13.5"); process.exit(0) }
const { port, rtc } = JSON.parse(process.env.LIVEKIT_CONFIG)
require("node:dgram").createSocket("udp4").bind({ port: rtc.udp_port, address: rtc.node_ip, exclusive: true })
require("node:http").createServer((request, response) => {
  if (request.url === "/") return response.end("OK")
  response.writeHead(200, { "content-type": "application/json" }).end("{}")
}).listen(port, "127.0.0.1")
`

/** Writes an executable SFU and gives its path. */
export function fakeSfu(text = sfuProgram): string {
  const path = join(mkdtempSync(join(tmpdir(), "conclave-sfu-")), "livekit-server")
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return path
}

export interface Program {
  readonly child: ChildProcess
  /** What it has printed, both ways. */
  output(): string
  /** Resolves with the exit code, or with the signal. */
  readonly ended: Promise<number | string>
}

export function runMain(env: Record<string, string>): Program {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env["PATH"], PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let text = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()))
  const ended = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string)
  return { child, output: () => text, ended }
}

/** Runs it until it is ready. Rejects with its output when it ends before. */
export async function startMain(env: Record<string, string>): Promise<Program & { readonly port: number }> {
  const program = runMain(env)
  const early = program.ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${program.output()}`)))
  early.catch(() => undefined)
  for (;;) {
    const port = /Conclave is ready: https?:\/\/[^:]+:(\d+)\/new\n/.exec(program.output())?.[1]
    if (port !== undefined) return { ...program, port: Number(port) }
    await Promise.race([once(program.child.stdout ?? program.child, "data"), early])
  }
}
