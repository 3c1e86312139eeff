import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { OwnLink } from "./own-link.ts"

const opened = { kind: "link" as const, room: "A".repeat(22), fragment: "old" }
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

const newLink = (): OwnLink => new OwnLink(opened, { changed: () => undefined, tell: () => undefined })

test("D4.15.2: a new link that the room does not know gives way to the one before, once", () => {
  const link = newLink()
  link.replaced("new")
  expect(link.opening).toEqual({ kind: "link", fragment: "new" })
  expect(link.goBack()).toBe(true)
  expect(link.opening).toEqual({ kind: "link", fragment: "old" })
  expect(shown.map((path) => path.split("#")[1])).toEqual(["new", "old"])
  expect(link.goBack()).toBe(false)
})

test("D4.15.2: where no link was made there is none to go back to, nor ten seconds after", () => {
  const link = newLink()
  expect(link.goBack()).toBe(false)
  link.replaced("new")
  vi.advanceTimersByTime(10_000)
  expect(link.goBack()).toBe(false)
  expect(link.opening).toEqual({ kind: "link", fragment: "new" })
})

test("D39.34: in a room that its server opens nothing replaces what it is opened with, nor its address", () => {
  const handed = { kind: "identity" as const, name: "my-standup", room: "A".repeat(22), opening: "B", keyHash: "C" }
  const link = new OwnLink(handed, { changed: () => undefined, tell: () => undefined })
  link.replaced("new")
  expect(link.opening).toEqual({ kind: "identity", opening: "B", keyHash: "C" })
  expect([link.goBack(), shown]).toEqual([false, []])
})
