/** The web client: one page for every path a person can open, and files whose names hold their hash. */

import { existsSync } from "node:fs"
import { join } from "node:path"
import fastifyStatic from "@fastify/static"
import type { FastifyInstance, FastifyReply } from "fastify"
import { Problem } from "@conclave/wire"

const pages = [
  ...["/", "/new", "/identity", "/r/:room", "/o/:room", "/t/:room"],
  ...["/setup", "/login", "/invitation", "/account", "/dashboard", "/dashboard/:part", "/dashboard/:part/:id"],
]

export const isClientBuilt = (folder: string): boolean => existsSync(join(folder, "index.html"))

/** Files are looked up at each request, so a client built later is served without a restart. */
export async function clientFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    dotfiles: "deny",
    redirect: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = path.startsWith(join(folder, "assets"))
      void reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache")
    },
  })
  const page = (_: unknown, reply: FastifyReply) => {
    if (!isClientBuilt(folder)) throw new Problem("not-found")
    return reply.sendFile("index.html")
  }
  for (const path of pages) app.get(path, page)
}
