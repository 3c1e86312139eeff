import { cruise, type ICruiseResult } from "dependency-cruiser"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, expect, test } from "vitest"
import rules from "../../.dependency-cruiser.mjs"

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The names of the rules that a small tree of the same shape as ours breaks. */
async function brokenBy(planted: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-imports-"))
  folders.push(folder)
  const tree = { ...clean, ...planted }
  for (const [path, source] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), source)
  }
  const { options, ...ruleSet } = rules
  const result = await cruise(["packages", "apps"], { ...options, ruleSet, validate: true, baseDir: folder })
  const { summary } = result.output as ICruiseResult
  return [...new Set(summary.violations.map((violation) => violation.rule.name))].sort()
}

const clean = {
  "packages/wire/src/index.ts": "export const ids = 1",
  "packages/mls-engine/src/index.ts": "export const engine = 1",
  "packages/crypto/src/sframe/index.ts": "export const seal = 1",
  "packages/crypto/src/mls/index.ts": 'import { engine } from "../../../mls-engine/src/index.ts"\nexport const mls = engine',
  "packages/delivery/src/index.ts": 'import { ids } from "../../wire/src/index.ts"\nexport const step = ids',
  "packages/call/src/index.ts": 'import { ids } from "../../wire/src/index.ts"\nexport const step = ids',
  "packages/testkit/src/index.ts": 'export { step } from "../../call/src/index.ts"',
  "apps/server/src/main.ts": 'import { step } from "../../../packages/delivery/src/index.ts"\nexport const run = step',
  "apps/web/src/main.ts": 'import "../../../packages/call/src/index.ts"\nimport "../../../packages/crypto/src/mls/index.ts"',
  "apps/web/src/frame-worker/worker.ts": 'import "../../../../packages/crypto/src/sframe/index.ts"',
}

test("D29: the clean tree breaks no rule", async () => {
  expect(await brokenBy({})).toEqual([])
})

test("D29: a server that imports key handling is caught", async () => {
  for (const target of ["crypto/src/sframe", "mls-engine/src", "call/src"]) {
    const planted = { "apps/server/src/planted.ts": `import "../../../packages/${target}/index.ts"` }
    expect(await brokenBy(planted)).toContain("D29-server-reaches-no-keys")
  }
})

test("D29: key handling smuggled to the server through a file of another package is caught", async () => {
  const planted = {
    "packages/delivery/src/index.ts": 'export { ids as step } from "../../wire/src/innocent.ts"',
    "packages/wire/src/innocent.ts": 'import "../../crypto/src/mls/index.ts"\nexport const ids = 1',
  }
  expect(await brokenBy(planted)).toContain("D29-server-reaches-no-keys")
})

test("D29: key handling for its types alone is caught as well", async () => {
  const planted = {
    "packages/delivery/src/planted.ts": 'import type { seal } from "../../crypto/src/sframe/index.ts"\nexport type Seal = typeof seal',
  }
  expect(await brokenBy(planted)).toContain("D29-server-reaches-no-keys")
})

test("D29: a server with the SFU's client or a curve library is caught", async () => {
  for (const name of ["livekit-client", "@noble/curves"]) {
    const planted = {
      [`node_modules/${name}/package.json`]: `{ "name": "${name}", "version": "1.0.0", "main": "index.js", "type": "module" }`,
      [`node_modules/${name}/index.js`]: "export const x = 1",
      "apps/server/src/planted.ts": `import "${name}"`,
    }
    expect(await brokenBy(planted)).toContain("D29-server-reaches-no-keys")
  }
})

test.each([
  ["wire-stays-low", "packages/wire/src/planted.ts", "../../delivery/src/index.ts"],
  ["crypto-stays-low", "packages/crypto/src/planted.ts", "../../wire/src/index.ts"],
  ["mls-engine-stays-low", "packages/mls-engine/src/planted.ts", "../../wire/src/index.ts"],
  ["delivery-stays-low", "packages/delivery/src/planted.ts", "../../call/src/index.ts"],
  ["call-stays-low", "packages/call/src/planted.ts", "../../crypto/src/mls/index.ts"],
  ["pure-packages-touch-no-platform", "packages/call/src/planted.ts", "node:fs"],
  ["apps-import-no-testkit", "apps/web/src/planted.ts", "../../../packages/testkit/src/index.ts"],
  ["nothing-imports-an-app", "packages/wire/src/planted.ts", "../../../apps/server/src/main.ts"],
  ["apps-do-not-meet", "apps/web/src/planted.ts", "../../server/src/main.ts"],
  ["frame-worker-is-small", "apps/web/src/frame-worker/planted.ts", "../main.ts"],
  ["ui-knows-nothing", "apps/web/src/ui/planted.ts", "../main.ts"],
  ["no-circular", "apps/web/src/main.ts", "./main.ts"],
  ["no-unresolvable", "apps/web/src/planted.ts", "./nowhere.ts"],
])("an import against %s is caught", async (rule, file, target) => {
  expect(await brokenBy({ [file]: `import "${target}"` })).toContain(rule)
})
