import { expect, test } from "vitest"
import { isPublicAddress } from "./public-address.ts"
import { endpointIn } from "./endpoint.ts"

const none = new Set<string>()

test("A4.04, D40.8: no address of a special purpose is public, and the ones beside them are", () => {
  const closed = [
    ..."0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.255".split(" "),
    ..."168.63.129.16 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1".split(" "),
    ..."198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255".split(" "),
    ..."::  ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 fc00::1".split(/ +/),
    ..."fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001::1 2001:20::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1".split(" "),
    ..."localhost example.org 127.1 0x7f.1 2130706433 [::1]".split(" "),
    "",
  ]
  for (const address of closed) expect([address, isPublicAddress(address)]).toEqual([address, false])
  const open =
    "1.1.1.1 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.0.0.1 128.0.0.1 168.63.129.15 172.15.0.1 172.32.0.1 191.255.0.1"
  for (const address of [...open.split(" "), "223.255.255.255", "2001:200::1", "2606:4700::1111", "2a00:1450::1"])
    expect([address, isPublicAddress(address)]).toEqual([address, true])
})

test("A4.04, D40.8: an endpoint is https and no address that is not public, however that is spelt", () => {
  const hosts = [
    ..."127.0.0.1 127.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.0.0.1. %31%32%37.0.0.1 １２７.0.0.1 0 0.0.0.0".split(
      " ",
    ),
    ..."[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:a9fe:a9fe] [64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1] [fd00:ec2::254]".split(
      " ",
    ),
    ..."169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 10.0.0.1 192.168.0.1 172.16.0.1 100.64.0.1".split(" "),
  ]
  for (const host of hosts) expect([host, endpointIn(`https://${host}/hook`, none)]).toEqual([host, undefined])
  for (const text of [
    "http://example.org/",
    "ftp://example.org/",
    "https://u@example.org/",
    "https://u:p@example.org/",
    "https://example.org/#x",
    "https://",
    "//example.org",
    "https://[fe80::1%25eth0]/",
    "https://./",
    "file:///etc/passwd",
    "gopher://example.org/",
  ])
    expect([text, endpointIn(text, none)]).toEqual([text, undefined])
  expect(endpointIn("https://Example.org:8443/a?b=c", none)).toEqual({ host: "example.org", port: 8443, path: "/a?b=c" })
  expect(endpointIn("https://example.org./", none)).toEqual({ host: "example.org", port: 443, path: "/" })
  expect(endpointIn("https://[2606:4700::1111]/", none)).toEqual({ host: "2606:4700::1111", port: 443, path: "/" })
})

test("D40.9: what the operator names is allowed by exact host and port", () => {
  const allowed = new Set(["10.0.0.5:8443", "hooks.internal:443"])
  expect(endpointIn("https://10.0.0.5:8443/x", allowed)).toEqual({ host: "10.0.0.5", port: 8443, path: "/x" })
  for (const text of ["https://10.0.0.5/", "https://10.0.0.6:8443/", "http://10.0.0.5:8443/"])
    expect(endpointIn(text, allowed)).toBeUndefined()
})
