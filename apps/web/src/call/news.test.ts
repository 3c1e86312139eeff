import { expect, test } from "vitest"
import { english } from "../i18n/words.ts"
import type { NewsView } from "../view/call.ts"
import { newsText } from "./news.ts"

type Room = Parameters<typeof newsText>[2]
const told = (what: NewsView["what"], seal: Room["seal"], more: Partial<Room> = {}): string =>
  newsText({ id: 1, what }, english, { seal, ...more })

test("D39.42: that the keys are new is said where it keeps somebody out, and not in a room that is open to the server", () => {
  const sealed = { kind: "sealed", count: 2 } as const
  expect(told({ kind: "came", name: "Mei" }, sealed)).toBe("Mei came in. The keys are new.")
  expect(told({ kind: "came", name: "Mei" }, { kind: "open" })).toBe("Mei came in.")
  expect(told({ kind: "removed", name: "Mei", by: "Ines" }, { kind: "open" })).toBe("Ines removed Mei.")
  expect(told({ kind: "link-copied" }, sealed)).not.toContain("keys")
})

test("D39.42: a link is called a key where it is one", () => {
  const sealed = { kind: "sealed", count: 2 } as const
  expect(told({ kind: "link-copied" }, sealed)).toContain("the key to this room")
  expect(told({ kind: "link-copied" }, sealed, { isHanded: true })).toBe("Link copied.")
})
