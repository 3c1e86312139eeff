/** LiveKit as our media server: started, watched, started again, and told which rooms and people there are. */

import { randomBytes } from "node:crypto"
import type { ChildProcess } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"
import { RoomServiceClient } from "livekit-server-sdk"
import { Problem, type CallId, type MemberId, type Way } from "@conclave/wire"
import { StartRefusal, type Config } from "../config.ts"
import type { Log } from "../log.ts"
import type { MediaServer, WayIn } from "../rooms/ports.ts"
import { apiCallsTimeout, grantFor } from "./grants.ts"
import { mediaAddress } from "./media-address.ts"
import { freeTcpPort, isTcpPortFree, udpPort } from "./ports.ts"
import { sfuConfig } from "./sfu-config.ts"
import { endSfu, findSfu, runSfu } from "./sfu-process.ts"

/** One run that has answered its health check. */
interface Run {
  readonly process: ChildProcess
  readonly port: number
  readonly rooms: RoomServiceClient
  /** Calls whose media room this run has. A new run has none (livekit.md 11). */
  readonly made: Map<CallId, Promise<unknown>>
}

const backOffMs = [100, 300, 1000, 3000, 5000]
const healthyWithinMs = 15_000
const healthEveryMs = 5000
const defaultMediaPort = 7882
/** Rooms are ended by us; LiveKit's own clean-up only catches what we forget, a day later. */
const dayInSeconds = 86_400

interface Settings {
  readonly binary: string
  readonly address: string
  readonly mediaPort: number
  readonly tcpPort: number
  readonly log: Log
}

export interface LiveKit extends MediaServer {
  /** Of the run that is under way. */
  readonly processId: number | undefined
  /** Where media reach it by UDP. The same for every run. */
  readonly endpoint: { readonly address: string; readonly port: number }
}

/** Resolves when the SFU is healthy. Throws StartRefusal when it cannot be. */
export async function liveKit(config: Config, log: Log): Promise<LiveKit> {
  const binary = findSfu(config.sfu)
  const address = config.media.address ?? mediaAddress()
  const mediaPort = await chooseMediaPort(config, address)
  const { tcpPort } = config.media
  if (tcpPort !== 0 && !(await isTcpPortFree(tcpPort)))
    throw new StartRefusal(
      `TCP port ${tcpPort} cannot be used for media: end what uses it, or set CONCLAVE_MEDIA_TCP_PORT to another, or to 0 for none.`,
    )
  const supervisor = new Supervisor({ binary, address, mediaPort, tcpPort, log })
  await supervisor.start()
  return supervisor
}

/** A server that was killed a moment ago may still hold the port. */
async function chooseMediaPort({ media, port }: Config, address: string): Promise<number> {
  const wanted = media.port ?? defaultMediaPort
  for (let tries = 0; tries < 20; tries++) {
    const free = await udpPort(wanted, address)
    if (free !== undefined) return free
    if (media.port === undefined && port === 0) break
    await sleep(100)
  }
  const other = media.port === undefined && port === 0 ? await udpPort(0, address) : undefined
  if (other !== undefined) return other
  throw new StartRefusal(
    `UDP port ${wanted} on ${address} cannot be used for media: end what uses it, or set CONCLAVE_MEDIA_PORT or CONCLAVE_MEDIA_ADDRESS.`,
  )
}

class Supervisor implements LiveKit {
  readonly #settings: Settings
  readonly #key = "conclave"
  readonly #secret = randomBytes(32).toString("base64url")
  #run: Run | undefined
  #isStopped = false
  #process: ChildProcess | undefined
  #health: NodeJS.Timeout | undefined

  constructor(settings: Settings) {
    this.#settings = settings
  }

  async start(): Promise<void> {
    const run = await this.#launch()
    if (run === undefined)
      throw new StartRefusal(`The SFU ${this.#settings.binary} does not answer; it may not be able to use ${this.#settings.address}.`)
    this.#adopt(run)
    this.#health = setInterval(() => void this.#checkHealth(), healthEveryMs)
  }

  get processId(): number | undefined {
    return this.#process?.pid
  }

