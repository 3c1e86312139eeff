/** Reads what `cargo test` printed, into the form of vitest's report. */

export interface CrateTest {
  readonly title: string
  readonly fullName: string
  readonly status: "passed" | "failed"
}

/** `test d10_41_a_path_is_refused ... ok` is the passed test `D10.41: a path is refused`. Ignored tests are left out. */
export function testsIn(printed: string): CrateTest[] {
  return [...printed.matchAll(/^test (?:\w+::)*(\w+) \.\.\. (ok|FAILED)$/gm)].map(([, name = "", outcome]) => {
    const title = titleOf(name)
    return { title, fullName: title, status: outcome === "ok" ? "passed" : "failed" }
  })
}

function titleOf(name: string): string {
  const [, letter, numbers, words] = /^([a-z])(\d+(?:_\d+)*)_(.+)$/.exec(name) ?? []
  if (letter === undefined || numbers === undefined || words === undefined) return name.replaceAll("_", " ")
  // Attack ids have two digits after the point: a1_03 is A1.03.
  return `${letter.toUpperCase()}${numbers.replaceAll("_", ".")}: ${words.replaceAll("_", " ")}`
}
