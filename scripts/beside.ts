/** Running what only computes beside what waits for browsers, without taking processor time from it. */
import { spawn } from "node:child_process"
import { environmentFor } from "./node24.mjs"
import { root, type Outcome } from "./program.ts"

/**
 * The lowest priority, twice: Linux first shares the processor out between sessions (sched_autogroup), where a browser is one and we
 * another, and only then between the processes of each.
 */
const lowly = '{ echo 19 > /proc/self/autogroup; } 2> /dev/null; exec nice -n 19 "$@"'

/** Runs one of our scripts to its end, in a session of its own that ends with us. Its output is kept. */
export function runBeside(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const words = ["-c", lowly, "sh", process.execPath, ...command]
  const child = spawn("sh", words, {
    cwd: root,
    env: { ...environmentFor(process.execPath), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk))
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL")
  }
  const signals = ["exit", "SIGINT", "SIGTERM", "SIGHUP"] as const
  for (const signal of signals) process.on(signal, end)
  return new Promise((settle) => {
    child.once("error", ({ message }) => {
      settle({ code: 127, output: message })
    })
    child.once("close", (code) => {
      for (const signal of signals) process.off(signal, end)
      settle({ code: code ?? 1, output })
    })
  })
}