  get endpoint(): LiveKit["endpoint"] {
    return { address: this.#settings.address, port: this.#settings.mediaPort }
  }

  async openCall(call: CallId): Promise<void> {
    const { made, rooms } = this.#current()
    const making = made.get(call) ?? rooms.createRoom({ name: call, emptyTimeout: dayInSeconds, departureTimeout: dayInSeconds })
    made.set(call, making)
    await making.catch((error: unknown) => {
      made.delete(call)
      throw new Problem("sfu-away", { cause: error })
    })
  }

  async endCall(call: CallId): Promise<void> {
    const { made, rooms } = this.#current()
    await made.get(call)
    made.delete(call)
    await rooms.deleteRoom(call).catch(asAway)
  }

  async detach(call: CallId, member: string): Promise<void> {
    const { rooms } = this.#current()
    const people = await rooms.listParticipants(call).catch(asAway)
    if (people.some(({ identity }) => identity === member)) await rooms.removeParticipant(call, member).catch(asAway)
  }

  wayIn(call: CallId, member: MemberId): Promise<WayIn> {
    return this.#way(call, member, "member")
  }

  wayToTry(call: CallId, probe: MemberId): Promise<WayIn> {
    return this.#way(call, probe, "probe")
  }

  get ways(): readonly Way[] {
    return this.#settings.tcpPort === 0 ? ["udp"] : ["udp", "tcp"]
  }

  async isAnswering(): Promise<boolean> {
    const run = this.#run
    return run !== undefined && (await isHealthy(run.port))
  }

  async #way(call: CallId, member: MemberId, as: "member" | "probe"): Promise<WayIn> {
    await this.openCall(call)
    return { port: this.#current().port, bearer: await grantFor({ key: this.#key, secret: this.#secret, call, member, as }) }
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#health)
    if (this.#process !== undefined) await endSfu(this.#process)
  }

  #current(): Run {
    if (this.#run === undefined) throw new Problem("sfu-away")
    return this.#run
  }

  async #launch(): Promise<Run | undefined> {
    const port = await freeTcpPort()
    if (this.#isStopped) return undefined
    const { binary, address, mediaPort, tcpPort } = this.#settings
    const config = sfuConfig({ httpPort: port, mediaAddress: address, mediaPort, tcpPort, key: this.#key, secret: this.#secret })
    const process = runSfu(binary, config)
    this.#process = process
    const until = Date.now() + healthyWithinMs
    while (Date.now() < until && process.exitCode === null && process.signalCode === null) {
      if (await isHealthy(port)) {
        const rooms = new RoomServiceClient(`http://127.0.0.1:${port}`, this.#key, this.#secret, { requestTimeout: apiCallsTimeout })
        return { process, port, rooms, made: new Map() }
      }
      await sleep(50)
    }
    await endSfu(process)
    return undefined
  }

  #adopt(run: Run): void {
    this.#run = run
    const over = () => {
      run.process.stdin?.destroy()
      if (this.#run === run) this.#run = undefined
      if (!this.#isStopped) void this.#relaunch()
    }
    if (run.process.exitCode !== null || run.process.signalCode !== null) over()
    else run.process.once("exit", over)
  }

  async #relaunch(): Promise<void> {
    this.#settings.log("sfu-ended")
    for (let tries = 0; !this.#isStopped; tries++) {
      await sleep(backOffMs[Math.min(tries, backOffMs.length - 1)])
      const run = await this.#launch()
      if (run === undefined) continue
      this.#settings.log("sfu-started-again", { count: tries + 1 })
      return this.#adopt(run)
    }
  }

  /** It lives but does not answer: start anew. Two misses, for a busy machine may be slow once. */
  async #checkHealth(): Promise<void> {
    const run = this.#run
    if (run === undefined || (await isHealthy(run.port)) || (await isHealthy(run.port)) || this.#run !== run) return
    this.#settings.log("sfu-hangs")
    await endSfu(run.process)
  }
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(4000) })).ok
  } catch {
    return false
  }
}

const asAway = (error: unknown): never => {
  throw new Problem("sfu-away", { cause: error })
}
