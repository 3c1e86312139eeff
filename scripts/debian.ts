/** What tests need from the system, installed from Debian packages where that is possible. */
import { existsSync, readdirSync } from "node:fs"
import { delimiter, join } from "node:path"
import { Refusal } from "./node24.mjs"
import { runProgram } from "./program.ts"

const wanted = [
  { program: "chromium", package: "chromium" },
  { program: "firefox-esr", package: "firefox-esr" },
  { program: "pulseaudio", package: "pulseaudio" },
  { program: "ip", package: "iproute2" },
  { program: "unshare", package: "util-linux" },
] as const

const isOnPath = (program: string): boolean =>
  [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"].some((folder) => existsSync(join(folder, program)))

/** Makes sure that browsers and sound are there: as root they are installed when missing, else one sentence says what is. */
export const ensureBrowsers = (): Promise<void> =>
  install(
    "browser tests",
    wanted.filter(({ program }) => !isOnPath(program)).map((entry) => entry.package),
  )

/** The same for PostgreSQL, whose programs Debian keeps off the path (apps/server/src/store/postgres.fixture.ts). */
export const ensurePostgres = (): Promise<void> => install("tests of the database", hasPostgres() ? [] : ["postgresql"])

function hasPostgres(): boolean {
  const all = "/usr/lib/postgresql"
  return existsSync(all) && readdirSync(all).some((version) => Number(version) >= 15 && existsSync(join(all, version, "bin/initdb")))
}

async function install(what: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const list = names.join(" ")
  if (process.getuid?.() !== 0 || !isOnPath("apt-get"))
    throw new Refusal(
      `The ${what} need these Debian packages, which are missing: ${list}; install them (apt-get install ${list}) or run as root.`,
    )
  console.log(`Installing Debian packages: ${list} …`)
  const env = { DEBIAN_FRONTEND: "noninteractive" }
  await runProgram("apt-get", ["update", "-qq"], { env })
  const { code, output } = await runProgram("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], { env })
  if (code !== 0)
    throw new Refusal(
      `Installing the Debian packages ${list} failed: ${output
        .split("\n")
        .filter((line) => line.startsWith("E:"))
        .join(" ")}`,
    )
}
