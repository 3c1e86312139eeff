/** Runs a program with what others leave of the processor. */
import { spawn } from "node:child_process"

interface Ended {
  readonly code: number
  /** Both streams, in the order in which they came. */
  readonly printed: string
}

/**
 * A session of its own at the lowest priority: Linux shares the processor among sessions first (autogroup), and browsers start theirs.
 * Where there is no such file, `nice` does it alone.
 */
const politely = 'echo 19 2>/dev/null > /proc/self/autogroup || true; exec nice -n 19 "$@"'

/** It and all its children end with us. */
export function runBehind(command: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<Ended> {
  const child = spawn("sh", ["-c", politely, "sh", ...command], { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] })
  let printed = ""
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (printed += text))
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM")
  }
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const
  for (const signal of signals) process.on(signal, end)
  process.on("exit", end)
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) => {
      for (const signal of signals) process.off(signal, end)
      process.off("exit", end)
      resolve({ code: code ?? 1, printed })
    })
  })
}
