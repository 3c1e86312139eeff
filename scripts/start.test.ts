import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { hashOfInputs } from "./client.ts"
import { areDependenciesInPlace } from "./dependencies.ts"
import { sentenceFor } from "./node24.mjs"
import { goProblem } from "./sfu.ts"

let folder = ""

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conclave-start-"))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const lock = (packages: object): string => JSON.stringify({ packages })

test("a Go that is missing or too old is told with the version found, the version needed and the other way", () => {
  expect(goProblem("go version go1.26.0 linux/amd64\n")).toBeUndefined()
  expect(goProblem("go version go1.31.2 linux/arm64\n")).toBeUndefined()
  expect(goProblem("go version go1.19.8 linux/amd64\n")).toMatch(
    /^Go 1\.19\.8 was found, and Go 1\.26 or newer is needed .* CONCLAVE_SFU_BIN\.$/,
  )
  expect(goProblem(undefined)).toMatch(/^No Go was found .* Go 1\.26 or newer.* CONCLAVE_SFU_BIN\.$/)
})

test("what a tool printed becomes one sentence that says what to do", () => {
  expect(sentenceFor("Installing", "npm error code ENOSPC\nnpm error nospc no space left on device")).toBe(
    "Installing failed because the disk is full.",
  )
  expect(sentenceFor("Installing", "npm error code ENOTFOUND\nnpm error network")).toContain("could not be reached")
  expect(sentenceFor("Building", "dial tcp: lookup proxy: no such host")).toContain("could not be reached")
  expect(sentenceFor("Installing", "npm error code EACCES\nnpm error path /x")).toContain("cannot be written")
  expect(sentenceFor("Building", "\nsomething else\n")).toBe("Building failed: something else")
})

test("dependencies are in place when npm's record agrees with the lockfile, optional packages of other machines aside", () => {
  expect(areDependenciesInPlace(folder)).toBe(false)
  write(
    "package-lock.json",
    lock({ "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b-win": { version: "1.0.0", optional: true } }),
  )
  write("node_modules/.package-lock.json", lock({ "node_modules/a": { version: "1.0.0" } }))
  expect(areDependenciesInPlace(folder)).toBe(true)
  write("node_modules/.package-lock.json", lock({ "node_modules/a": { version: "0.9.0" } }))
  expect(areDependenciesInPlace(folder)).toBe(false)
  write("node_modules/.package-lock.json", lock({}))
  expect(areDependenciesInPlace(folder)).toBe(false)
})

test("the client is built again when a source changes, and not for a test or its own output", () => {
  write("apps/web/src/main.tsx", "1")
  const before = hashOfInputs(folder)
  write("apps/web/src/main.test.tsx", "1")
  write("apps/web/dist/index.html", "1")
  expect(hashOfInputs(folder)).toBe(before)
  write("packages/wire/src/ids.ts", "1")
  expect(hashOfInputs(folder)).not.toBe(before)
})
