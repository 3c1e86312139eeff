import { expect, test } from "vitest"
import { paths, toBase64url, type CallId, type MemberId, type RoomId, type Seq } from "@conclave/wire"
import { Client, newId, privateMessage, random, roomKey, type TestRoom } from "./house.fixture.ts"
import { startMain } from "./main.fixture.ts"
import { hashOf } from "./tokens.ts"

export async function postRoom(port: number): Promise<{ room: TestRoom; status: number }> {
  const room = { room: newId<RoomId>(), access: random(32), shelf: random(20), key: roomKey() }
  const body = JSON.stringify({
    room: room.room,
    accessHash: hashOf(room.access),
    shelf: toBase64url(room.shelf),
    key: toBase64url(room.key.publicKey),
  })
  const headers = { "content-type": "application/json" }
  const { status } = await fetch(`http://localhost:${port}${paths.rooms}`, { method: "POST", body, headers })
  return { room, status }
}

async function enter(port: number, room: TestRoom): Promise<Client> {
  const client = new Client(`ws://localhost:${port}${paths.socket}`)
  await client.opened
  client.hello(room)
  await client.next("room")
  return client
}

/** What the whole program promises on any database. `settings` are those of a server with an empty one. */
export function survivalContract(adapter: string, settings: () => Promise<Record<string, string>> | Record<string, string>) {
  test(`D9.17, A6.08: what was acknowledged survives any number of kills on ${adapter}`, async () => {
    const env = await settings()
    let program = await startMain(env)
    const { room } = await postRoom(program.port)
    const [call, member] = [newId<CallId>(), newId<MemberId>()]
    let client = await enter(program.port, room)
    client.say({ type: "found", call, member })
    const { session } = await client.next("founded")
    const acknowledged = new Map<number, number>()
    let request = 0
    for (let round = 0; round < 4; round++) {
      const enough = acknowledged.size + 5 + (random(1)[0]! % 40)
      // A few are always under way, so that the kill meets some that are stored and not yet answered.
      const sayOne = () => {
        const message = privateMessage(call, 0, 1)
        message[message.length - 1] = ++request & 255
        client.say({ type: "message", request, epoch: 0 as never, keep: true, message })
      }
      for (let n = 0; n < 5; n++) sayOne()
      while (acknowledged.size < enough) {
        const { request: answered, seq } = await client.next("accepted")
        acknowledged.set(seq, answered)
        sayOne()
      }
      program.child.kill("SIGKILL")
      await program.ended
      for (const told of client.heard) if (told.type === "accepted") acknowledged.set(told.seq, told.request)
      program = await startMain(env)
      client = await enter(program.port, room)
      client.say({ type: "resume", call, member, session, after: 0 as Seq })
      const { seq: newest } = await client.next("resumed")
      const kept = new Map<number, number>()
      while (kept.size < newest) {
        for (const entry of (await client.next("entries")).entries)
          if (entry.type === "message") kept.set(entry.seq, entry.message.at(-1) ?? -1)
      }
      for (const [seq, said] of acknowledged) expect(kept.get(seq)).toBe(said & 255)
    }
    expect(acknowledged.size).toBeGreaterThan(20)
    program.child.kill("SIGTERM")
    expect(await program.ended).toBe(0)
  })
}
