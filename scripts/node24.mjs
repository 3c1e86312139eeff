/**
 * Finds or fetches the Node that runs everything else. Plain JavaScript and only Node built-ins, because this file must
 * run on any Node from 20 on and before any dependency is installed.
 */
import { spawn, spawnSync } from "node:child_process"
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync } from "node:fs"
import { constants as osConstants, homedir } from "node:os"
import { delimiter, dirname, join } from "node:path"

/** The exact Node that is fetched when the system's own is older. */
export const nodeVersion = "24.21.0"
const neededMajor = 24

/** Something a person must do before we can go on. Its message is the one sentence that is printed. */
export class Refusal extends Error {}

/** Where fetched and built programs are kept: outside the clone, so that a new clone starts quickly. */
export function cacheFolder() {
  const { CONCLAVE_CACHE, XDG_CACHE_HOME } = process.env
  if (CONCLAVE_CACHE) return CONCLAVE_CACHE
  return XDG_CACHE_HOME ? join(XDG_CACHE_HOME, "conclave") : join(homedir(), ".cache", "conclave")
}

/** Makes a folder that we can write to, or refuses in one sentence. */
export function writableFolder(path) {
  try {
    makeFolders(path)
    accessSync(path, constants.W_OK)
    return path
  } catch (error) {
    throw new Refusal(`The folder ${path} cannot be written (${error.code ?? "unknown error"}); set CONCLAVE_CACHE to one that can.`)
  }
}

/** One folder after the other: where nothing can be made, Node's own recursive form goes round for ever (Node 20, below /proc). */
function makeFolders(path) {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another start made it meanwhile.
    if (error.code !== "EEXIST") throw error
  }
}

/** The command line of npm: the one that started us when there is one, else the one on PATH. */
export function npmCommand() {
  const started = process.env.npm_execpath
  if (started?.endsWith("npm-cli.js") && existsSync(started)) return [process.execPath, started]
  if (spawnSync("npm", ["--version"]).status === 0) return ["npm"]
  throw new Refusal("npm was not found; install it together with Node 20 or newer.")
}

/** Quiet, and without the minutes that npm waits by itself when there is no network. */
export const npmFlags = ["--no-audit", "--no-fund", "--loglevel=error", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000"]

/** Turns what a failed npm or go printed into one sentence. */
export function sentenceFor(task, output) {
  if (/ENOSPC|no space left/i.test(output)) return `${task} failed because the disk is full.`
  if (/EACCES|EROFS|EPERM|permission denied/.test(output)) return `${task} failed because a folder cannot be written: ${lastLine(output)}`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|dial tcp|no such host|i\/o timeout/.test(output))
    return `${task} failed because the package registry could not be reached; check the network or the proxy settings and run the command again.`
  return `${task} failed: ${lastLine(output)}`
}

function lastLine(output) {
  const lines = output.split("\n").map((line) => line.replace(/^npm (error|ERR!)( code)? */, "").trim())
  return lines.find((line) => line !== "" && !line.startsWith("npm warn")) ?? "it gave no reason"
}

/** Runs a program to its end and refuses with a sentence when it fails. */
function runQuietly(task, [program, ...args]) {
  const done = spawnSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
  if (done.status !== 0) throw new Refusal(sentenceFor(task, `${done.stderr ?? ""}\n${done.stdout ?? ""}\n${done.error?.message ?? ""}`))
}

/** Whether the disk under a folder has no room left, to the megabyte. */
function isFull(folder) {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < 1024 * 1024
}

/** Which npm package holds a ready Node for this machine; the ones for Linux carry no install script. */
function packageFor(platform, arch) {
  const plain = platform === "linux" && (arch === "x64" || arch === "arm64")
  return plain ? { name: `node-linux-${arch}`, scripts: "--ignore-scripts" } : { name: "node", scripts: "--ignore-scripts=false" }
}

/** Fetches Node into the cache. The folder appears whole or not at all: two starts at once do no harm. */
function fetchNode(home) {
  const { name, scripts } = packageFor(process.platform, process.arch)
  const npm = npmCommand()
  console.log(`Node ${process.versions.node} is older than ${neededMajor}: fetching Node ${nodeVersion} into ${home} (once) …`)
  writableFolder(dirname(home))
  const work = mkdtempSync(join(dirname(home), ".fetch-"))
  try {
    const flags = ["--no-save", scripts, ...npmFlags, "--prefix", work]
    runQuietly(`Fetching Node ${nodeVersion}`, [...npm, "install", ...flags, `${name}@${nodeVersion}`])
    const bin = join(work, "node_modules", name, "bin")
    if (spawnSync(join(bin, "node"), ["--version"]).status !== 0)
      // npm can leave half a file on a full disk without a word.
      throw new Refusal(
        isFull(work)
          ? sentenceFor(`Fetching Node ${nodeVersion}`, "ENOSPC")
          : `The fetched Node ${nodeVersion} does not run on this machine; install Node ${neededMajor} or newer and start again.`,
      )
    mkdirSync(home, { recursive: true })
    if (!existsSync(join(home, "bin"))) renameSync(bin, join(home, "bin"))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The path of a Node of version 24 or newer. */
export function node24() {
  if (Number(process.versions.node.split(".")[0]) >= neededMajor) return process.execPath
  const home = join(cacheFolder(), "node", nodeVersion)
  const path = join(home, "bin", "node")
  if (!existsSync(path)) fetchNode(home)
  return path
}

/** The environment of a child in which `node` is the Node given. */
export const environmentFor = (nodePath) => ({ ...process.env, PATH: dirname(nodePath) + delimiter + (process.env.PATH ?? "") })

/**
 * Runs a program in the foreground: it has our terminal, gets our signals, and its end is our end. Ctrl-C in a terminal reaches the
 * whole process group by itself, so it is not passed on a second time. `passAs` replaces the signal for programs that ignore polite ones.
 */
export function runInForeground(program, args, { passAs, ...options } = {}) {
  const child = spawn(program, args, { stdio: "inherit", ...options })
  const pass = (signal) => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(passAs ?? signal)
  }
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"]
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code, signal) => {
      for (const each of signals) process.off(each, pass)
      resolve(code ?? 128 + (osConstants.signals[signal] ?? 0))
    })
  })
}
