/** An SFU alone, with keys the test knows: for the calls that are compared with ours, and for trying the harness. */

import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { createServer } from "node:net"
import { networkInterfaces } from "node:os"
import { AccessToken, RoomServiceClient } from "livekit-server-sdk"
import { killFamily } from "./processes.ts"
import { pinnedSfu } from "./server.ts"
import { until } from "./until.ts"

export interface Grant {
  readonly room: string
  readonly identity: string
  readonly canPublish: boolean
  /** False when absent, as our server grants it. */
  readonly canPublishData?: boolean
}

export interface Sfu {
  readonly url: string
  readonly pid: number
  /** A token that opens the room for ten minutes. */
  grant(wanted: Grant): Promise<string>
  stop(): void
}

/** The key pair an SFU accepts grants of. */
export interface SfuKeys {
  readonly key: string
  readonly secret: string
}

/** Mints a valid grant: what anyone who holds the SFU's keys, its operator above all, can do. */
export async function mintGrant({ key, secret }: SfuKeys, { room, identity, canPublish, canPublishData = false }: Grant): Promise<string> {
  const token = new AccessToken(key, secret, { identity, ttl: 600 })
  token.addGrant({ roomJoin: true, room, canPublish, canSubscribe: true, canPublishData })
  return token.toJwt()
}

/** Sends what `of` publishes to everybody in the room, asked for or not: as an SFU can that does not obey. */
export async function forceOn({ url, keys }: { readonly url: string; readonly keys: SfuKeys }, room: string, of: string): Promise<void> {
  const rooms = new RoomServiceClient(url.replace(/^ws/, "http"), keys.key, keys.secret)
  const people = await until(
    async () => {
      const all = await rooms.listParticipants(room)
      return all.some(({ identity, tracks }) => identity === of && tracks.length > 0) && all
    },
    { for: `tracks of ${of}` },
  )
  const tracks = people.filter(({ identity }) => identity === of).flatMap((one) => one.tracks.map(({ sid }) => sid))
  for (const { identity } of people) if (identity !== of) await rooms.updateSubscriptions(room, identity, tracks, true)
}

/** Starts livekit-server as our server does, but with rooms that make themselves. */
export async function startSfu(program = pinnedSfu()): Promise<Sfu> {
  const keys: SfuKeys = { key: randomBytes(8).toString("hex"), secret: randomBytes(32).toString("hex") }
  const [port, udp] = [await freePort(), await freePort()]
  const child = spawn(program, [], { stdio: "ignore", env: { ...process.env, LIVEKIT_CONFIG: configuration({ port, udp, keys }) } })
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(url).catch(() => undefined))?.ok, { for: "the SFU to be healthy", ms: 10_000 })
  const pid = child.pid ?? 0
  return {
    url: `ws://127.0.0.1:${port}`,
    pid,
    grant: (wanted) => mintGrant(keys, wanted),
    stop: () => killFamily(pid),
  }
}

function configuration({ port, udp, keys }: { port: number; udp: number; keys: SfuKeys }): string {
  const ip = ownAddress()
  return JSON.stringify({
    port,
    bind_addresses: ["127.0.0.1"],
    rtc: {
      node_ip: ip,
      use_external_ip: false,
      enable_loopback_candidate: false,
      udp_port: udp,
      tcp_port: 0,
      ips: { includes: [`${ip}/32`] },
    },
    room: {
      auto_create: true,
      enabled_codecs: [{ mime: "audio/opus" }, { mime: "video/VP8" }, { mime: "video/VP9" }, { mime: "video/rtx" }],
    },
    keys: { [keys.key]: keys.secret },
    logging: { level: "error" },
  })
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.find((one) => one.family === "IPv4" && !one.internal)?.address ?? "127.0.0.1"
}

/** A loopback port nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
}
