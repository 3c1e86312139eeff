/** One run of livekit-server, which never outlives us. */

import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { StartRefusal, sfuVersion, type Config } from "../config.ts"

/**
 * The shell becomes the SFU. Beside it a subshell waits for our end of a pipe to close, as it does when we are killed without
 * warning, and then kills the SFU: otherwise a server killed by SIGKILL would leave its media port taken.
 */
const watched = `exec 3<&0 </dev/null; ( exec >/dev/null 2>&1; while read -r _ <&3; do :; done; kill -9 $$ ) & exec 3<&-; exec "$0"`

export function runSfu(binary: string, config: string): ChildProcess {
  return spawn("/bin/sh", ["-c", watched, binary], {
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", LIVEKIT_CONFIG: config },
    cwd: "/",
    // Ctrl-C in a terminal is for us to act on; the SFU would end first and be started again.
    detached: true,
  })
}

/** Ends a run and resolves when it is gone. It keeps nothing, so it needs no time to say goodbye. */
export async function endSfu(run: ChildProcess): Promise<void> {
  if (run.exitCode !== null || run.signalCode !== null) return
  const gone = new Promise((resolve) => run.once("exit", resolve))
  run.kill("SIGKILL")
  run.stdin?.destroy()
  await gone
}

/** The livekit-server to run. Throws StartRefusal. */
export function findSfu({ candidates, isNamed }: Config["sfu"]): string {
  for (const path of candidates) {
    const version = existsSync(path) ? versionOf(path) : undefined
    if (version === sfuVersion) return path
    if (!isNamed) continue
    const what = version === undefined ? "is no livekit-server that runs here" : `is livekit-server ${version}`
    throw new StartRefusal(`CONCLAVE_SFU_BIN names ${path}, which ${what}; version ${sfuVersion} is needed.`)
  }
  throw new StartRefusal(
    `The SFU is missing: run npm start once, which builds it, or put livekit-server ${sfuVersion} on PATH or name it in CONCLAVE_SFU_BIN.`,
  )
}

function versionOf(path: string): string | undefined {
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 })
  return status === 0 ? /livekit-server version (\S+)/.exec(stdout)?.[1] : undefined
}
