/**
 * `node scripts/in-namespace.ts <script.ts or program> [arguments]`: runs something in a private network with sound. The network has
 * loopback, one bridge and a default route (Firefox offers no candidates without one), and nothing else: no packet can leave the
 * machine, and names of foreign hosts are unknown at once instead of after seconds. PulseAudio runs with a null sink, because without a sound device Firefox's AudioContext never runs.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { environmentFor, Refusal, runInForeground } from "./node24.mjs"
import { main } from "./program.ts"

const address = "10.9.9.9"
const network = [
  "ip link set lo up",
  "ip link add conclave0 type bridge",
  // No addresses of IPv6: they come seconds after the link, and Chromium ends what it loads when an address comes.
  "ip link set conclave0 addrgenmode none",
  `ip addr add ${address}/24 dev conclave0`,
  "ip link set conclave0 up",
  // A bridge whose last port has gone is down, and nobody offers a candidate on it any more: this port stays (tests/browser/far.ts).
  "ip link add conclave1 type veth peer name conclave2",
  "ip link set conclave1 addrgenmode none master conclave0 up",
  "ip link set conclave2 addrgenmode none up",
  "ip route add default dev conclave0",
  // Without a name server in it the resolver asks this host, where nobody listens; the one of the machine would let it wait for an answer.
  "{ mount --bind /dev/null /etc/resolv.conf || true; }",
].join(" && ")

/**
 * The unshare command line that works for this user: root makes a network at once, others first become root of a user namespace.
 * Processes get a namespace of their own too: when the run ends, by itself or by a signal, no browser and no SFU outlives it.
 */
function unshare(): string[] {
  const both = ["--net", "--pid", "--fork", "--mount-proc", "--kill-child=SIGKILL"]
  const wanted = process.getuid?.() === 0 ? both : ["--map-root-user", ...both]
  if (spawnSync("unshare", [...wanted, "true"]).status === 0) return wanted
  throw new Refusal(
    "A private network namespace cannot be made (unshare --net failed): run as root, or allow unprivileged user namespaces.",
  )
}

/** Runs a command in the private network and gives back its exit code. */
export async function runInNamespace(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const [program = "", ...args] = command
  const isScript = /\.m?[jt]s$/.test(program)
  const words = isScript ? [process.execPath, program, ...args] : [...command]
  const sound = await startSound()
  try {
    const given = ["sh", "-c", `PATH="$PATH:/usr/sbin:/sbin"; ${network} && "$@"`, "sh", ...words]
    const inside = { ...env, ...sound.env, CONCLAVE_PRIVATE_NETWORK: address, PATH: environmentFor(process.execPath)["PATH"] }
    // unshare ignores SIGTERM while it waits, and takes its whole process namespace along when it is killed.
    return await runInForeground("unshare", [...unshare(), ...given], { env: inside, passAs: "SIGKILL" })
  } finally {
    sound.stop()
  }
}

interface Sound {
  readonly env: Readonly<Record<string, string>>
  stop(): void
}

/** A PulseAudio of our own with one silent output, in a folder of its own. */
async function startSound(): Promise<Sound> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-sound-"))
  const socket = join(folder, "native")
  const server = launchPulse(folder, socket)
  let failure: string | undefined
  server.once("error", (error) => (failure = error.message))
  server.once("exit", () => (failure ??= "it ended at once"))
  for (let tries = 0; !existsSync(socket) && tries < 100 && failure === undefined; tries++) await pause(50)
  const stop = (): void => {
    server.kill("SIGTERM")
    rmSync(folder, { recursive: true, force: true })
  }
  if (existsSync(socket)) return { env: { PULSE_SERVER: `unix:${socket}`, PULSE_COOKIE: join(folder, "cookie") }, stop }
  stop()
  throw new Refusal(`PulseAudio does not start (${failure ?? "no socket after 5 s"}); Firefox needs it for sound.`)
}

function launchPulse(folder: string, socket: string): ChildProcess {
  const modules = ["module-null-sink sink_name=conclave", `module-native-protocol-unix auth-anonymous=1 socket=${socket}`]
  const args = [
    "-n",
    "--daemonize=no",
    "--use-pid-file=no",
    "--exit-idle-time=-1",
    "--disable-shm=yes",
    ...modules.flatMap((module) => ["-L", module]),
  ]
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder, PULSE_CONFIG_PATH: folder }
  return spawn("pulseaudio", args, { env, stdio: "ignore" })
}

if (import.meta.main) await main(() => runInNamespace(process.argv.slice(2)))
