/** A private network, process table and sound card for everything that starts a browser. */

import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Set inside, to the folder of the sound server. Nobody else sets it. */
const mark = "CONCLAVE_NAMESPACE"

/**
 * Runs inside, as process 1 of the namespace, so that whatever a test forgets dies with it.
 * Firefox offers no loopback candidate and no candidate at all without a default route, so there is a bridge
 * that leads nowhere: both browsers connect over it, and nothing can leave the machine.
 * Without a sound card Firefox's AudioContext never runs, hence PulseAudio with a sink that swallows.
 */
const inside = `
ip link set lo up
ip link add d0 type bridge
ip addr add 10.9.9.9/24 dev d0
ip link set d0 up
ip route add default dev d0
export PULSE_SERVER="unix:$${mark}/sound" XDG_RUNTIME_DIR="$${mark}"
pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no --log-level=error \\
  --load="module-native-protocol-unix socket=$${mark}/sound auth-anonymous=1" \\
  --load="module-null-sink sink_name=nowhere" >"$${mark}/pulse.log" 2>&1 &
waited=0
while [ ! -S "$${mark}/sound" ] && [ $waited -lt 50 ]; do sleep 0.1; waited=$((waited + 1)); done
"$@"
exit $?
`

/** Whether this process already runs in the namespace. */
export const isInNamespace = (): boolean => process.env[mark] !== undefined

/**
 * Runs a command inside a fresh namespace and resolves with its exit code.
 * A signal to this process ends everything inside at once.
 */
export function runInNamespace(command: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-ns-"))
  const own = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"]
  const args = [...own, "--net", "--pid", "--fork", "--mount-proc", "--kill-child=SIGKILL", "sh", "-c", inside, "sh", ...command]
  const child = spawn("unshare", args, { stdio: "inherit", env: { ...process.env, [mark]: folder } })
  const stop = () => child.kill("SIGKILL")
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop)
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code) => {
      rmSync(folder, { recursive: true, force: true })
      resolve(code ?? 1)
    })
  })
}

/**
 * Called first in a script: starts the same script again inside the namespace and ends this process with its
 * exit code. Returns at once when it is inside already.
 */
export async function moveIntoNamespace(): Promise<void> {
  if (isInNamespace()) return
  process.exit(await runInNamespace([process.execPath, ...process.execArgv, ...process.argv.slice(1)]))
}
