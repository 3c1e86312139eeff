import { expect, test } from "vitest"
import { NetworkNotice, type NetworkNow } from "./network-notice.ts"

const fine: NetworkNow = { quality: "good", isAudioOnly: false, awayMs: undefined, isMediaUp: true }

test("L38: a weak way is told until it is good, or until the person closes it", () => {
  const notice = new NetworkNotice()
  expect(notice.of(fine)).toEqual([])
  expect(notice.of({ ...fine, quality: "weak" })).toEqual([{ kind: "weak-network" }])
  notice.dismiss()
  expect(notice.of({ ...fine, quality: "bad" })).toEqual([])
  notice.of(fine)
  expect(notice.of({ ...fine, quality: "bad" })).toEqual([{ kind: "weak-network" }])
})

test("L38: with sound only there is nothing left to offer, and what nobody measured is not told", () => {
  const notice = new NetworkNotice()
  expect(notice.of({ ...fine, quality: "bad", isAudioOnly: true })).toEqual([])
  expect(notice.of({ ...fine, quality: undefined })).toEqual([])
})

test("L38: a server that is away is told after 3 s, while media flow", () => {
  const notice = new NetworkNotice()
  expect(notice.of({ ...fine, awayMs: 2_000 })).toEqual([])
  expect(notice.of({ ...fine, awayMs: 4_000 })).toEqual([{ kind: "server-away" }])
  expect(notice.of({ ...fine, awayMs: 4_000, isMediaUp: false })).toEqual([])
})
