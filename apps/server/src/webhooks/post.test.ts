import { afterEach, beforeEach, expect, test } from "vitest"
import { testCertificate } from "../http/certificate.fixture.ts"
import { poster } from "./post.ts"
import { Receiver } from "./receiver.fixture.ts"

let receiver: Receiver
beforeEach(async () => void (receiver = await Receiver.open()))
afterEach(() => receiver.close())

const never = new AbortController().signal
const letter = (endpoint: string) => ({ endpoint, headers: { "x-mine": "1" }, body: "{}" })
const toLoopback = () => Promise.resolve(["127.0.0.1"])

test("A4.04: no spelling of an inner address is connected to, with the real guard and the real look-up", async () => {
  const post = poster({ allowed: new Set(), authority: testCertificate })
  const hosts = [
    ..."127.0.0.1 [::1] 0.0.0.0 [::] 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.1 127.0.0.1.".split(" "),
    ..."[::ffff:127.0.0.1] [::ffff:7f00:1] [64:ff9b::7f00:1] [2002:7f00:1::] localhost localhost. 169.254.169.254 0xa9fea9fe".split(" "),
  ]
  for (const host of hosts)
    expect([host, await post(letter(`https://${host}:${receiver.port}/`), never)]).toEqual([
      host,
      { problem: "no-public-address", status: undefined },
    ])
  expect(receiver.connections).toBe(0)
})

test("A4.04: a name is refused when one of its addresses is not public, wherever that one stands, and when it has none", async () => {
  const mixtures = [
    ["1.1.1.1", "127.0.0.1"],
    ["127.0.0.1", "1.1.1.1"],
    ["2606:4700::1", "::ffff:127.0.0.1"],
    ["10.0.0.1"],
    ["nonsense"],
    [],
  ]
  for (const addresses of mixtures) {
    const post = poster({ allowed: new Set(), lookUp: () => Promise.resolve(addresses), authority: testCertificate })
    expect(await post(letter(receiver.endpoint()), never)).toEqual({ problem: "no-public-address", status: undefined })
  }
  const unknown = poster({ allowed: new Set(), lookUp: () => Promise.reject(new Error("ENOTFOUND")) })
  expect(await unknown(letter(receiver.endpoint()), never)).toEqual({ problem: "no-public-address", status: undefined })
  expect(receiver.connections).toBe(0)
})

test("A4.04, D40.8: a name that says another address when it is asked again is asked once, and connected to what was checked", async () => {
  let asked = 0
  // First the receiver, which this test takes for public; then what must never be reached.
  const lookUp = () => Promise.resolve([asked++ === 0 ? "127.0.0.1" : "127.0.0.2"])
  const checked: string[] = []
  const isOpen = (address: string) => (checked.push(address), address === "127.0.0.1")
  const post = poster({ allowed: new Set(), lookUp, isOpen, authority: testCertificate })
  expect(await post(letter(receiver.endpoint()), never)).toEqual({ problem: undefined, status: 204 })
  expect([asked, checked, receiver.connections]).toEqual([1, ["127.0.0.1"], 1])
  expect((await receiver.next()).headers.host).toBe(`meet.example:${receiver.port}`)
  // The next attempt looks again, and then it is refused.
  expect((await post(letter(receiver.endpoint()), never)).problem).toBe("no-public-address")
  expect(receiver.connections).toBe(1)
})

test("A4.04, D40.10: a redirect is an answer and not followed, to wherever it leads", async () => {
  const inner = await Receiver.open()
  for (const status of [301, 302, 303, 307, 308]) {
    receiver.replies = [{ status, location: inner.endpoint() }]
    expect(await receiver.post()(letter(receiver.endpoint()), never)).toEqual({ problem: "redirect", status })
  }
  expect([receiver.received.length, inner.connections]).toEqual([5, 0])
  await inner.close()
})

test("D40.9: a host that the operator names may have any address, at that port alone, and only by https", async () => {
  const allowed = new Set([`meet.example:${receiver.port}`])
  const post = poster({ allowed, lookUp: toLoopback, authority: testCertificate })
  expect(await post(letter(receiver.endpoint()), never)).toEqual({ problem: undefined, status: 204 })
  const other = await Receiver.open()
  for (const endpoint of [other.endpoint(), receiver.endpoint().replace("https", "http")])
    expect((await post(letter(endpoint), never)).problem).toBe("no-public-address")
  expect(other.connections).toBe(0)
  await other.close()
})

test("D40.8: a certificate that is another name's, or of an authority that nobody knows, is no receiver", async () => {
  const isOpen = () => true
  const wrongName = poster({ allowed: new Set(), lookUp: toLoopback, isOpen, authority: testCertificate })
  expect((await wrongName(letter(`https://other.example:${receiver.port}/`), never)).problem).toBe("tls")
  const unknown = poster({ allowed: new Set(), lookUp: toLoopback, isOpen })
  expect((await unknown(letter(receiver.endpoint()), never)).problem).toBe("tls")
  expect(receiver.received).toEqual([])
})

test("D40.10: who answers nothing is waited for so long and no longer; any other status is no success", async () => {
  const isOpen = () => true
  const post = poster({ allowed: new Set(), lookUp: toLoopback, isOpen, authority: testCertificate, patienceMs: 300 })
  receiver.replies = ["never"]
  expect(await post(letter(receiver.endpoint()), never)).toEqual({ problem: "timeout", status: undefined })
  const patient = poster({ allowed: new Set(), lookUp: toLoopback, isOpen, authority: testCertificate })
  for (const [status, problem] of [
    [500, "status"],
    [404, "status"],
    [200, undefined],
  ] as const) {
    receiver.replies = [status]
    expect(await patient(letter(receiver.endpoint()), never)).toEqual({ problem, status })
  }
  const slowNames = poster({ allowed: new Set(), lookUp: () => new Promise(() => undefined), patienceMs: 50 })
  expect((await slowNames(letter(receiver.endpoint()), never)).problem).toBe("timeout")
})

test("D40.8: of several checked addresses the next is tried when one does not answer the door", async () => {
  const lookUp = () => Promise.resolve(["127.0.0.9", "127.0.0.1"])
  const post = poster({ allowed: new Set(), lookUp, isOpen: () => true, authority: testCertificate })
  expect(await post(letter(receiver.endpoint()), never)).toEqual({ problem: undefined, status: 204 })
})
