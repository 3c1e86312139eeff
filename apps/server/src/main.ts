/** `node apps/server/src/main.ts`: the server with its SFU, until it is told to stop. */

import { publicName, readConfig, StartRefusal, type Config } from "./config.ts"
import { isClientBuilt } from "./http/client-files.ts"
import { bugFields, lineLog } from "./log.ts"
import { liveKit } from "./media/livekit.ts"
import { openRelay, type Relay } from "./relay/open-relay.ts"
import type { RoomStore } from "./rooms/ports.ts"
import { runServer } from "./server.ts"
import { sqlRoomStore } from "./store/sql-room-store.ts"
import { sqliteDatabase } from "./store/sqlite.ts"
import { storeSentence } from "./store/store-sentence.ts"

const log = lineLog(
  (line) => process.stderr.write(line),
  () => new Date(),
)

async function openStore({ dataFolder }: Config): Promise<RoomStore> {
  try {
    return sqlRoomStore(await sqliteDatabase(dataFolder))
  } catch (error) {
    throw new StartRefusal(storeSentence(dataFolder, error))
  }
}

async function start(): Promise<() => Promise<void>> {
  const config = readConfig(process.env)
  const store = await openStore(config)
  const now = () => performance.timeOrigin + performance.now()
  const media = await liveKit(config, log)
  let relay: Relay | undefined
  try {
    relay = await openRelay(config, media.endpoint, now)
    const server = await runServer({ config, store, media, relay, log, now })
    const host = publicName(config)
    if (!isClientBuilt(config.clientFolder)) console.log(`There is no web client in ${config.clientFolder} yet: npm start builds it.`)
    console.log(`Conclave is ready: ${config.tls === undefined ? "http" : "https"}://${host}:${server.port}/new`)
    return async () => {
      relay?.stop()
      await Promise.all([media.stop(), server.stop()])
    }
  } catch (error) {
    relay?.stop()
    await media.stop()
    throw error
  }
}

const starting = start()
let isStopping = false

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (isStopping) return
    isStopping = true
    void starting
      .then((stop) => stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  })
}

process.on("uncaughtException", (error) => {
  // What state we are in is unknown; members resume with the next process.
  log("bug", bugFields(error))
  process.exit(70)
})

starting.catch((error: unknown) => {
  if (error instanceof StartRefusal) console.error(error.message)
  else log("bug", bugFields(error))
  process.exit(1)
})
