import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { fakeSfu, runMain, startMain } from "./main.fixture.ts"
import { startCluster, type Cluster } from "./store/postgres.fixture.ts"
import { postRoom, survivalContract } from "./survival.contract.ts"

vi.setConfig({ testTimeout: 60_000 })

const sfu = fakeSfu()
let cluster: Cluster
beforeAll(async () => {
  cluster = await startCluster()
})
afterAll(() => cluster[Symbol.asyncDispose]())

let made = 0
async function settings(): Promise<Record<string, string>> {
  const database = `main${++made}`
  await cluster.make(database)
  return {
    DATABASE_URL: cluster.url(database),
    CONCLAVE_DATA: mkdtempSync(join(tmpdir(), "conclave-main-")),
    CONCLAVE_SFU_BIN: sfu,
    CONCLAVE_MEDIA_PORT: "0",
  }
}

survivalContract("PostgreSQL", settings)

test("D38.1: with DATABASE_URL nothing is kept in SQLite", async () => {
  const env = await settings()
  const program = await startMain(env)
  expect(readdirSync(env["CONCLAVE_DATA"] ?? "")).not.toContain("conclave.sqlite")
  program.child.kill("SIGTERM")
  expect(await program.ended).toBe(0)
})

test("D38.2: the password is in no output, and no other process is given it", async () => {
  const own = fakeSfu()
  const env: Record<string, string> = { ...(await settings()), CONCLAVE_SFU_BIN: own }
  const password = new URL(env["DATABASE_URL"]?.replace("@/", "@h/") ?? "").password
  expect(password.length).toBeGreaterThan(20)
  const program = await startMain(env)
  const others = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && textOf(pid, "cmdline").includes(own))
  expect(others.length).toBeGreaterThan(0)
  for (const pid of others) expect(textOf(pid, "cmdline") + textOf(pid, "environ")).not.toContain(password)
  const second = runMain(env)
  expect([await second.ended, second.output()]).toEqual([
    1,
    expect.stringMatching(/^The database main\d+ is in use by another [^\n]+\.\n$/),
  ])
  program.child.kill("SIGTERM")
  await program.ended
  expect(program.output()).not.toContain(password)
})

test("D38.2: a wrong password, a missing database and an address that is none are one sentence each", async () => {
  const env = await settings()
  for (const [url, sentence] of [
    [
      env["DATABASE_URL"]?.replace(/:[0-9a-f]+@/, ":wr0ng@") ?? "",
      /^PostgreSQL in [^\n]+ refuses the user name or the password in DATABASE_URL\.\n$/,
    ],
    [env["DATABASE_URL"]?.replace(/main\d+/, "gone") ?? "", /^PostgreSQL in [^\n]+ has no database gone: [^\n]+\.\n$/],
    ["mysql://root:wr0ng@localhost/db", /^DATABASE_URL must look like postgresql:[^\n]+\.\n$/],
  ] as const) {
    const program = runMain({ ...env, DATABASE_URL: url })
    expect([await program.ended, program.output()]).toEqual([1, expect.stringMatching(sentence)])
    expect(program.output()).not.toContain("wr0ng")
  }
})

test("D38.7: the program outlives a restart of its database", async () => {
  const env = await settings()
  const program = await startMain(env)
  const database = `main${made}`
  await cluster.run(`alter database ${database} allow_connections false`)
  await cluster.run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`)
  const make = async (): Promise<number> => (await postRoom(program.port)).status
  await vi.waitFor(() => expect(program.output()).toContain("database-away"), { timeout: 20_000 })
  expect(await make()).toBe(503)
  await cluster.run(`alter database ${database} allow_connections true`)
  await vi.waitFor(() => expect(program.output()).toContain("database-back"), { timeout: 20_000 })
  expect(await make()).toBe(201)
  program.child.kill("SIGTERM")
  expect(await program.ended).toBe(0)
})

test("D38.1: the data folder is needed with PostgreSQL too, and one that cannot be used is one sentence", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "conclave-main-")), "file")
  writeFileSync(file, "")
  const program = runMain({ ...(await settings()), CONCLAVE_DATA: join(file, "data") })
  expect([await program.ended, program.output()]).toEqual([
    1,
    expect.stringMatching(/^The data folder [^\n]+ cannot be written \(E[^\n]+\.\n$/),
  ])
})

function textOf(pid: string, file: "cmdline" | "environ"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8")
  } catch {
    return ""
  }
}
