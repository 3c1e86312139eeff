import { expect, test } from "vitest"
import { brokenMs, deafMs, lookMs, unwatched, watched, type Look } from "./link-watch.ts"

type Turn = readonly [state: RTCPeerConnectionState, bytes: number]

/** When a connection that is looked at twice a second is dead; undefined: never. */
function deadAt(turns: readonly Turn[], isExpecting: (turn: number) => boolean = () => true): number | undefined {
  let [watch, received] = [unwatched, 0]
  for (const [number, [state, bytes]] of turns.entries()) {
    received += bytes
    const look: Look = { at: number * lookMs, state, received, isExpecting: isExpecting(number) }
    watch = watched(watch, look)
    if (watch.isDead) return look.at
  }
  return undefined
}

const times = (count: number, turn: Turn): readonly Turn[] => Array.from({ length: count }, () => turn)

const flowing = times(6, ["connected", 1000])

test("D26.30: a connection that was up and is not for two seconds is dead", () => {
  expect(deadAt([...flowing, ...times(9, ["disconnected", 0])])).toBe(6 * lookMs + brokenMs)
})

test("D26.30: one that comes back in time is not, however often", () => {
  const hiccup = [...times(3, ["disconnected", 0]), ...times(2, ["connected", 500])] as const
  expect(deadAt([...flowing, ...hiccup, ...hiccup, ...hiccup])).toBeUndefined()
})

test("D26.30: one that the browser has given up is dead at once; one that is being made is not", () => {
  expect(deadAt([...flowing, ["failed", 0]])).toBe(6 * lookMs)
  expect(deadAt([...times(20, ["new", 0]), ...times(40, ["connecting", 0])])).toBeUndefined()
})

test("D26.31: a stream of packets that ends for five seconds is dead, though the browser says connected", () => {
  expect(deadAt([...flowing, ...times(12, ["connected", 0])])).toBe(5 * lookMs + deafMs)
})

test("D26.31: where nobody sends, a report now and then and long silences are no death", () => {
  const reports = Array.from({ length: 6 }, () => [["connected", 80], ...times(9, ["connected", 0])] as const).flat()
  expect(deadAt(reports)).toBeUndefined()
})

test("D26.31: who is alone after all others left hears nothing, and its connection is well", () => {
  expect(deadAt([...flowing, ...times(20, ["connected", 0])], (turn) => turn < 7)).toBeUndefined()
})

test("D26.32: time that the machine slept through counts for nothing", () => {
  let watch = unwatched
  for (let number = 0; number < 6; number++)
    watch = watched(watch, { at: number * lookMs, state: "connected", received: number * 100, isExpecting: true })
  const woke = 3_600_000
  watch = watched(watch, { at: woke, state: "disconnected", received: 500, isExpecting: true })
  expect(watch.isDead).toBe(false)
  for (let at = lookMs; at <= brokenMs; at += lookMs) {
    expect(watch.isDead).toBe(false)
    watch = watched(watch, { at: woke + at, state: "disconnected", received: 500, isExpecting: true })
  }
  expect(watch.isDead).toBe(true)
})

test("D26.32: a machine that is out of breath looks rarely, and one late look kills nothing", () => {
  let watch = unwatched
  for (let number = 0; number < 6; number++)
    watch = watched(watch, { at: number * lookMs, state: "connected", received: number * 100, isExpecting: true })
  watch = watched(watch, { at: 6 * lookMs + deafMs, state: "disconnected", received: 500, isExpecting: true })
  expect(watch.isDead).toBe(false)
})
