/** Builds and serves small pages of the tests' own on a loopback port. */

import { createServer } from "node:http"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { extname, join, normalize } from "node:path"
import { build } from "vite"

export interface Pages {
  readonly origin: string
  stop(): void
}

const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css" }

/** Bundles the page in `folder` with Vite and serves the result. */
export async function servePages(folder: string): Promise<Pages> {
  const built = mkdtempSync(join(tmpdir(), "conclave-pages-"))
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: built, emptyOutDir: true, target: "es2024", minify: false },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://x").pathname)
    try {
      const body = readFileSync(join(built, path === "/" ? "index.html" : path))
      response.writeHead(200, { "content-type": types[extname(path) || ".html"] ?? "application/octet-stream" }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    origin: `http://localhost:${port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
      rmSync(built, { recursive: true, force: true })
    },
  }
}
