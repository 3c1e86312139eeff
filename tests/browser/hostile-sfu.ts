/**
 * An SFU that lies. The server starts it in place of livekit-server; it starts the real one behind itself, passes
 * everything on, and rewrites what is said about tracks and people. It also hands the SFU's keys to the test, which
 * can then mint valid grants: nothing that the operator of an SFU could not do.
 */

import { spawn } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, request, type IncomingMessage } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Encryption_Type, MuteTrackRequest, SignalRequest, SignalResponse, type ParticipantInfo, type TrackInfo } from "@livekit/protocol"
import { WebSocket, WebSocketServer, type RawData } from "ws"
import { pinnedSfu } from "./server.ts"
import { freePort, type SfuKeys } from "./sfu.ts"

/** What it lies about. */
export interface Lies {
  /** Says "not encrypted" of every track, to everybody and to the SFU. */
  readonly notEncrypted?: boolean
  /** Gives each newcomer the two people it finds under each other's identity. */
  readonly swapOwners?: boolean
  /** Calls everybody "Mallory", with metadata to match. */
  readonly rename?: boolean
  /** Tells each member again and again to mute what it publishes, and at once to unmute it. */
  readonly unmute?: boolean
}

/** A hostile SFU that the test prepares and the server starts. */
export interface HostileSfu {
  /** To be named in CONCLAVE_SFU_BIN. */
  readonly program: string
  /** Where the SFU listens and which keys it accepts, once the server has started it. */
  secrets(): { readonly url: string; readonly keys: SfuKeys }
  /** How many messages it has rewritten. */
  rewritten(): number
  remove(): void
}

interface Folder {
  readonly path: string
  readonly sfu: string
  readonly lies: Lies
}

