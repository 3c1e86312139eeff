import { createSocket } from "node:dgram"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test, vi } from "vitest"
import { fakeSfu, runMain, startMain } from "./main.fixture.ts"
import { mediaAddress } from "./media/media-address.ts"
import { survivalContract } from "./survival.contract.ts"

vi.setConfig({ testTimeout: 60_000 })

const newFolder = () => mkdtempSync(join(tmpdir(), "conclave-main-"))
const sfu = fakeSfu()
const settings = (more: Record<string, string> = {}) => ({
  CONCLAVE_DATA: newFolder(),
  CONCLAVE_SFU_BIN: sfu,
  CONCLAVE_MEDIA_PORT: "0",
  ...more,
})

/** One sentence, exit code 1, nothing else. */
async function sentence(env: Record<string, string>): Promise<string> {
  const program = runMain(env)
  expect([await program.ended, program.output()]).toEqual([1, expect.stringMatching(/^[^\n]+\.\n$/)])
  return program.output()
}

/** Processes whose command line names this SFU. */
const runsOf = (path: string) =>
  readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && existsSync(`/proc/${pid}/cmdline`) && commandLine(pid).includes(path))

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8")
  } catch {
    return ""
  }
}

async function gone(path: string): Promise<void> {
  await vi.waitFor(() => expect(runsOf(path)).toEqual([]), { timeout: 10_000 })
}

test("a taken port is one sentence", async () => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  expect(await sentence(settings({ PORT: String(port) }))).toContain(`Port ${port} is taken`)
  server.close()
})

test("a taken media port is one sentence", async () => {
  const socket = createSocket("udp4").bind({ port: 0, address: mediaAddress(), exclusive: true })
  await once(socket, "listening")
  expect(await sentence(settings({ CONCLAVE_MEDIA_PORT: String(socket.address().port) }))).toMatch(
    /^UDP port \d+ on .* cannot be used for media/,
  )
  socket.close()
})

test("a data folder that cannot be used is one sentence", async () => {
  const file = join(newFolder(), "file")
  writeFileSync(file, "")
  expect(await sentence(settings({ CONCLAVE_DATA: join(file, "data") }))).toMatch(/^The data folder .* cannot be written \(E/)
  const data = newFolder()
  writeFileSync(join(data, "conclave.sqlite"), "this is a text file, and long enough not to be taken for a new database")
  expect(await sentence(settings({ CONCLAVE_DATA: data }))).toMatch(/is no database of ours/)
})

test("a missing, foreign or old SFU is one sentence", async () => {
  expect(await sentence(settings({ CONCLAVE_SFU_BIN: "/nowhere/livekit-server" }))).toMatch(
    /which is no livekit-server that runs here; version 1\.13\.5 is needed/,
  )
  expect(await sentence(settings({ CONCLAVE_SFU_BIN: fakeSfu("#!/bin/sh\necho livekit-server version 1.9.0\n") }))).toContain(
    "which is livekit-server 1.9.0",
  )
  expect(await sentence({ CONCLAVE_DATA: newFolder(), PATH: "/nowhere", CONCLAVE_CACHE: newFolder() })).toMatch(
    /^The SFU is missing: run npm start once/,
  )
})

test("D27.4: an address that others can reach without TLS is one sentence", async () => {
  expect(await sentence(settings({ CONCLAVE_HOST: "0.0.0.0" }))).toContain("set CONCLAVE_TLS_CERT and CONCLAVE_TLS_KEY")
})

test("D27.3: SIGTERM and SIGINT stop every child and exit with 0", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const own = fakeSfu()
    const program = await startMain(settings({ CONCLAVE_SFU_BIN: own }))
    expect(runsOf(own).length).toBeGreaterThan(0)
    program.child.kill(signal)
    expect(await program.ended).toBe(0)
    await gone(own)
  }
})

test("D27.3: a server killed without warning takes its SFU with it, and the next one starts on the same ports", async () => {
  const own = fakeSfu()
  const first = await startMain(settings({ CONCLAVE_SFU_BIN: own }))
  const port = String(first.port)
  first.child.kill("SIGKILL")
  await first.ended
  const second = await startMain(settings({ CONCLAVE_SFU_BIN: own, PORT: port }))
  second.child.kill("SIGKILL")
  await second.ended
  await gone(own)
})

test("D27.3: an SFU that dies is started again", async () => {
  const own = fakeSfu()
  const program = await startMain(settings({ CONCLAVE_SFU_BIN: own }))
  const isSfu = (pid: string) => commandLine(pid).startsWith(process.execPath)
  const before = runsOf(own).filter(isSfu)
  expect(before).toHaveLength(1)
  process.kill(Number(before[0]), "SIGKILL")
  await vi.waitFor(() => expect(program.output()).toContain("sfu-started-again"), { timeout: 20_000 })
  expect(runsOf(own).filter(isSfu)).not.toEqual(before)
  program.child.kill("SIGTERM")
  expect(await program.ended).toBe(0)
  await gone(own)
})

test("D27.2: no secret is in an argument, a file or the output", async () => {
  const own = fakeSfu()
  const env = settings({ CONCLAVE_SFU_BIN: own })
  const program = await startMain(env)
  const [pid] = runsOf(own)
  const config = readFileSync(`/proc/${pid}/environ`, "utf8")
    .split("\0")
    .find((line) => line.startsWith("LIVEKIT_CONFIG="))
  const secret = /"conclave":"([^"]+)"/.exec(config ?? "")?.[1] ?? ""
  expect(secret.length).toBeGreaterThan(40)
  for (const one of runsOf(own)) expect(commandLine(one)).not.toContain(secret)
  for (const file of readdirSync(env.CONCLAVE_DATA).filter((name) => name !== "console.sock"))
    expect(readFileSync(join(env.CONCLAVE_DATA, file)).includes(secret)).toBe(false)
  program.child.kill("SIGTERM")
  await program.ended
  expect(program.output()).not.toContain(secret)
})

survivalContract("SQLite", settings)

test("the data folder is for nobody else's eyes", async () => {
  const data = join(newFolder(), "fresh")
  const program = await startMain(settings({ CONCLAVE_DATA: data }))
  program.child.kill("SIGTERM")
  await program.ended
  expect(statSync(data).mode & 0o777).toBe(0o700)
})
