/** A whole server on a free port for tests: real SQLite in a folder of its own, real sockets, an SFU that only takes notes. */

import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto"
import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { WebSocket } from "ws"
import { fromBase64url, idFrom, parseServerEnvelope, paths, printBody, printEnvelope, toBase64url } from "@conclave/wire"
import type { CallId, MemberEnvelope, MemberId, RoomChangeBody, RoomId, ServerEnvelope } from "@conclave/wire"
import type { Config } from "./config.ts"
import { entryKeyInFolder } from "./entry/entry-key.ts"
import { lineLog } from "./log.ts"
import type { Relay } from "./relay/open-relay.ts"
import type { MediaServer, RoomStore, WayIn } from "./rooms/ports.ts"
import { signedBytes } from "./rooms/room-signature.ts"
import { passwordHasher, type PasswordHasher } from "./organisation/password-hash.ts"
import { sealInFolder } from "./organisation/seal.ts"
import { runServer, type RunningServer } from "./server.ts"
import { allStores, type Stores } from "./store/all-stores.ts"
import { sqliteDatabase } from "./store/sqlite.ts"
import { hashOf } from "./tokens.ts"
import type { Post } from "./webhooks/post.ts"

export const random = (length = 16) => new Uint8Array(randomBytes(length))
export const newId = <T extends RoomId | CallId | MemberId>(): T => idFrom<T>(random())

/** A PrivateMessage as far as the server can tell. */
export function privateMessage(call: CallId, epoch: number, contentType: 1 | 2 | 3): Uint8Array<ArrayBuffer> {
  const group = fromBase64url(call)
  if (group === undefined) throw new Error("bug: no id")
  const bytes = new Uint8Array(35)
  bytes.set([0, 1, 0, 2, 16])
  bytes.set(group, 5)
  new DataView(bytes.buffer).setBigUint64(21, BigInt(epoch))
  bytes.set([contentType, 0, 1, 9, 1, 9], 29)
  return bytes
}

type Commit = Extract<MemberEnvelope, { type: "commit" }>
export const commitOf = (call: CallId, epoch: number, by: Partial<Commit> = {}): Commit =>
  ({ type: "commit", request: 1, epoch, commit: privateMessage(call, epoch, 3), welcomes: [], removes: [], ...by }) as Commit

/** An SFU that notes what it is asked. */
export class NotingMedia implements MediaServer {
  readonly notes: string[] = []
  way: WayIn = { port: 1, bearer: "bearer" }
  openCall = (call: CallId) => Promise.resolve(void this.notes.push(`open ${call}`))
  endCall = (call: CallId) => Promise.resolve(void this.notes.push(`end ${call}`))
  detach = (_: CallId, member: MemberId) => Promise.resolve(void this.notes.push(`detach ${member}`))
  wayIn = () => Promise.resolve(this.way)
  wayToTry = (call: CallId, probe: MemberId) => Promise.resolve((this.notes.push(`try ${call} ${probe}`), this.way))
  ways: MediaServer["ways"] = ["udp", "tcp"]
  isAnswering = () => Promise.resolve(true)
  stop = () => Promise.resolve()
}

export interface HouseOptions {
  readonly config?: Partial<Config>
  readonly media?: MediaServer
  readonly relay?: Relay | undefined
  /** Stands between the server and its SQLite. */
  readonly wrapStore?: (store: RoomStore) => RoomStore
  readonly clientFolder?: string
  readonly data?: string
  /** Another clock, milliseconds since 1970. */
  readonly now?: () => number
  readonly hasher?: PasswordHasher
  readonly webhookPost?: Post
}

export class House {
  readonly log: string[] = []
  readonly media = new NotingMedia()
  readonly data: string
  stores!: Stores
  private server!: RunningServer
  private readonly clients: Client[] = []
  private readonly options: HouseOptions

  private constructor(options: HouseOptions) {
    this.options = options
    this.data = options.data ?? mkdtempSync(join(tmpdir(), "conclave-house-"))
  }

  static async open(options: HouseOptions = {}): Promise<House> {
    const house = new House(options)
    await house.start()
    return house
  }

  async start(): Promise<void> {
    const { config, media = this.media, wrapStore = (store) => store, clientFolder = join(this.data, "no-client") } = this.options
    const stores = allStores(await sqliteDatabase(this.data))
    this.stores = { ...stores, store: wrapStore(stores.store) }
    const log = lineLog(
      (line) => this.log.push(line),
      () => new Date(),
    )
    this.server = await runServer({
      config: { host: "127.0.0.1", port: 0, tls: undefined, clientFolder, ...config },
      ...this.stores,
      seal: sealInFolder(this.data),
      entryKey: entryKeyInFolder(this.data),
      // The real cost is another test's.
      hasher: this.options.hasher ?? passwordHasher({ memory: 64, passes: 1 }),
      // No test sends anything to the world.
      webhookPost: this.options.webhookPost ?? (() => Promise.resolve({ problem: "no-connection", status: undefined })),
      media,
      relay: this.options.relay,
      log,
      now: this.options.now ?? (() => performance.timeOrigin + performance.now()),
    })
  }

  /** The server goes; its data stays. */
  async stop(): Promise<void> {
    for (const client of this.clients.splice(0)) client.socket.terminate()
    await this.server.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    rmSync(this.data, { recursive: true, force: true })
  }

  /** While there is one. */
  get setupToken(): string {
    return this.server.setupToken ?? ""
  }

