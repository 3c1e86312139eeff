import { afterAll, beforeAll, expect, test } from "vitest"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { House } from "../house.fixture.ts"
import { goodPassword, Person, setUpOwner } from "../organisation/people.fixture.ts"
import { openConsole, type Console } from "./console.ts"

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
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [cli, "account", "recover", ...args], { env: { CONCLAVE_DATA: house.data } }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: unknown) => error as { code: number; stdout: string },
  )

test("D36.15, D36.20: the server's own user gives the only owner a way back, which is logged and voids what was before", async () => {
  const owner = await setUpOwner(house)
  const { code, stdout } = await run("OLGA@example.org")
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^\/invitation#[\w-]{43}\n$/)])
  expect(house.log).toContain("recovery-offered")
  const password = "another fine sentence"
  const anew = new Person(house, "Olga")
  expect((await anew.ask("POST /invitations/recover", { token: stdout.trim().split("#")[1], password })).status).toBe(200)
  expect((await owner.ask("GET /account")).status).toBe(401)
  expect((await new Person(house, "Olga").logIn(goodPassword)).code).toBe("login-refused")
  expect((await anew.ask("GET /account")).body).toMatchObject({ role: "owner" })
})

test("D36.15: nobody gets a link who has no account", async () => {
  expect(await run("nobody@example.org")).toMatchObject({ code: 1, stdout: "" })
  expect([(await run()).code, (await run("a@b.c", "d")).code]).toEqual([2, 2])
})
