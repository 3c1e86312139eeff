import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { publicName, readConfig, StartRefusal } from "./config.ts"
import { testCertificate, testKey } from "./http/certificate.fixture.ts"

const folder = mkdtempSync(join(tmpdir(), "conclave-config-"))
const cert = join(folder, "cert.pem")
const key = join(folder, "key.pem")
writeFileSync(cert, testCertificate)
writeFileSync(key, testKey)

/** The sentence of the refusal. */
function refusal(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof StartRefusal) return error.message
    throw error
  }
  return "accepted"
}

test("D27.4: without settings the server listens on loopback only, without TLS", () => {
  expect(readConfig({})).toMatchObject({ host: "127.0.0.1", port: 8080, tls: undefined })
})

test("D27.4: any address that others can reach is refused without TLS, in one sentence", () => {
  for (const host of ["0.0.0.0", "::", "192.0.2.7", "meet.example", "127.evil.example", "localhost.example"]) {
    expect(refusal({ CONCLAVE_HOST: host })).toMatch(/^CONCLAVE_HOST is .* set CONCLAVE_TLS_CERT and CONCLAVE_TLS_KEY too/)
    expect(refusal({ CONCLAVE_HOST: host, CONCLAVE_TLS_CERT: cert, CONCLAVE_TLS_KEY: key })).toBe("accepted")
  }
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) expect(refusal({ CONCLAVE_HOST: host })).toBe("accepted")
})

test("every bad setting is one sentence that names it", () => {
  expect(refusal({ PORT: "http" })).toMatch(/^PORT is "http"; .*\.$/)
  expect(refusal({ PORT: "70000" })).toMatch(/^PORT is /)
  expect(refusal({ CONCLAVE_MEDIA_PORT: "-1" })).toMatch(/^CONCLAVE_MEDIA_PORT is /)
  expect(refusal({ CONCLAVE_TLS_CERT: cert })).toMatch(/CONCLAVE_TLS_KEY is not/)
  expect(refusal({ CONCLAVE_TLS_KEY: key })).toMatch(/CONCLAVE_TLS_CERT is not/)
  expect(refusal({ CONCLAVE_TLS_CERT: "/nowhere", CONCLAVE_TLS_KEY: key })).toMatch(
    /\/nowhere in CONCLAVE_TLS_CERT cannot be read \(ENOENT\)/,
  )
  expect(refusal({ CONCLAVE_TLS_CERT: key, CONCLAVE_TLS_KEY: key })).toMatch(/is not a certificate/)
})

test("the address to open is what a browser can reach", () => {
  const tls = { CONCLAVE_TLS_CERT: cert, CONCLAVE_TLS_KEY: key }
  expect(publicName(readConfig({}))).toBe("localhost")
  expect(publicName(readConfig({ ...tls, CONCLAVE_HOST: "0.0.0.0" }))).toBe("meet.example")
  expect(publicName(readConfig({ ...tls, CONCLAVE_HOST: "192.0.2.7" }))).toBe("192.0.2.7")
  expect(publicName(readConfig({ ...tls, CONCLAVE_HOST: "2001:db8::1" }))).toBe("[2001:db8::1]")
})

test("D27.10: media by TCP is offered where other machines come, not on loopback, and as the operator says", () => {
  const tcpPort = (env: Record<string, string>): number => readConfig(env).media.tcpPort
  const open = { CONCLAVE_HOST: "0.0.0.0", CONCLAVE_TLS_CERT: cert, CONCLAVE_TLS_KEY: key }
  expect([tcpPort({}), tcpPort(open)]).toEqual([0, 7881])
  expect([tcpPort({ CONCLAVE_MEDIA_TCP_PORT: "9000" }), tcpPort({ ...open, CONCLAVE_MEDIA_TCP_PORT: "0" })]).toEqual([9000, 0])
  expect(refusal({ CONCLAVE_MEDIA_TCP_PORT: "tcp" })).toMatch(/^CONCLAVE_MEDIA_TCP_PORT is /)
})

test("D27.15: the relay has the port that the operator says, or none", () => {
  const ports = [{}, { CONCLAVE_TURN_PORT: "5000" }, { CONCLAVE_TURN_PORT: "0" }].map((env) => readConfig(env).turnPort)
  expect(ports).toEqual([undefined, 5000, 0])
  expect(refusal({ CONCLAVE_TURN_PORT: "turn" })).toMatch(/^CONCLAVE_TURN_PORT is /)
})

test("D40.9: receivers in the operator's own network are named by host and port, or the server does not start", () => {
  const hosts = (text: string) => [...readConfig({ CONCLAVE_WEBHOOK_HOSTS: text }).webhookHosts]
  expect(hosts("")).toEqual([])
  expect(hosts("Hooks.internal, 10.0.0.5:8443,[fd00::5]:9000")).toEqual(["hooks.internal:443", "10.0.0.5:8443", "fd00::5:9000"])
  for (const wrong of ["https://hooks.internal", "hooks.internal/x", "*", "a b", "user@host", "host:99999"])
    expect(refusal({ CONCLAVE_WEBHOOK_HOSTS: wrong })).toMatch(/^CONCLAVE_WEBHOOK_HOSTS has /)
})
