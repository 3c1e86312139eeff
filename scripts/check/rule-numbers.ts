/** Numbers of rules: every one that a test or a comment names must stand in the documents. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../program.ts"
import type { Findings } from "./tools.ts"

/** An id as it begins a test name: `D9`, `D9.1`, `A1.06`, `T6`, `E3`, `C2`. */
const idAtStart = /^((?:D\d+(?:\.\d+)*|A\d+\.\d+|[TECF]\d+(?:\.\d+)*))(?=[:,; ])/
const testName = /\b(?:test|it|describe)(?:\.\w+)*(?:\([^()]*\))?\(\s*(["'`])(.+?)\1/g

/** The ids at the start of a name: `D7, A1.13: …` has two. */
export function idsOf(name: string): string[] {
  const ids: string[] = []
  let rest = name
  for (let found = idAtStart.exec(rest); found?.[1] !== undefined; found = idAtStart.exec(rest)) {
    ids.push(found[1])
    rest = rest.slice(found[1].length)
    if (!/^[,;] |^ (and )?[DATECF]\d/.test(rest)) break
    rest = rest.replace(/^[,;]? (and )?/, "")
  }
  return ids
}

/** The ids that the documents explain: anything in bold at the start of a line or in the first cell of a table's row. */
export function idsIn(document: string): Set<string> {
  const ids = new Set<string>()
  for (const line of document.split("\n")) {
    const cell = /^(?:[-*] )?\*\*([A-Z]\d+(?:\.\d+)*)\*?\*?[*: ]|^\| *\**([A-Z]\d+(?:\.\d+)*)\** *\|/.exec(line)
    const id = cell?.[1] ?? cell?.[2]
    if (id !== undefined) ids.add(id)
  }
  return ids
}

/** Test names that begin with an id no document knows. */
export function unknownIds(source: string, known: ReadonlySet<string>): string[] {
  return [...source.matchAll(testName)].flatMap(([, , name = ""]) => idsOf(name).filter((id) => !known.has(id)))
}

export function ruleNumbers(): Findings {
  const documents = globSync("docs/*.md", { cwd: root }).map((path) => readFileSync(join(root, path), "utf8"))
  const known = new Set(documents.flatMap((document) => [...idsIn(document)]))
  const sources = globSync("{packages,apps,tests,scripts}/**/*.test.{ts,tsx}", { cwd: root, exclude: ["**/node_modules", "**/target"] })
  return sources
    .sort()
    .flatMap((path) =>
      unknownIds(readFileSync(join(root, path), "utf8"), known).map((id) => `${path}: ${id} stands in no document under docs/`),
    )
}
