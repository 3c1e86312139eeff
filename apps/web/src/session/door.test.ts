import { expect, test } from "vitest"
import type { Notice } from "@conclave/call"
import { waitingOf } from "./door-view.ts"
import { refusalAfter } from "./refused.ts"
import { problemState, stateOf, turnedAway } from "./state-view.ts"

const outside = { isHanded: false, now: 70_000, topic: undefined, microphone: "off", camera: "on", self: { name: "Mira" } } as const
const words = ["amber", "kettle", "north", "sail", "velvet", "orchard", "copper", "lunar"]
const rules = { isLocked: false, minimumLevel: "guest", issuers: [] } as const
const atDoor = { now: 1000, hasToken: false, canSignIn: () => true }

test("D17.30: only who waits for a person's word stands at the door, with the words of its device", () => {
  const knocking = { phase: "knocking", since: 10_000, isWaiting: false, doorWords: words, notices: [] } as const
  expect(waitingOf(knocking, outside)).toBeUndefined()
  expect(waitingOf({ ...knocking, isWaiting: true }, outside)).toMatchObject({ for: "door", asked: 60, words })
})

test("D4.14: who waits for a host is told so, and has nothing to read out", () => {
  expect(waitingOf({ phase: "waiting-for-host", since: 10_000, notices: [] }, outside)).toMatchObject({ for: "host", words: [] })
})

test("D8.11: who was not let in is told why, as far as the signed rules say it", () => {
  expect(turnedAway(undefined, atDoor)).toEqual({ kind: "turned-away" })
  expect(turnedAway(rules, atDoor)).toEqual({ kind: "turned-away" })
  expect(turnedAway({ ...rules, isLocked: true }, atDoor)).toEqual({ kind: "room-locked" })
  expect(turnedAway({ ...rules, expiry: 1000 }, atDoor)).toEqual({ kind: "link-expired" })
  expect(turnedAway({ ...rules, expiry: 1001 }, atDoor)).toEqual({ kind: "turned-away" })
  const strict = { ...rules, minimumLevel: "organisation", issuers: ["https://id.example"] } as const
  expect(turnedAway(strict, atDoor)).toEqual({ kind: "needs-organisation", organisations: ["id.example"], canSignIn: true })
  expect(turnedAway(strict, { ...atDoor, hasToken: true })).toEqual({ kind: "turned-away" })
})

test("D3.11: replaced, expired and closed doors have screens of their own", () => {
  for (const code of ["link-replaced", "link-expired", "blocked", "room-locked", "turned-away"] as const)
    expect(problemState(code)).toEqual({ kind: code })
})

test("D8.14: who was removed by a person is told by whom; who fell silent or came in anew was not meant", () => {
  const removed = { phase: "removed", by: undefined, why: "removed" } as const
  expect(stateOf(removed, 0, 0)).toEqual({ kind: "removed" })
  expect(stateOf({ ...removed, why: "organisation" }, 0, 0)).toEqual({ kind: "removed-by-organisation" })
  expect(stateOf({ ...removed, why: "silent" }, 0, 0)).toEqual({ kind: "dropped" })
  expect(stateOf({ ...removed, why: "returned" }, 0, 0)).toEqual({ kind: "moved-away" })
})

test("D8.10: the newest refusal is shown once, by what it was about", () => {
  const refused = (number: number, rule: string | undefined): Notice => ({ kind: "refused-commit", by: undefined, rule, number, at: 0 })
  expect(refusalAfter([refused(3, "waiting-room")], 2)).toEqual({ number: 3, notice: { kind: "refused-commit", what: "let-in" } })
  expect(refusalAfter([refused(3, "may-not-remove")], 0)?.notice).toMatchObject({ what: "remove" })
  expect(refusalAfter([refused(3, "policy-forged")], 0)?.notice).toMatchObject({ what: "rules" })
  expect(refusalAfter([refused(3, undefined)], 0)?.notice).toMatchObject({ what: "other" })
  expect(refusalAfter([refused(3, "waiting-room")], 3)).toBeUndefined()
})
