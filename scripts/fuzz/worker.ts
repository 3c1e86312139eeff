/** Runs one target over its inputs in a thread of its own, so that a hang can be seen and ended from outside. */
import { parentPort, workerData } from "node:worker_threads"
import { chanceFrom, inputFrom } from "./inputs.ts"
import { findTargets } from "./targets.ts"

/** What the thread is given. `progress[0]` counts the inputs begun. */
export interface Task {
  readonly name: string
  readonly runs: number
  readonly seed: number
  readonly progress: Int32Array
}

/** What the thread answers: how many inputs went well, and the first that did not. */
export interface Answer {
  readonly done: number
  readonly finding?: { readonly input: string; readonly error: string }
}

const { name, runs, seed, progress } = workerData as Task
parentPort?.postMessage(await fuzz())

async function fuzz(): Promise<Answer> {
  const target = (await findTargets()).find((each) => each.name === name)
  if (target === undefined) throw new Error(`bug: no target ${name}`)
  const chance = chanceFrom(seed)
  for (let done = 0; done < runs; done++) {
    const input = inputFrom(target.samples ?? [], chance)
    Atomics.store(progress, 0, done + 1)
    try {
      const running = target.run(input)
      if (running !== undefined) await running
    } catch (error) {
      return {
        done,
        finding: {
          input: Buffer.from(input).toString("hex"),
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        },
      }
    }
  }
  return { done: runs }
}
