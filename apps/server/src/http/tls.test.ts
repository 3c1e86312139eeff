import { generateKeyPairSync, X509Certificate } from "node:crypto"
import { once } from "node:events"
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls"
import { request } from "node:https"
import type { IncomingMessage } from "node:http"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { paths } from "@conclave/wire"
import { House } from "../house.fixture.ts"
import { StartRefusal } from "../config.ts"
import { testCertificate, testKey } from "./certificate.fixture.ts"
import { listenerFor } from "./listener.ts"

const tls = { cert: Buffer.from(testCertificate), key: Buffer.from(testKey), certificate: new X509Certificate(testCertificate) }
let house: House
beforeAll(async () => void (house = await House.open({ config: { tls } })))
afterAll(() => house[Symbol.asyncDispose]())

async function shake(options: ConnectionOptions): Promise<TLSSocket | string> {
  const socket = connect({ port: house.port, host: "127.0.0.1", servername: "localhost", rejectUnauthorized: false, ...options })
  try {
    await once(socket, "secureConnect")
    return socket
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "refused"
  } finally {
    socket.end()
  }
}

const get = async (path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> => {
  const asked = request({
    port: house.port,
    host: "127.0.0.1",
    path,
    rejectUnauthorized: false,
    headers: { host: `localhost:${house.port}`, ...headers },
  }).end()
  const [response] = (await once(asked, "response")) as [IncomingMessage]
  response.resume()
  return response
}

test("the key exchange is the hybrid one where the client can", async () => {
  const socket = await shake({ ecdhCurve: "X25519MLKEM768:X25519" })
  if (typeof socket === "string") throw new Error(socket)
  expect([socket.getProtocol(), socket.getEphemeralKeyInfo()]).toMatchObject(["TLSv1.3", { name: "X25519MLKEM768" }])
})

test("TLS 1.2 works with authenticated encryption only, and nothing older works", async () => {
  const modern = await shake({ maxVersion: "TLSv1.2" })
  expect(typeof modern === "string" ? modern : modern.getCipher().name).toMatch(/^ECDHE-.*(GCM|POLY1305)/)
  for (const ciphers of ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-GCM-SHA256"]) {
    expect(typeof (await shake({ maxVersion: "TLSv1.2", ciphers: `${ciphers}:@SECLEVEL=0` })), ciphers).toBe("string")
  }
  expect(typeof (await shake({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }))).toBe("string")
})

test("D28.1: over TLS every answer demands TLS for two years, and cookies are secure", async () => {
  for (const path of ["/new", "/nothing"]) {
    expect((await get(path)).headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains; preload")
  }
})

test("D28.2, A4.03: over TLS the names of the certificate are ours and no others", async () => {
  expect((await get("/nothing", { host: `meet.example:${house.port}` })).statusCode).toBe(404)
  expect((await get("/nothing", { host: `evil.example:${house.port}` })).statusCode).toBe(403)
  const policy = (await get("/new", { host: `meet.example:${house.port}` })).headers["content-security-policy"]
  expect(policy).toContain(`connect-src 'self' wss://meet.example:${house.port};`)
})

test("D28.2, A4.03: over TLS a page that came by HTTP opens no socket, our own does", async () => {
  const open = (origin: string) =>
    new WebSocket(`wss://localhost:${house.port}${paths.socket}`, { rejectUnauthorized: false, headers: { Origin: origin } })
  const [, response] = (await once(open(`http://localhost:${house.port}`), "unexpected-response")) as [unknown, IncomingMessage]
  expect(response.statusCode).toBe(403)
  const own = open(`https://localhost:${house.port}`)
  await once(own, "open")
  own.terminate()
})

test("a key that does not fit the certificate is one sentence", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const key = Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" }))
  expect(() => listenerFor({ ...tls, key }, () => undefined)).toThrow(StartRefusal)
})

test("D27.4: plain HTTP on the TLS port gets no useful answer", async () => {
  await expect(fetch(`http://127.0.0.1:${house.port}/new`)).rejects.toThrow()
})
