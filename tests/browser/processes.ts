/** What /proc tells of the processes a run has started: who descends from whom, their arguments, their use of the processor. */

import { readdirSync, readFileSync, readlinkSync } from "node:fs"

export interface ProcessFacts {
  readonly pid: number
  readonly parent: number
  readonly argv: readonly string[]
  /** The program itself; empty when it cannot be read. */
  readonly program: string
  /** User and system time in clock ticks (100 a second on Linux). */
  readonly ticks: number
}

/** Every process that can be seen. In the namespace of a run these are the run's own. */
export function allProcesses(): ProcessFacts[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((facts) => facts !== undefined)
}

function readProcess(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    // The name may contain blanks and brackets; the fields proper begin after the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    const argv = readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0").slice(0, -1)
    return { pid, parent: Number(fields[1]), argv, program: programOf(pid), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined // it ended while we looked
  }
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return ""
  }
}

/** A process and all that descend from it. */
export function family(root: number): ProcessFacts[] {
  const all = allProcesses()
  const found = all.filter((one) => one.pid === root)
  // The list grows while it is walked: children of children are found in turn.
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid))
  return found
}

/** Seconds of processor time a process and its descendants have used so far. Ended descendants count with their parent only if it waited. */
export const processorSeconds = (root: number): number => family(root).reduce((sum, one) => sum + one.ticks, 0) / 100

/** Ends a process and its descendants, children first, without asking. */
export function killFamily(root: number): void {
  for (const one of family(root).reverse()) {
    try {
      process.kill(one.pid, "SIGKILL")
    } catch {
      // gone already
    }
  }
}
