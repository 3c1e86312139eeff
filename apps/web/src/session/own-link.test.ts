import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { OwnLink } from "./own-link.ts"

const address = { room: "A".repeat(22), fragment: "old" }
let shown: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  shown = []
  vi.stubGlobal("history", { replaceState: (_: unknown, __: string, path: string) => void shown.push(path) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const newLink = (): OwnLink => new OwnLink(address, { changed: () => undefined, tell: () => undefined })

test("D4.15.2: a new link that the room does not know gives way to the one before, once", () => {
  const link = newLink()
  link.replaced("new")
  expect(link.address.fragment).toBe("new")
  expect(link.goBack()).toBe(true)
  expect(link.address.fragment).toBe("old")
  expect(shown.map((path) => path.split("#")[1])).toEqual(["new", "old"])
  expect(link.goBack()).toBe(false)
})

test("D4.15.2: where no link was made there is none to go back to, nor ten seconds after", () => {
  const link = newLink()
  expect(link.goBack()).toBe(false)
  link.replaced("new")
  vi.advanceTimersByTime(10_000)
  expect(link.goBack()).toBe(false)
  expect(link.address.fragment).toBe("new")
})
