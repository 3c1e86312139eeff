/** `node apps/server/src/main.ts`: the server with its SFU, until it is told to stop. */

import { publicName, readConfig, StartRefusal } from "./config.ts"
import { openConsole } from "./console/console.ts"
import { entryKeyInFolder } from "./entry/entry-key.ts"
import { isClientBuilt } from "./http/client-files.ts"
import { bugFields, lineLog } from "./log.ts"
import { liveKit } from "./media/livekit.ts"
import { sealInFolder } from "./organisation/seal.ts"
import { openRelay, type Relay } from "./relay/open-relay.ts"
import { runServer } from "./server.ts"
import { openDatabase } from "./store/open-database.ts"
import { allStores } from "./store/all-stores.ts"

const log = lineLog(
  (line) => process.stderr.write(line),
  () => new Date(),
)

async function start(): Promise<() => Promise<void>> {
  const config = readConfig(process.env)
  const database = await openDatabase(config, log, () => process.exit(1))
  const stores = allStores(database)
  const now = () => performance.timeOrigin + performance.now()
  const media = await liveKit(config, log)
  let relay: Relay | undefined
  try {
    relay = await openRelay(config, media.endpoint, now)
    const keys = { seal: sealInFolder(config.dataFolder), entryKey: entryKeyInFolder(config.dataFolder) }
    const server = await runServer({ config, ...stores, ...keys, media, relay, log, now })
    const commands = await openConsole({ dataFolder: config.dataFolder, ...stores, log, now })
    const host = publicName(config)
    if (!isClientBuilt(config.clientFolder)) console.log(`There is no web client in ${config.clientFolder} yet: npm start builds it.`)
    const origin = `${config.tls === undefined ? "http" : "https"}://${host}:${server.port}`
    console.log(`Conclave is ready: ${origin}/new`)
    // D36.1: the one place where this secret is shown.
    const { setupToken } = server
    if (setupToken !== undefined)
      console.log(`Nobody owns this server yet. Whoever needs accounts makes its owner here: ${origin}/setup#${setupToken}`)
    return async () => {
      relay?.stop()
      await commands?.stop()
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
