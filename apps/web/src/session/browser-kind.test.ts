import { expect, test } from "vitest"
import { browserKind } from "./browser-kind.ts"

const kit = "AppleWebKit/537.36 (KHTML, like Gecko)"
const agents = [
  ["chromium", `Mozilla/5.0 (X11; Linux x86_64) ${kit} Chrome/156.0.0.0 Safari/537.36`],
  ["chromium", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${kit} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`],
  ["chromium-phone", `Mozilla/5.0 (Linux; Android 10; K) ${kit} Chrome/156.0.0.0 Mobile Safari/537.36`],
  ["firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"],
  ["firefox-phone", "Mozilla/5.0 (Android 14; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"],
  ["safari", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15"],
  [
    "safari-phone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
  ],
  [
    "other",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile/15E148 Safari/604.1",
  ],
  ["other", ""],
] as const

test.each(agents)("L73: %s is told where its permissions are", (kind, agent) => {
  expect(browserKind(agent)).toBe(kind)
})

test("L73: an Apple tablet, which calls itself a Mac, is told of its own sign", () => {
  expect(browserKind(agents[5][1], 5)).toBe("safari-phone")
})
