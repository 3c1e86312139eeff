/** Joins the parts to one running server. */

import type { Config } from "./config.ts"
import type { EntryKey } from "./entry/entry-key.ts"
import type { AppParts } from "./http/app-parts.ts"
import { httpApp } from "./http/app.ts"
import { listen } from "./http/listener.ts"
import { originsOf, type Origins } from "./http/origins.ts"
import { takeUpgrades } from "./http/upgrades.ts"
import type { Log } from "./log.ts"
import { probes } from "./media/probes.ts"
import { organisationParts } from "./organisation/parts.ts"
import type { PasswordHasher } from "./organisation/password-hash.ts"
import type { Seal } from "./organisation/seal.ts"
import type { Relay } from "./relay/open-relay.ts"
import { openRooms } from "./rooms/open-rooms.ts"
import type { MediaServer } from "./rooms/ports.ts"
import { socketServer } from "./socket/socket-server.ts"
import type { Stores } from "./store/all-stores.ts"
import { attendanceBook } from "./usage/attendance-book.ts"
import { courier } from "./webhooks/courier.ts"
import { poster, type Post } from "./webhooks/post.ts"

export interface ServerParts extends Stores {
  readonly config: Pick<Config, "host" | "port" | "tls" | "clientFolder"> & Partial<Pick<Config, "issuers" | "webhookHosts">>
  /** For what the database must not hold in clear. */
  readonly seal: Seal
  /** Signs statements about who enters. */
  readonly entryKey: EntryKey
  readonly hasher?: PasswordHasher | undefined
  /** How webhooks are sent; left out: to public addresses alone. */
  readonly webhookPost?: Post | undefined
  readonly media: MediaServer
  readonly relay?: Relay | undefined
  readonly log: Log
  /** Milliseconds since 1970, never going back. */
  readonly now: () => number
}

export interface RunningServer {
  readonly port: number
  /** Makes the first owner; for the operator alone. Undefined: there is an owner. */
  readonly setupToken: string | undefined
  /** Ends every socket and closes the store; media server and relay are their maker's. */
  stop(): Promise<void>
}

/** Resolves when it listens. Throws StartRefusal when it cannot. */
export async function runServer({
  config,
  store,
  api,
  organisation,
  webhooks,
  usage,
  seal,
  entryKey,
  hasher,
  webhookPost,
  media,
  relay,
  log,
  now,
}: ServerParts): Promise<RunningServer> {
  // With port 0 the origins are known once it listens; before that nobody asks.
  const known: { origins: Origins } = { origins: originsOf(config) }
  const { tls, clientFolder, issuers = [], webhookHosts = new Set<string>() } = config
  const sockets = socketServer({ log, now })
  const book = attendanceBook({ records: api.rooms, deliveries: webhooks.deliveries, usage, log, now })
  const rooms = openRooms({ store, media, sockets: sockets.sockets, log, now, attendanceChanged: (room, told) => book.note(room, told) })
  sockets.serve(rooms)
  const tries = probes(media)
  const stores = { store, api, organisation, webhooks, usage: book.usage }
  const accounts = await organisationParts({ store: organisation, seal, hasher, log, now })
  const parts: AppParts = {
    ...stores,
    accounts,
    entryKey,
    media,
    probes: tries,
    relay,
    log,
    now,
    tls,
    clientFolder,
    issuers,
    webhookHosts,
    rooms,
    origins: () => known.origins,
  }
  const { app, server } = await httpApp(parts)
  const post = webhookPost ?? poster({ allowed: webhookHosts })
  const carrier = courier({ webhooks, seal, post, log, now, chance: Math.random })
  const upgrades = takeUpgrades(server, parts, sockets)
  const port = await listen(server, config)
  known.origins = originsOf({ ...config, port })
  return {
    port,
    setupToken: accounts.setup.take(),
    async stop() {
      sockets.stop()
      upgrades.stop()
      tries.stop()
      await rooms.stop()
      await app.close()
      await book.stop()
      await carrier.stop()
      await store.close()
    },
  }
}
