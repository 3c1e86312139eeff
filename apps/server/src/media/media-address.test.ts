import { expect, test } from "vitest"
import { addressFor, defaultRouteInterface, type Interfaces } from "./media-address.ts"
import { sfuConfig } from "./sfu-config.ts"

const info = (address: string, internal = false, family: "IPv4" | "IPv6" = "IPv4") => ({
  address,
  internal,
  family,
  netmask: "",
  mac: "",
  cidr: null,
  scopeid: 0,
})
const interfaces = {
  lo: [info("127.0.0.1", true)],
  docker0: [info("172.17.0.1")],
  eth0: [info("fe80::1", false, "IPv6"), info("192.0.2.2")],
} as Interfaces

const table = (...rows: string[]) =>
  ["Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT", ...rows].join("\n") + "\n"
const route = (name: string, destination: string, metric: number, mask: string) =>
  `${name}\t${destination}\t010200C0\t0003\t0\t0\t${metric}\t${mask}\t0\t0\t0`

test("D27.1: the address of the default-route interface is offered, never loopback", () => {
  const routes = table(route("docker0", "000011AC", 0, "0000FFFF"), route("eth0", "00000000", 100, "00000000"))
  expect(addressFor(defaultRouteInterface(routes), interfaces)).toBe("192.0.2.2")
})

test("D27.1: of several default routes the cheapest counts", () => {
  const routes = table(route("eth0", "00000000", 600, "00000000"), route("docker0", "00000000", 100, "00000000"))
  expect(defaultRouteInterface(routes)).toBe("docker0")
})

test("D27.1: without a default route the first address that is not loopback is offered, else loopback", () => {
  expect(addressFor(defaultRouteInterface(table()), interfaces)).toBe("172.17.0.1")
  expect(addressFor(undefined, { lo: interfaces["lo"] })).toBe("127.0.0.1")
})

test("D27.1: the SFU offers one address and no loopback candidate, and its interface is on loopback", () => {
  const config = JSON.parse(
    sfuConfig({ httpPort: 1, mediaAddress: "192.0.2.2", mediaPort: 7882, tcpPort: 0, key: "k", secret: "s" }),
  ) as Record<string, unknown>
  expect(config).toMatchObject({
    bind_addresses: ["127.0.0.1"],
    rtc: { node_ip: "192.0.2.2", enable_loopback_candidate: false, ips: { includes: ["192.0.2.2/32"] }, tcp_port: 0, stun_servers: [] },
    room: {
      auto_create: false,
      enabled_codecs: [{ mime: "audio/opus" }, { mime: "video/VP8" }, { mime: "video/VP9" }, { mime: "video/rtx" }],
    },
    turn: { enabled: false },
  })
})
