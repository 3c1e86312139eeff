/** `npm start`: everything a fresh machine needs, then the server in the foreground. */
import { join } from "node:path"
import { buildClient } from "./client.ts"
import { installDependencies } from "./dependencies.ts"
import { runInForeground } from "./node24.mjs"
import { main, root } from "./program.ts"
import { sfuBinary } from "./sfu.ts"

await main(async () => {
  await installDependencies()
  const sfu = await sfuBinary()
  await buildClient()
  const server = join(root, "apps/server/src/main.ts")
  return runInForeground(process.execPath, [server, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, CONCLAVE_SFU_BIN: sfu },
  })
})
