/** Which address the SFU offers to browsers (D27). */

import { readFileSync } from "node:fs"
import { networkInterfaces, type NetworkInterfaceInfo } from "node:os"

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** The address of this machine's default-route interface, else the first that is not loopback, else loopback. */
export function mediaAddress(): string {
  return addressFor(defaultRouteInterface(routeTable()), networkInterfaces())
}

/** The choice of D27.1, apart from where its facts come from. */
export function addressFor(preferred: string | undefined, interfaces: Interfaces): string {
  const all = Object.entries(interfaces).flatMap(([name, infos]) => (infos ?? []).map((info) => ({ name, info })))
  const usable = all.filter(({ info }) => info.family === "IPv4" && !info.internal)
  return (usable.find(({ name }) => name === preferred) ?? usable[0])?.info.address ?? "127.0.0.1"
}

/** Reads Linux's table of routes: interface, destination and gateway in hexadecimal, flags, …, metric. */
export function defaultRouteInterface(table: string): string | undefined {
  const routes = table
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .filter(([, destination, , , , , , mask]) => destination === "00000000" && mask === "00000000")
  routes.sort((a, b) => Number(a[6]) - Number(b[6]))
  return routes[0]?.[0]
}

function routeTable(): string {
  try {
    return readFileSync("/proc/net/route", "utf8")
  } catch {
    // Other systems have no such file; the first address that is not loopback must do, or CONCLAVE_MEDIA_ADDRESS.
    return ""
  }
}
