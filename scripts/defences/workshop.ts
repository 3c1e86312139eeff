/** A scratch copy with its runner: files are edited here, and tests asked what they say of it. */
import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { VitestReport } from "../tally.ts"
import type { Question } from "./runner.ts"
import { scratchCopy } from "./scratch.ts"

export interface Workshop {
  /** A file's text; "" when there is none. */
  readonly read: (file: string) => string
  write(file: string, text: string): void
  /** Runs test files, or only the tests of them whose names hold these words. An empty report when the runner died of it. */
  run(files: readonly string[], name?: string): Promise<VitestReport>
  close(): void
}

export async function openWorkshop(): Promise<Workshop> {
  const { folder, remove } = await scratchCopy()
  const start = () => fork(join(folder, "scripts/defences/runner.ts"), { cwd: folder, stdio: ["ignore", "ignore", "ignore", "ipc"] })
  const endOf = (child: ChildProcess): Promise<undefined> => once(child, "exit").then((): undefined => undefined)
  let runner = start()
  let died = endOf(runner)
  let edited: string[] = []
  return {
    read: (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : ""),
    write(file, text) {
      writeFileSync(join(folder, file), text)
      edited.push(file)
    },
    async run(files, name) {
      const question: Question = { files, edited, ...(name === undefined ? {} : { name }) }
      edited = []
      const answered = once(runner, "message").then(([report]) => report as VitestReport)
      runner.send(question)
      const report = await Promise.race([answered, died])
      if (report === undefined) {
        runner = start()
        died = endOf(runner)
      }
      return report ?? { testResults: [] }
    },
    close() {
      runner.kill()
      remove()
    },
  }
}
