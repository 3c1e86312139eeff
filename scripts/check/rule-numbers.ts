/** Numbers of rules: every one that a test begins with must stand in the documents, and every file the documents name must exist. */
import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { rowsIn, rulesIn } from "../claims/documents.ts"
import { idsOf } from "../claims/ids.ts"
import { root } from "../program.ts"
import type { Findings } from "./tools.ts"

const testName = /\b(?:test|it|describe)(?:\.\w+)*(?:<[^<>]*>)?(?:\([^()]*\))?\(\s*(["'`])(.+?)\1/g

/** Ids at the start of test names that no document knows. */
export function unknownIds(source: string, known: ReadonlySet<string>): string[] {
  return [...source.matchAll(testName)].flatMap(([, , name = ""]) => idsOf(name).filter((id) => !known.has(id)))
}

/** Files of the tree that a document names in backticks and that are not there. */
export function missingFiles(document: string, exists: (path: string) => boolean): string[] {
  const named = [...document.matchAll(/`((?:packages|apps|scripts|tests|bench|docs|sfu)\/[\w./-]+\.\w+)`/g)].map(([, path = ""]) => path)
  return [...new Set(named)].filter((path) => !exists(path))
}

/** The check: test names against ids, and named files against the tree. */
export function ruleNumbers(): Findings {
  const documents = globSync(["docs/*.md", "docs/adr/*.md", "*.md"], { cwd: root }).map((path) => ({
    path,
    text: readFileSync(join(root, path), "utf8"),
  }))
  const known = new Set(documents.flatMap(({ text }) => [...rulesIn(text), ...rowsIn(text)].map(({ id }) => id)))
  const sources = globSync("{packages,apps,tests,scripts}/**/*.{test.ts,test.tsx,contract.ts}", {
    cwd: root,
    exclude: ["**/node_modules", "**/target"],
  })
  const strangers = sources
    .sort()
    .filter((path) => !path.startsWith("scripts/"))
    .flatMap((path) =>
      unknownIds(readFileSync(join(root, path), "utf8"), known).map((id) => `${path}: ${id} stands in no document under docs/`),
    )
  const gone = documents.flatMap(({ path, text }) =>
    missingFiles(text, (file) => existsSync(join(root, file))).map((file) => `${path} names ${file}, which is not there`),
  )
  return [...strangers, ...gone]
}
