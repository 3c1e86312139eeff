/** Running other programs: to their end, with their output kept or shown. */
import { spawn } from "node:child_process"
import { resolve } from "node:path"
import { environmentFor, Refusal } from "./node24.mjs"

/** The root of the clone. */
export const root = resolve(import.meta.dirname, "..")

export interface Outcome {
  readonly code: number
  /** Standard output and standard error, in the order they came. */
  readonly output: string
}

export interface How {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Called with every whole line of output. */
  readonly onLine?: (line: string) => void
  /** Show the output while it comes, as well as keeping it. */
  readonly isShown?: boolean
}

/** Runs a program to its end and keeps what it printed. A program that is not there ends with code 127. */
export function runProgram(program: string, args: readonly string[], how: How = {}): Promise<Outcome> {
  const env = { ...environmentFor(process.execPath), ...how.env }
  const child = spawn(program, args, { cwd: how.cwd ?? root, env, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  let rest = ""
  const take = (chunk: string) => {
    output += chunk
    if (how.isShown === true) process.stdout.write(chunk)
    const lines = (rest + chunk).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) how.onLine?.(line)
  }
  child.stdout.setEncoding("utf8").on("data", take)
  child.stderr.setEncoding("utf8").on("data", take)
  return new Promise((settle) => {
    child.once("error", (error) => {
      settle({ code: 127, output: error.message })
    })
    child.once("close", (code) => {
      settle({ code: code ?? 1, output })
    })
  })
}

/** Runs the main part of a script: a `Refusal` becomes one sentence and exit code 1, anything else is a bug and keeps its stack. */
export async function main(part: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await part()) ?? 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