/** Prepares the program. */
export function hostileSfu(lies: Lies): HostileSfu {
  const path = mkdtempSync(join(tmpdir(), "conclave-hostile-"))
  const program = join(path, "livekit-server")
  const folder: Folder = { path, sfu: pinnedSfu(), lies }
  writeFileSync(join(path, "folder.json"), JSON.stringify(folder))
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${fileURLToPath(import.meta.url)}" "${path}" "$@"\n`)
  chmodSync(program, 0o755)
  return {
    program,
    secrets: () => JSON.parse(readFileSync(join(path, "secrets.json"), "utf8")) as ReturnType<HostileSfu["secrets"]>,
    rewritten: () => Number(readFileSync(join(path, "rewritten"), "utf8")),
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

async function play({ path, sfu, lies }: Folder, args: readonly string[]): Promise<void> {
  if (args.includes("--version")) {
    spawn(sfu, args, { stdio: "inherit" }).once("exit", (code) => process.exit(code ?? 1))
    return
  }
  const said = process.env["LIVEKIT_CONFIG"] ?? ""
  const outer = Number(/"?port"?:\s*(\d+)/.exec(said)?.[1])
  const [, key = "", secret = ""] = /"?keys"?:\s*\{?\s*"?([\w-]+)"?:\s*"?([\w-]+)/.exec(said) ?? []
  const inner = await freePort()
  const child = spawn(sfu, args, {
    stdio: "inherit",
    env: { ...process.env, LIVEKIT_CONFIG: said.replace(/("?port"?:\s*)\d+/, `$1${inner}`) },
  })
  child.once("exit", (code) => process.exit(code ?? 1))
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => child.kill(signal))
  process.once("exit", () => child.kill("SIGKILL"))
  writeFileSync(join(path, "rewritten"), "0")
  relay({ outer, inner, lies, path })
  writeFileSync(join(path, "secrets.json"), JSON.stringify({ url: `ws://127.0.0.1:${outer}`, keys: { key, secret } }))
}

interface Relay {
  readonly outer: number
  readonly inner: number
  readonly lies: Lies
  readonly path: string
}

function relay({ outer, inner, lies, path }: Relay): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  let rewritten = 0
  const counted = () => {
    rewritten += 1
    writeFileSync(join(path, "rewritten"), String(rewritten))
  }
  const server = createServer((incoming, response) => {
    const onward = request(
      { port: inner, host: "127.0.0.1", path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    onward.once("error", () => response.writeHead(502).end())
    incoming.pipe(onward)
  })
  server.on("upgrade", (incoming, socket, head) => {
    sockets.handleUpgrade(incoming, socket, head, (client) => {
      splice(client, incoming, { inner, liar: new Liar(lies, counted) })
    })
  })
  server.listen(outer, "127.0.0.1")
}

function splice(client: WebSocket, incoming: IncomingMessage, { inner, liar }: { inner: number; liar: Liar }): void {
  const { authorization } = incoming.headers
  const sfu = new WebSocket(`ws://127.0.0.1:${inner}${incoming.url ?? ""}`, {
    perMessageDeflate: false,
    headers: authorization === undefined ? {} : { authorization },
  })
  const early: RawData[] = []
  client.on("message", (data) => {
    if (sfu.readyState === WebSocket.OPEN) sfu.send(liar.toSfu(bytesOf(data)))
    else early.push(data)
  })
  sfu.once("open", () => {
    for (const data of early) sfu.send(liar.toSfu(bytesOf(data)))
  })
  sfu.on("message", (data) => {
    client.send(liar.toMember(bytesOf(data)))
  })
  const forcing = setInterval(() => {
    for (const lie of liar.forced()) client.send(lie)
  }, 200)
  const end = () => {
    clearInterval(forcing)
    client.terminate()
    sfu.terminate()
  }
  for (const side of [client, sfu]) side.once("close", end).once("error", end)
}

const bytesOf = (data: RawData): Uint8Array => (Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data))

/** Rewrites the signalling of one connection. */
class Liar {
  readonly #lies: Lies
  readonly #counted: () => void
  /** Participant sid → the identity it is given instead. */
  readonly #masks = new Map<string, string>()
  /** Sids of what this member publishes. */
  readonly #published = new Set<string>()

  constructor(lies: Lies, counted: () => void) {
    this.#lies = lies
    this.#counted = counted
  }

  toSfu(bytes: Uint8Array): Uint8Array {
    const said = SignalRequest.fromBinary(bytes)
    if (this.#lies.notEncrypted !== true || said.message.case !== "addTrack") return bytes
    said.message.value.encryption = Encryption_Type.NONE
    this.#counted()
    return said.toBinary()
  }

  toMember(bytes: Uint8Array): Uint8Array {
    const said = SignalResponse.fromBinary(bytes)
    if (said.message.case === "trackPublished" && said.message.value.track !== undefined) this.#published.add(said.message.value.track.sid)
    const people = peopleIn(said)
    const tracks = [...people.flatMap((one) => one.tracks), ...tracksIn(said)]
    if (people.length === 0 && tracks.length === 0) return bytes
    if (said.message.case === "join" && this.#lies.swapOwners === true) this.#chooseMasks(said.message.value.otherParticipants)
    for (const person of people) person.identity = this.#masks.get(person.sid) ?? person.identity
    if (this.#lies.rename === true) for (const person of people) Object.assign(person, { name: "Mallory", metadata: '{"name":"Mallory"}' })
    if (this.#lies.notEncrypted === true) for (const track of tracks) track.encryption = Encryption_Type.NONE
    this.#counted()
    return said.toBinary()
  }

  /** What is said to the member though the SFU never said it. */
  forced(): Uint8Array[] {
    if (this.#lies.unmute !== true) return []
    return [...this.#published].flatMap((sid) =>
      [true, false].map((muted) => {
        this.#counted()
        return new SignalResponse({ message: { case: "mute", value: new MuteTrackRequest({ sid, muted }) } }).toBinary()
      }),
    )
  }

  #chooseMasks([one, other]: readonly ParticipantInfo[]): void {
    if (one === undefined || other === undefined) return
    this.#masks.set(one.sid, other.identity)
    this.#masks.set(other.sid, one.identity)
  }
}

function peopleIn({ message }: SignalResponse): ParticipantInfo[] {
  if (message.case === "join")
    return [...message.value.otherParticipants, ...(message.value.participant === undefined ? [] : [message.value.participant])]
  return message.case === "update" ? message.value.participants : []
}

function tracksIn({ message }: SignalResponse): TrackInfo[] {
  return message.case === "trackPublished" && message.value.track !== undefined ? [message.value.track] : []
}

if (import.meta.main) {
  const [folder = "", ...args] = process.argv.slice(2)
  await play(JSON.parse(readFileSync(join(folder, "folder.json"), "utf8")) as Folder, args)
}
