import { expect, test } from "vitest"
import { toBase64url, type RelayOffer } from "@conclave/wire"
import { relayServers } from "./relay-servers.ts"

const offer: RelayOffer = {
  username: new Uint8Array(16).fill(1),
  password: new Uint8Array(24).fill(2),
  address: "10.9.9.9",
  port: 3478,
  isOverTls: true,
}
const home = { protocol: "https:", hostname: "meet.example", port: "" }
const here = { protocol: "http:", hostname: "localhost", port: "8080" }

test("D27.17, A7.04: the relay is asked at the page's own host, whatever address the server says", () => {
  for (const address of ["10.9.9.9", "203.0.113.9"]) {
    expect(relayServers({ ...offer, address }, home)).toEqual([
      {
        urls: ["turn:meet.example:3478?transport=udp", "turns:meet.example:443?transport=tcp"],
        username: toBase64url(offer.username),
        credential: toBase64url(offer.password),
      },
    ])
  }
  expect(relayServers(offer, { ...home, port: "8443" })[0]?.urls).toContain("turns:meet.example:8443?transport=tcp")
  expect(relayServers({ ...offer, isOverTls: false }, home)[0]?.urls).toEqual(["turn:meet.example:3478?transport=udp"])
})

test("D27.17: a page from loopback asks at the address that is said, and only at one of this building", () => {
  const urls = (address: string, hostname = "localhost") => relayServers({ ...offer, address }, { ...here, hostname })[0]?.urls
  for (const address of ["10.9.9.9", "127.0.0.1", "192.168.7.7", "172.16.0.1", "172.31.255.1", "169.254.3.3"])
    expect(urls(address)).toEqual([`turn:${address}:3478?transport=udp`])
  for (const address of ["203.0.113.9", "8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1", "100.64.0.1", "1.127.0.1"])
    expect(urls(address), address).toBeUndefined()
  expect(urls("203.0.113.9", "127.0.0.1")).toBeUndefined()
  expect(urls("203.0.113.9", "[::1]")).toBeUndefined()
  // No page of a name that only looks like loopback is one.
  expect(urls("10.9.9.9", "localhost.example")).toEqual(["turn:localhost.example:3478?transport=udp"])
})

test("D27.17: without an offer nobody is asked", () => {
  expect(relayServers(undefined, home)).toEqual([])
})
