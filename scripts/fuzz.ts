/**
 * `npm run fuzz -- --runs N --seed S`: throws N inputs at every parser (100 000 each unless said). The seed is printed and makes the
 * same inputs again. A throw, a dead thread, or one input that takes longer than a second is a failure.
 */
import { parseArgs } from "node:util"
import { Worker } from "node:worker_threads"
import { findTargets } from "./fuzz/targets.ts"
import type { Answer, Task } from "./fuzz/worker.ts"
import { Refusal } from "./node24.mjs"
import { main } from "./program.ts"

const longestMs = 1_000

await main(async () => {
  const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" }, only: { type: "string" } } })
  const runs = number(values.runs ?? "100000", "--runs")
  const seed = number(values.seed ?? String(Date.now() % 2 ** 31), "--seed")
  const targets = (await findTargets()).filter((target) => target.name.includes(values.only ?? ""))
  if (targets.length === 0) throw new Refusal("There is nothing to fuzz.")
  console.log(`seed ${String(seed)}, ${String(runs)} runs each`)
  let failed = 0
  for (const { name } of targets) failed += (await fuzz({ name, runs, seed })) ? 0 : 1
  console.log(`${String(targets.length - failed)} parsers passed, ${String(failed)} failed`)
  return failed === 0 ? 0 : 1
})

function number(text: string, option: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Refusal(`${option} takes a whole number, not ${text}.`)
  return value
}

async function fuzz(task: Omit<Task, "progress">): Promise<boolean> {
  const startedAt = Date.now()
  const answer = await inThread(task)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(`${answer.finding === undefined ? "ok    " : "FAILED"}  ${task.name} (${String(answer.done)} runs, ${seconds} s)`)
  if (answer.finding !== undefined) console.log(`        input ${answer.finding.input}\n        ${answer.finding.error}`)
  return answer.finding === undefined
}

function inThread(task: Omit<Task, "progress">): Promise<Answer> {
  const progress = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL("./fuzz/worker.ts", import.meta.url), { workerData: { ...task, progress } satisfies Task })
  return new Promise((resolve) => {
    let last = { count: 0, at: Date.now() }
    const end = (answer: Answer): void => {
      clearInterval(watch)
      void worker.terminate()
      resolve(answer)
    }
    const finding = (error: string): Answer => ({
      done: Atomics.load(progress, 0),
      finding: { input: "(the last one of this seed)", error },
    })
    const watch = setInterval(() => {
      const count = Atomics.load(progress, 0)
      if (count !== last.count) last = { count, at: Date.now() }
      else if (count > 0 && Date.now() - last.at > longestMs)
        end(finding(`input ${String(count)} took longer than ${String(longestMs)} ms`))
    }, 100)
    worker.once("message", end)
    worker.once("error", (error) => end(finding(String(error))))
  })
}
