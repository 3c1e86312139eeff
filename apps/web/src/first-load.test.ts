import { existsSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

/** All that `main.tsx` imports at once, followed through our own files. `import()` is not at once. */
function loadedAtOnce(entry: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(entry.href) || !existsSync(entry)) return seen
  seen.add(entry.href)
  for (const [, name = ""] of readFileSync(entry, "utf8").matchAll(/^import (?!type )[^;]*?"([^"]+)"$/gm)) {
    if (name.startsWith(".")) loadedAtOnce(new URL(name, entry), seen)
    else seen.add(name)
  }
  return seen
}

test("L14: the first page loads nothing of a call", () => {
  const loaded = [...loadedAtOnce(new URL("main.tsx", import.meta.url))]
  expect(loaded.some((name) => name.endsWith("/start/start-page.tsx"))).toBe(true)
  expect(
    loaded.filter(
      (name) =>
        !name.endsWith("/session/settings-store.ts") &&
        /livekit|react-aria|crypto|mls-engine|\/(session|adapters|call|lobby|key-worker|frame-worker)\//.test(name),
    ),
  ).toEqual([])
})
