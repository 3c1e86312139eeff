import { afterEach, expect, test, vi } from "vitest"
import { onNetwork } from "./network.ts"

afterEach(() => {
  vi.unstubAllGlobals()
})

test("D26.33: a network that is there again, or another one, or a page that woke up asks for a try; one that is gone does not", () => {
  const [page, window, connection] = [new EventTarget(), new EventTarget(), Object.assign(new EventTarget(), { type: "wifi" })]
  const browser = { onLine: true, connection }
  vi.stubGlobal("navigator", browser)
  vi.stubGlobal("document", page)
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window))
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window))
  let tries = 0
  const stop = onNetwork({ changed: () => tries++ })
  window.dispatchEvent(new Event("online"))
  page.dispatchEvent(new Event("resume"))
  connection.dispatchEvent(new Event("change"))
  expect(tries).toBe(2)
  connection.type = "cellular"
  connection.dispatchEvent(new Event("change"))
  expect(tries).toBe(3)
  browser.onLine = false
  page.dispatchEvent(new Event("resume"))
  stop()
  browser.onLine = true
  window.dispatchEvent(new Event("online"))
  expect(tries).toBe(3)
})
