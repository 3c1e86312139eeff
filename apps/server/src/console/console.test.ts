import { execFile } from "node:child_process"
import { statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { House } from "../house.fixture.ts"
import { consoleSocket, openConsole, type Console } from "./console.ts"

let house: House
let open: Console | undefined
beforeAll(async () => {
  house = await House.open()
  open = await openConsole({ dataFolder: house.data, ...house.stores, log: (event) => house.log.push(event), now: Date.now })
})
afterAll(async () => {
  await open?.stop()
  await house[Symbol.asyncDispose]()
})

const cli = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url))
const run = (args: string[], folder = house.data) =>
  promisify(execFile)(process.execPath, [cli, ...args], { env: { CONCLAVE_DATA: folder } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  )

test("D37.9, D37.12: a key made on the command line makes a room with the header that the seeds show", async () => {
  const { code, stdout, stderr } = await run(["key", "create", "--team", "Standups"])
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^conclave_[A-Za-z0-9_-]{43}\n$/)])
  const authorization = /^Authorization: (Bearer .+)$/m.exec(stderr)?.[1] ?? ""
  expect(Buffer.from(authorization.slice(7), "base64").toString()).toMatch(new RegExp(`^[\\w-]{22}:${stdout.trim()}$`))
  const made = await house.post("/api/v1/rooms", { topic: "standup", privacy: "public" }, { Authorization: authorization })
  expect(made.status).toBe(201)
  await run(["key", "create", "--team", "Standups"])
  expect(await house.stores.organisation.teams.byName("Standups")).toHaveLength(1)
})

test("D37.9: only the server's own user can open the socket", () => {
  expect(statSync(join(house.data, consoleSocket)).mode & 0o777).toBe(0o600)
})

test("D37.9: a command that cannot be is one sentence and no key", async () => {
  const scope = await run(["key", "create", "--team", "T", "--scope", "people.change"])
  const days = await run(["key", "create", "--team", "T", "--days", "9999"])
  const away = await run(["key", "create", "--team", "T"], "/nowhere")
  expect([scope, days, away].map(({ code, stdout }) => [code, stdout])).toEqual(Array(3).fill([1, ""]))
  expect(away.stderr).toMatch(/^No Conclave server of yours is running on the data folder \/nowhere/)
  for (const args of [[], ["key"], ["key", "create"], ["key", "create", "--team"], ["key", "create", "--team", "x", "--all"]])
    expect((await run(args)).code).toBe(2)
})
