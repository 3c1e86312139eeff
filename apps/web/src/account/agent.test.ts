import { expect, test } from "vitest"
import { agentOf } from "./agent.ts"

test("D41.8: a session is named by browser and system as it called itself, or not at all", () => {
  const linux = "Mozilla/5.0 (X11; Linux x86_64)"
  expect(agentOf(`${linux} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36`)).toEqual({
    browser: "Chrome",
    system: "Linux",
  })
  expect(agentOf(`${linux} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0`)).toMatchObject({
    browser: "Edge",
  })
  expect(agentOf("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")).toEqual({ browser: "Firefox", system: "Windows" })
  expect(agentOf("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.4 Safari/605.1.15")).toEqual({
    browser: "Safari",
    system: "macOS",
  })
  expect(agentOf("curl/8.0")).toEqual({})
  expect(agentOf("")).toEqual({})
})