  /** All bytes of the data folder, as text. What the database has not written yet is made to be. */
  async everythingKept(): Promise<string> {
    await this.stop()
    const kept = readdirSync(this.data).map((file) => readFileSync(join(this.data, file), "latin1"))
    await this.start()
    return kept.join("\n")
  }

  get port(): number {
    return this.server.port
  }

  get origin(): string {
    return `http://localhost:${this.port}`
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.origin + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    })
  }

  /** A room with its link's access proof. */
  async makeRoom(): Promise<TestRoom> {
    const room = { room: newId<RoomId>(), access: random(32), shelf: random(40), key: roomKey() }
    const { status } = await this.post(paths.rooms, {
      room: room.room,
      accessHash: hashOf(room.access),
      shelf: toBase64url(room.shelf),
      key: toBase64url(room.key.publicKey),
    })
    if (status !== 201) throw new Error(`bug: making a room gave ${status}`)
    return room
  }

  /** PATCH /api/rooms/<room>: the code of the problem, or "done". */
  async change(room: RoomId, body: object): Promise<string> {
    const headers = { "content-type": "application/json" }
    const response = await fetch(this.origin + paths.room(room), { method: "PATCH", body: printBody(body), headers })
    return response.status === 204 ? "done" : ((await response.json()) as { code: string }).code
  }

  async connect(headers: Record<string, string> = {}): Promise<Client> {
    const client = new Client(`ws://localhost:${this.port}${paths.socket}`, headers)
    this.clients.push(client)
    await client.opened
    return client
  }

  /** A client that has said hello and been let in. */
  async enter(room: TestRoom): Promise<Client> {
    const client = await this.connect()
    client.hello(room)
    await client.next("room")
    return client
  }

  /** A call of one. */
  async found(room: TestRoom): Promise<Founded> {
    const client = await this.enter(room)
    const [call, member] = [newId<CallId>(), newId<MemberId>()]
    client.say({ type: "found", call, member })
    const { session } = await client.next("founded")
    return { client, call, member, session }
  }

  /** Brings one more in by a commit of `by`. */
  async add(room: TestRoom, by: Founded, epoch: number): Promise<Founded> {
    const client = await this.enter(room)
    const member = newId<MemberId>()
    const { call } = by
    client.say({ type: "knock", call, member, keyPackage: random(50), sealed: random(50) })
    const { session } = await client.next("knocking")
    by.client.say(commitOf(call, epoch, { welcomes: [{ member, welcome: random(60) }], tree: random(70) }))
    await client.next("welcome")
    return { client, call, member, session }
  }
}

export interface TestRoom {
  readonly room: RoomId
  readonly access: Uint8Array<ArrayBuffer>
  readonly shelf: Uint8Array<ArrayBuffer>
  readonly key: TestKey
}

export interface TestKey {
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly privateKey: KeyObject
}

export function roomKey(): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  return { publicKey: new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32)), privateKey }
}

/** A change of a room as `signer` signs it: the same link, another shelf, the same key, unless said otherwise. */
export function changeOf(room: TestRoom, version: number, by: Partial<RoomChangeBody> = {}, signer = room.key): RoomChangeBody {
  const what = {
    version,
    accessHash: accessHashOf(room.access),
    shelf: random(50),
    keys: [room.key.publicKey],
    by: signer.publicKey,
    ...by,
  }
  return { ...what, signature: new Uint8Array(sign(null, signedBytes(room.room, what), signer.privateKey)) }
}

export const accessHashOf = (access: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hashOf(access), "base64url"))

export interface Founded {
  readonly client: Client
  readonly call: CallId
  readonly member: MemberId
  readonly session: Uint8Array<ArrayBuffer>
}

type Of<T extends ServerEnvelope["type"]> = Extract<ServerEnvelope, { type: T }>

export class Client {
  readonly socket: WebSocket
  readonly opened: Promise<unknown>
  readonly closed: Promise<number>
  readonly heard: ServerEnvelope[] = []
  private at = 0
  private wake: (() => void) | undefined

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers, perMessageDeflate: true, rejectUnauthorized: false })
    this.opened = once(this.socket, "open")
    this.closed = new Promise((resolve) => this.socket.once("close", (code) => resolve(code)))
    this.socket.on("error", () => undefined)
    this.socket.on("message", (data: Buffer) => {
      const envelope = parseServerEnvelope(data.toString())
      if (typeof envelope === "string") throw new Error(`bug: the server said what is ${envelope}`)
      this.heard.push(envelope)
      this.wake?.()
    })
    this.socket.on("close", () => this.wake?.())
  }

  say(envelope: MemberEnvelope): void {
    this.socket.send(printEnvelope(envelope))
  }

  hello({ room, access }: TestRoom): void {
    this.say({ type: "hello", version: 1, room, access })
  }

  /** The next envelope of this type; others before it are passed over. */
  async next<T extends ServerEnvelope["type"]>(type: T): Promise<Of<T>> {
    for (;;) {
      const envelope = this.heard[this.at]
      if (envelope !== undefined) {
        this.at++
        if (envelope.type === type) return envelope as Of<T>
        continue
      }
      if (this.socket.readyState === WebSocket.CLOSED)
        throw new Error(`closed without ${type}; heard ${this.heard.map((one) => one.type).join(", ")}`)
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  /** Everything said so far has been answered when this resolves. */
  async settled(): Promise<void> {
    this.say({ type: "message", request: 4242, epoch: 0 as never, keep: false, message: new Uint8Array([1]) })
    for (;;) if ((await this.next("refused")).request === 4242) return
  }
}
