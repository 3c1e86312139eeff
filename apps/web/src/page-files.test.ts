/** What the page's own files promise, read in them: the parts that no browser test plays. */

import { globSync, readFileSync } from "node:fs"
import { runInNewContext } from "node:vm"
import { expect, test } from "vitest"

const folder = import.meta.dirname
const read = (name: string): string => readFileSync(`${folder}/${name}`, "utf8")
const sources = globSync("**/*.{ts,tsx}", { cwd: folder }).filter((name) => !/\.(test|fixture|fixtures)\.tsx?$/.test(name))

/** The theme that the first script of the page puts on, by what the browser has kept. */
function worn(kept: string | null): string | undefined {
  const dataset: { theme?: string } = {}
  runInNewContext(read("../public/theme.js"), { localStorage: { getItem: () => kept }, document: { documentElement: { dataset } } })
  return dataset.theme
}

test("L51: before the first paint the page wears light, dark or contrast as chosen, and believes nothing else", () => {
  for (const theme of ["light", "dark", "contrast"]) expect(worn(JSON.stringify({ theme }))).toBe(theme)
  for (const kept of [null, "", "{", "null", "7", '{"theme":"system"}', '{"theme":"<b>"}', '{"theme":["dark"]}'])
    expect(worn(kept)).toBeUndefined()
})

test("L60: the page can be installed, and nothing of it is kept to be served later", () => {
  expect(JSON.parse(read("../public/conclave.webmanifest"))).toMatchObject({
    display: "standalone",
    launch_handler: { client_mode: "navigate-new" },
  })
  expect(read("../index.html")).toContain("conclave.webmanifest")
  for (const name of sources) expect(read(name), name).not.toMatch(/serviceWorker|caches\./)
})

test("L61: the limits of what a guest fetches are those of the rule, and what is heavy is asked for", () => {
  const size = readFileSync(`${folder}/../../../scripts/size.ts`, "utf8")
  expect(size).toContain('{ "join page": 150_000, fonts: 40_000, "call code": 400_000, engine: 400_000 }')
  for (const heavy of ["livekit-client", "uplot", "@litertjs/core", "@sapphi-red/web-noise-suppressor"])
    for (const name of sources.filter((one) => /^(lobby|room|start|state|ui|main)/.test(one)))
      expect(read(name), name).not.toMatch(new RegExp(`from "${heavy}`))
})

test("L74: what hides a background or noise names no other origin, and has no way to send", () => {
  for (const name of sources.filter((one) => /^(background-worker|adapters\/processing)\//.test(one)))
    expect(read(name), name).not.toMatch(/https?:\/\/|WebSocket|XMLHttpRequest|sendBeacon/)
})

test("L26: pictures glide by transforms alone, and not at all where less motion is wanted", () => {
  const glide = read("call/use-glide.ts")
  expect(glide).toContain('matchMedia("(prefers-reduced-motion: reduce)")')
  expect(glide.match(/animate\(.*/g)).toEqual(['animate([{ transformOrigin: "0 0", transform: from }, { transformOrigin: "0 0" }], {'])
})

test("L27: full screen is the whole page", () => {
  expect(read("call/use-full-screen.ts")).toContain("document.documentElement.requestFullscreen(")
  for (const name of sources.filter((one) => one !== "call/use-full-screen.ts"))
    expect(read(name), name).not.toContain("requestFullscreen(")
})

test("L55: what a key changed is read out politely, in a line that is always there", () => {
  expect(read("shortcuts/call-shortcuts.tsx")).toMatch(/className="hidden-text" role="status"/)
})
