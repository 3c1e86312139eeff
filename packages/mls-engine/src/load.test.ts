import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { engineCodes, loadEngine, WrongModule } from "./index.ts"
import { engine } from "./people.fixture.ts"

const moduleFile = new URL("../module/engine_bg.wasm", import.meta.url)

test("D35.41: the module in the repository is the one the source names, and starts", async () => {
  const bytes = await readFile(moduleFile)
  expect(await loadEngine(bytes)).toHaveProperty("Member")
  expect(await loadEngine(new Response(bytes))).toHaveProperty("Member")
})

test("D35.41: a module with one bit changed, cut or lengthened is refused before any of it runs", async () => {
  const bytes = new Uint8Array(await readFile(moduleFile))
  const changed = bytes.slice()
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1
  const longer = new Uint8Array(bytes.length + 1)
  longer.set(bytes)
  for (const wrong of [changed, bytes.slice(0, -1), longer, new Uint8Array()]) {
    await expect(loadEngine(wrong)).rejects.toBeInstanceOf(WrongModule)
  }
})

test("D35.41: an error page in place of the module is refused", async () => {
  const bytes = await readFile(moduleFile)
  await expect(loadEngine(new Response(bytes, { status: 404 }))).rejects.toBeInstanceOf(WrongModule)
})

test("E3, D35.42: the codes of the module and of its TypeScript are the same", async () => {
  const { codes } = await engine()
  expect(codes).toEqual(engineCodes)
})
