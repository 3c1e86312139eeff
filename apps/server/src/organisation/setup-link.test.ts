import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { basePath } from "@conclave/api"
import { fakeSfu, startMain, type Program } from "../main.fixture.ts"
import { setupLink } from "./setup-link.ts"

test("D36.1: the token is given out once, and good until there is an owner", () => {
  const setup = setupLink(true)
  const token = setup.take() ?? ""
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(setup.take()).toBeUndefined()
  expect([setup.isGood(token), setup.isGood(""), setup.isGood(`${token}A`)]).toEqual([true, false, false])
  setup.close()
  expect(setup.isGood(token)).toBe(false)
  expect(setupLink(false).take()).toBeUndefined()
})

test("D36.1: the program prints the link at each start until there is an owner, then never again", async () => {
  const env = { CONCLAVE_DATA: mkdtempSync(join(tmpdir(), "conclave-setup-")), CONCLAVE_SFU_BIN: fakeSfu(), CONCLAVE_MEDIA_PORT: "0" }
  const tokenOf = async (program: Program): Promise<string | undefined> => {
    program.child.kill("SIGTERM")
    await program.ended
    return printed.exec(program.output())?.[1]
  }
  const first = await tokenOf(await startMain(env))
  const program = await startMain(env)
  const token = printed.exec(await heard(program))?.[1]
  expect(token).toBeDefined()
  expect(token).not.toBe(first)
  const self = { organisation: "Rosen", email: "olga@example.org", name: "Olga", password: "horses eat grass slowly" }
  const body = JSON.stringify({ token, ...self })
  const headers = { "content-type": "application/json" }
  expect((await fetch(`http://localhost:${String(program.port)}${basePath}/setup`, { method: "POST", headers, body })).status).toBe(201)
  expect(await tokenOf(program)).toBe(token)
  const last = await startMain(env)
  expect(await tokenOf(last)).toBeUndefined()
  expect(last.output()).not.toContain("owner")
})

const printed = /owner here: http:\/\/localhost:\d+\/setup#([\w-]{43})\n/

/** Its output, once the line after the ready one is there too. */
async function heard(program: Program): Promise<string> {
  while (!printed.test(program.output())) await new Promise((resolve) => program.child.stdout?.once("data", resolve))
  return program.output()
}
