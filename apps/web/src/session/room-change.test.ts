import { afterEach, expect, test, vi } from "vitest"
import type { RoomChange } from "@conclave/call"
import { parseRoomChange, type RoomId } from "@conclave/wire"
import { RoomChanges } from "./room-change.ts"

const change = (version: number): RoomChange => ({
  room: "AAAAAAAAAAAAAAAAAAAAAA" as RoomId,
  version,
  accessHash: new Uint8Array(32),
  shelf: new Uint8Array(100),
  keys: [new Uint8Array(32)],
  by: new Uint8Array(32),
  signature: new Uint8Array(64),
})

interface Asked {
  readonly url: string
  readonly version: number
}

/** A server that answers with these statuses in turn, then 204; `undefined` is no answer at all. */
function serverThat(...statuses: readonly (number | undefined)[]): Asked[] {
  const asked: Asked[] = []
  const answers = [...statuses]
  vi.stubGlobal("fetch", (url: string, { body }: { body: string }) => {
    const read = parseRoomChange(JSON.parse(body))
    if (read === undefined) throw new Error("bug: the body is not what the server reads")
    asked.push({ url, version: read.version })
    const status = answers.length > 0 ? answers.shift() : 204
    return status === undefined ? Promise.reject(new TypeError("not reached")) : Promise.resolve({ status, ok: status < 300 })
  })
  return asked
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test("D3.10: a change is told in the form the server reads, once", async () => {
  vi.useFakeTimers()
  const asked = serverThat()
  new RoomChanges().send(change(2))
  await vi.runAllTimersAsync()
  expect(asked).toEqual([{ url: "/api/rooms/AAAAAAAAAAAAAAAAAAAAAA", version: 2 }])
})

test("D3.10, D3.10.1: a server that cannot be reached is told again, and the newest change overtakes", async () => {
  vi.useFakeTimers()
  const asked = serverThat(undefined, 429)
  const changes = new RoomChanges()
  changes.send(change(2))
  changes.send(change(3))
  await vi.runAllTimersAsync()
  expect(asked.map(({ version }) => version)).toEqual([2, 3, 3])
})

test("D3.10: a refusal is final, and an unreachable server is given up", async () => {
  vi.useFakeTimers()
  const refused = serverThat(409)
  new RoomChanges().send(change(2))
  await vi.runAllTimersAsync()
  expect(refused).toHaveLength(1)
  const away = serverThat(...Array.from({ length: 20 }, () => undefined))
  new RoomChanges().send(change(2))
  await vi.runAllTimersAsync()
  expect(away.length).toBeLessThan(10)
})
