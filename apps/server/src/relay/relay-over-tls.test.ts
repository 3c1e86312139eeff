import { once } from "node:events"
import { X509Certificate } from "node:crypto"
import { request } from "node:https"
import type { IncomingMessage } from "node:http"
import { connect, type TLSSocket } from "node:tls"
import { afterAll, beforeAll, expect, test } from "vitest"
import { paths, parseMediaAnswer, parseProbe, toBase64url, type RelayOffer } from "@conclave/wire"
import { testCertificate, testKey } from "../http/certificate.fixture.ts"
import { House } from "../house.fixture.ts"
import { packetCutter } from "./doors.ts"
import { openRelay, type Relay } from "./open-relay.ts"
import { methods } from "./stun-message.ts"
import { openUdp, TurnClient, type Wire } from "./turn-client.fixture.ts"

const tls = { cert: Buffer.from(testCertificate), key: Buffer.from(testKey), certificate: new X509Certificate(testCertificate) }
let relay: Relay | undefined
let house: House
let sfu: Awaited<ReturnType<typeof openUdp>>

beforeAll(async () => {
  sfu = await openUdp("127.0.0.1")
  sfu.on("message", (data, from) => sfu.send(`re ${data.toString()}`, from.port, from.address))
  relay = await openRelay({ turnPort: undefined, port: 0, tls }, sfu.address(), () => performance.now())
  house = await House.open({ config: { tls }, relay })
})
afterAll(async () => {
  await house[Symbol.asyncDispose]()
  relay?.stop()
  sfu.close()
})

/** Over the port of the page. */
async function tlsWire(): Promise<Wire & { readonly socket: TLSSocket }> {
  const socket = connect({ port: house.port, host: "127.0.0.1", servername: "localhost", rejectUnauthorized: false })
  await once(socket, "secureConnect")
  const cut = packetCutter()
  const packets: Buffer[] = []
  let wake = (): void => undefined
  socket.on("data", (bytes: Buffer) => {
    packets.push(...(cut(bytes) ?? []))
    wake()
  })
  const next = async (): Promise<Buffer> => {
    for (;;) {
      const packet = packets.shift()
      if (packet !== undefined) return packet
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return { socket, send: (packet) => void socket.write(packet), next, close: () => socket.destroy() }
}

async function post(path: string, body: unknown): Promise<{ status: number; json: unknown }> {
  const options = {
    port: house.port,
    host: "127.0.0.1",
    path,
    method: "POST",
    rejectUnauthorized: false,
    headers: { host: `localhost:${house.port}`, "content-type": "application/json" },
  }
  const asked = request(options).end(JSON.stringify(body))
  const [response] = (await once(asked, "response")) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { status: response.statusCode ?? 0, json: JSON.parse(Buffer.concat(chunks).toString()) }
}

const givenIn = (offer: RelayOffer) => ({ username: toBase64url(offer.username), password: toBase64url(offer.password) })

test("D27.15: the port of the page takes TURN over TLS too, and carries to the SFU with what a probe was given", async () => {
  const { status, json } = await post(paths.probe, {})
  const probe = parseProbe(json)
  expect([status, probe?.ways.at(-1), probe?.relay?.isOverTls]).toEqual([201, "relay", true])
  if (probe?.relay === undefined) throw new Error("no relay")
  const wire = await tlsWire()
  const client = new TurnClient(wire, givenIn(probe.relay))
  expect((await client.allocate()).code).toBe(0)
  const peer = sfu.address()
  expect(await client.codeOfPeer(methods.createPermission, peer)).toBe(0)
  client.sendTo(peer, "odd")
  expect(await client.heard()).toBe("re odd")
  const ended = once(wire.socket, "close")
  await client.ask(methods.refresh, [[0x000d, Buffer.alloc(4)]])
  await ended
})

test("D27.15: a stream that begins as TURN and goes on as something else is ended, and HTTP goes on beside", async () => {
  const wire = await tlsWire()
  const ended = once(wire.socket, "close")
  wire.send(Buffer.from("0003ffff2112a442", "hex"))
  await ended
  expect((await post(paths.probe, {})).status).toBe(201)
})

test("D27.14: a member gets a credential with its way to the SFU, new each time, and nobody else does", async () => {
  await using plain = await House.open({ relay })
  const ada = await plain.found(await plain.makeRoom())
  const ask = async (session: Uint8Array) => plain.post(paths.media, { call: ada.call, member: ada.member, session: toBase64url(session) })
  const answers = [await ask(ada.session), await ask(ada.session)]
  const offers = await Promise.all(answers.map(async (answer) => parseMediaAnswer(await answer.json())?.relay))
  expect(offers.map((offer) => offer?.address)).toEqual(["127.0.0.1", "127.0.0.1"])
  expect(offers[0]?.password).not.toEqual(offers[1]?.password)
  const refused = await ask(new Uint8Array(32))
  expect([refused.status, await refused.text()]).toEqual([403, expect.not.stringContaining("relay")])
})

test("D27.14: 0 is no relay; a taken port is one sentence", async () => {
  const parts = { port: 8080, tls: undefined }
  expect(await openRelay({ ...parts, turnPort: 0 }, sfu.address(), () => 0)).toBeUndefined()
  const taken = openRelay({ ...parts, turnPort: sfu.address().port }, sfu.address(), () => 0)
  await expect(taken).rejects.toThrow(
    /^UDP port \d+ on 127\.0\.0\.1 cannot be used for the relay \(EADDRINUSE\): .* CONCLAVE_TURN_PORT .*\.$/,
  )
})
