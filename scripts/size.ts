/**
 * `npm run size`: what a guest's browser fetches before the first form can be used, and what it fetches for the call after that.
 * A real browser opens the built client; every file it asks for is counted as gzip would send it (fonts as they are).
 */

import { readdirSync, readFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join } from "node:path"
import { gzipSync } from "node:zlib"
import type { Page } from "puppeteer-core"
import { openBrowser } from "../tests/browser/browsers.ts"
import { main, root } from "./program.ts"

/**
 * L61. Bytes. Fonts are apart: text stands in the system's letters until they are there, so no form waits for them. The engine is the
 * compiled MLS library, which the key worker fetches while the call's code is on its way.
 */
const budgets = { "join page": 150_000, fonts: 40_000, "call code": 400_000, engine: 400_000 } as const
const dist = join(root, "apps/web/dist")
/** Any room and any secret of the right form: the lobby is there before the server is asked. */
const place = `/r/${"A".repeat(22)}#${"A".repeat(22)}.${"A".repeat(22)}`
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
}

await main(async () => {
  const fetched = new Map<string, number>()
  const server = await serve(fetched)
  const { port } = server.address() as AddressInfo
  const running = await openBrowser({ kind: "chromium" })
  try {
    const page = await running.browser.newPage()
    await page.goto(`http://localhost:${String(port)}${place}`)
    await page.waitForSelector("form input:not(:disabled)")
    const before = new Set(fetched.keys())
    const fonts = new Map([...fetched].filter(([name]) => name.endsWith(".woff2")))
    const joinPage = new Map([...fetched].filter(([name]) => !fonts.has(name)))
    await goIn(page)
    const after = [...fetched].filter(([name]) => !before.has(name))
    const engine = new Map(after.filter(([name]) => name.endsWith(".wasm")))
    const code = new Map(after.filter(([name]) => !engine.has(name)))
    const fits = [report("join page", joinPage), report("fonts", fonts), report("call code", code), report("engine", engine)]
    return fits.every(Boolean) ? 0 : 1
  } finally {
    await running.close()
    server.close()
  }
})

/** Presses Join, which fetches the media code, and takes what the server's answer would bring: the call's screen, workers, engine. */
async function goIn(page: Page): Promise<void> {
  await page.waitForNetworkIdle({ idleTime: 500 })
  await page.type("form input", "Ada")
  await page.click("form .primary")
  const screen = readdirSync(join(dist, "assets")).filter((name) =>
    /^(?:call-screen-.*\.(?:js|css)|engine_bg-.*\.wasm|worker-.*\.js)$/.test(name),
  )
  if (screen.length === 0) throw new Error("bug: the call's screen is not in the build")
  await page.evaluate(async (names) => {
    for (const name of names)
      await (name.startsWith("call-screen") && name.endsWith(".js") ? import(`/assets/${name}`) : fetch(`/assets/${name}`))
  }, screen)
  await page.waitForNetworkIdle({ idleTime: 1000 })
}

function serve(fetched: Map<string, number>): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost")
    const name = pathname.startsWith("/r/") ? "/index.html" : pathname
    const content = contentOf(name)
    if (content === undefined) return response.writeHead(404).end()
    fetched.set(name, extname(name) === ".woff2" ? content.length : gzipSync(content, { level: 9 }).length)
    return response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(content)
  })
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)))
}

function contentOf(name: string): Buffer | undefined {
  try {
    return readFileSync(join(dist, name))
  } catch {
    return undefined
  }
}

function report(what: keyof typeof budgets, files: ReadonlyMap<string, number>): boolean {
  const sum = [...files.values()].reduce((total, size) => total + size, 0)
  const budget = budgets[what]
  console.log(`${what}: ${kilobytes(sum)} of ${kilobytes(budget)} in ${String(files.size)} files`)
  for (const [name, size] of [...files].toSorted(([, a], [, b]) => b - a)) console.log(`  ${kilobytes(size).padStart(9)}  ${name}`)
  if (sum > budget) console.log(`FAILED  ${what} is ${kilobytes(sum - budget)} too heavy`)
  return sum <= budget
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
