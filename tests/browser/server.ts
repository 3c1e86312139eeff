/** The real server as a child process, with a free port and a data folder of its own. */

import { spawn, type ChildProcess } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { allProcesses, family, killFamily } from "./processes.ts"
import { until } from "./until.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

export interface ServerOptions {
  /** The program that plays the SFU; the pinned livekit-server when absent. */
  readonly sfu?: string
  readonly port?: number
  /** A data folder to go on with; a fresh one when absent. */
  readonly data?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A server under test. */
export interface Server {
  readonly origin: string
  readonly port: number
  readonly data: string
  readonly pid: number
  /** All it has printed so far. */
  log(): string
  /** Process ids of the SFU it runs now. */
  sfu(): number[]
  /** Ends it and its children at once, as a power cut would; the data stays. */
  kill(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

/** Where the pinned SFU is: as `npm start` and `npm test` leave it. */
export function pinnedSfu(): string {
  const named = process.env["CONCLAVE_SFU_BIN"]
  if (named !== undefined) return named
  const built = join(homedir(), ".cache/conclave/sfu/1.13.5/livekit-server")
  if (existsSync(built)) return built
  throw new Error("No livekit-server 1.13.5: run npm start once, or name one in CONCLAVE_SFU_BIN.")
}

/** Starts the server and waits for the line that says it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), "conclave-data-"))
  const child = spawn(process.execPath, ["apps/server/src/main.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PORT: String(options.port ?? 0),
      CONCLAVE_DATA: data,
      CONCLAVE_SFU_BIN: options.sfu ?? pinnedSfu(),
      ...options.env,
    },
  })
  const log = collect(child)
  try {
    const port = await readyPort(child, log)
    return running({ child, data, port, log })
  } catch (error) {
    await end(child)
    throw error
  }
}

function collect(child: ChildProcess): () => string {
  let text = ""
  const take = (chunk: Buffer) => (text += chunk.toString())
  child.stdout?.on("data", take)
  child.stderr?.on("data", take)
  return () => text
}

async function readyPort(child: ChildProcess, log: () => string): Promise<number> {
  return until(
    () => {
      const found = /Conclave is ready: https?:\/\/[^:/]+:(\d+)\//.exec(log())
      if (found) return Number(found[1])
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${log()}`)
      return undefined
    },
    { for: "the server to be ready", ms: 40_000 },
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${log()}`)
  })
}

function running({ child, data, port, log }: { child: ChildProcess; data: string; port: number; log: () => string }): Server {
  const pid = child.pid ?? 0
  return {
    origin: `http://localhost:${port}`,
    port,
    data,
    pid,
    log,
    sfu: () =>
      family(pid)
        .filter((one) => one.program.endsWith("livekit-server"))
        .map((one) => one.pid),
    kill: () => end(child),
    stop: async () => {
      await end(child)
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** The family is listed first: children of a dead parent belong to nobody any more. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once("exit", resolve))
  const pids = family(child.pid).map((one) => one.pid)
  killFamily(child.pid)
  await gone
  await until(() => allProcesses().every((one) => !pids.includes(one.pid) || one.argv.length === 0), {
    for: "the server's children to end",
  })
}
