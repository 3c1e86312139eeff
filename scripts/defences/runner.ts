/**
 * Runs tests of one scratch copy again and again without starting vitest anew each time: most of a defence's cost is the starting. A
 * program of its own, in the copy's folder; asked by message, answers with the report that vitest would write.
 */
import { createVitest, type TestModule, type Vitest } from "vitest/node"
import type { VitestReport } from "../tally.ts"

export interface Question {
  /** From the copy's root. */
  readonly files: readonly string[]
  /** Only tests whose names hold these words. */
  readonly name?: string
  /** What was edited since the last question. */
  readonly edited: readonly string[]
}

const projects = ["unit", "hostile"]

/** The parts of a report that are read here. */
function reportOf(modules: readonly TestModule[]): VitestReport {
  return {
    testResults: modules.map((module) => {
      const tests = [...module.children.allTests()]
      return {
        name: module.moduleId,
        status: module.ok() ? "passed" : "failed",
        assertionResults: tests.map((test) => {
          const { state, errors } = test.result()
          const failureMessages = (errors ?? []).map(({ stack, message }) => stack ?? message)
          return { fullName: test.fullName, title: test.name, status: state, failureMessages }
        }),
      }
    }),
  }
}

async function answer(vitest: Vitest, { files, name, edited }: Question): Promise<VitestReport> {
  for (const file of edited) vitest.invalidateFile(`${process.cwd()}/${file}`)
  if (name === undefined) vitest.resetGlobalTestNamePattern()
  else vitest.setGlobalTestNamePattern(name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  const specifications = (await vitest.globTestSpecifications([...files])).filter(({ moduleId }) =>
    files.some((file) => moduleId.endsWith(`/${file}`)),
  )
  const { testModules } = await vitest.runTestSpecifications(specifications)
  return reportOf(testModules)
}

const vitest = await createVitest({ project: projects, watch: false, reporters: [{}] })
process.on("message", (question: Question) => {
  void answer(vitest, question).then((report) => process.send?.(report))
})
process.on("disconnect", () => void vitest.close().then(() => process.exit()))
