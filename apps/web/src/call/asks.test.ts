import { expect, test } from "vitest"
import { asksOf } from "./asks.ts"

const muted = { canModerate: true, isMuted: true, isListener: false, hasHand: false }

test("L34: who is muted can be asked to unmute, by who moderates", () => {
  expect(asksOf(muted)).toEqual(["ask-unmute"])
  expect(asksOf({ ...muted, isMuted: false })).toEqual([])
  expect(asksOf({ ...muted, canModerate: false, hasHand: true })).toEqual([])
})

test("L34, D4.13: who may only listen is not asked to unmute", () => {
  expect(asksOf({ ...muted, isListener: true })).toEqual([])
})

test("L32: a hand that is up can be lowered by who moderates, a listener's too", () => {
  expect(asksOf({ ...muted, hasHand: true })).toEqual(["ask-unmute", "lower-hand"])
  expect(asksOf({ ...muted, isListener: true, hasHand: true })).toEqual(["lower-hand"])
})
