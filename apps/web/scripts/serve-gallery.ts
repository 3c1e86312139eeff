/** Builds the gallery and serves it on a free loopback port under the product's content security policy (D28). */

import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { extname } from "node:path"
import { build } from "vite"

const root = new URL("../../../.reports/gallery/", import.meta.url)

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types conclave-workers",
].join("; ")

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
}

export async function serveGallery(): Promise<{ url: string; close: () => void }> {
  await build({ configFile: new URL("../vite.gallery.config.ts", import.meta.url).pathname, logLevel: "warn" })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost")
    readFile(new URL(`.${pathname === "/" ? "/gallery.html" : pathname}`, root)).then(
      (content) =>
        response
          .writeHead(200, { "content-type": types[extname(pathname)] ?? types[".html"], "content-security-policy": policy })
          .end(content),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}
