/** Finds or builds the media server (SFU): LiveKit, unmodified, of exactly one version. Uses only Node built-ins. */
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { cacheFolder, Refusal, sentenceFor, writableFolder } from "./node24.mjs"
import { root, runProgram } from "./program.ts"

/** The version `sfu/go.mod` pins. */
export const sfuVersion = "1.13.5"
const neededGo = { major: 1, minor: 26 }
const mainPackage = "github.com/livekit/livekit-server/cmd/server"
const otherWay = `put livekit-server ${sfuVersion} on PATH or name it in CONCLAVE_SFU_BIN`

/** The path of a livekit-server of the right version. The first one found of: `CONCLAVE_SFU_BIN`, `PATH`, our cache, a fresh build. */
export async function sfuBinary(): Promise<string> {
  const named = process.env["CONCLAVE_SFU_BIN"]
  if (named !== undefined && named !== "") return fittingOrRefused(named)
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const candidate = join(folder, "livekit-server")
    if (folder !== "" && existsSync(candidate) && (await versionOf(candidate)) === sfuVersion) return candidate
  }
  const cached = join(cacheFolder(), "sfu", sfuVersion, "livekit-server")
  if (!existsSync(cached)) await build(cached)
  return cached
}

async function fittingOrRefused(path: string): Promise<string> {
  const found = await versionOf(path)
  if (found === sfuVersion) return path
  const what = found === undefined ? "is not a livekit-server that runs here" : `is livekit-server ${found}`
  throw new Refusal(`CONCLAVE_SFU_BIN names ${path}, which ${what}; version ${sfuVersion} is needed.`)
}

async function versionOf(path: string): Promise<string | undefined> {
  const { code, output } = await runProgram(path, ["--version"])
  return code === 0 ? /livekit-server version (\S+)/.exec(output)?.[1] : undefined
}

/** Why this Go cannot build the SFU, or undefined when it can. Takes what `go version` printed. */
export function goProblem(printed: string | undefined): string | undefined {
  const needed = `${String(neededGo.major)}.${String(neededGo.minor)}`
  if (printed === undefined) return `No Go was found and the SFU has to be built: install Go ${needed} or newer, or ${otherWay}.`
  const [, version = "unknown", major = "0", minor = "0"] = /go((\d+)\.(\d+)\S*)/.exec(printed) ?? []
  const isNewEnough = Number(major) > neededGo.major || (Number(major) === neededGo.major && Number(minor) >= neededGo.minor)
  if (isNewEnough) return undefined
  return `Go ${version} was found, and Go ${needed} or newer is needed to build the SFU: install that, or ${otherWay}.`
}

async function build(target: string): Promise<void> {
  const found = await runProgram("go", ["version"], { env: { GOTOOLCHAIN: "local" } })
  const problem = goProblem(found.code === 0 ? found.output : undefined)
  if (problem !== undefined) throw new Refusal(problem)
  writableFolder(dirname(target))
  const work = mkdtempSync(join(dirname(target), ".build-"))
  try {
    console.log(`Building the SFU, livekit-server ${sfuVersion} (once, about a minute and a half) …`)
    const binary = join(work, "livekit-server")
    await compile(binary)
    if ((await versionOf(binary)) !== sfuVersion)
      throw new Refusal(`The SFU that was built is not livekit-server ${sfuVersion}; sfu/go.mod was changed.`)
    renameSync(binary, target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Fetches the sources, counts what has to be compiled, compiles it, and says every few seconds how far it has got. */
async function compile(binary: string): Promise<void> {
  const how = { cwd: join(root, "sfu"), env: { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "-mod=readonly" } }
  const fetching = progress((count) => `  fetching sources: ${String(count)} modules`)
  const listed = await runProgram("go", ["list", "-deps", mainPackage], {
    ...how,
    onLine: (line) => {
      if (line.startsWith("go: downloading")) fetching()
    },
  })
  if (listed.code !== 0) throw new Refusal(sentenceFor("Fetching the sources of the SFU", goError(listed.output)))
  const total = listed.output.split("\n").filter((line) => line !== "" && !line.startsWith("go: ")).length
  const compiling = progress((count) => `  compiling: ${String(count)} of at most ${String(total)} packages`)
  const args = ["build", "-v", "-trimpath", "-ldflags", "-s -w", "-o", binary, mainPackage]
  const built = await runProgram("go", args, { ...how, onLine: compiling })
  if (built.code !== 0) throw new Refusal(sentenceFor("Building the SFU", goError(built.output)))
}

/** The lines of go's output that tell of a failure: the names of fetched modules and compiled packages are not. */
const goError = (output: string): string =>
  output
    .split("\n")
    .filter((line) => /[:\s]/.test(line.trim()) && !line.startsWith("go: downloading"))
    .join("\n")

const progressEveryMs = 5_000

function progress(say: (count: number) => string): () => void {
  let count = 0
  let saidAt = Date.now()
  return () => {
    count += 1
    if (Date.now() - saidAt < progressEveryMs) return
    saidAt = Date.now()
    console.log(say(count))
  }
}
