/** Fuzz targets: what strangers can hand to the signalling proxy. None may throw or hang, whatever the bytes. */

import { defaultRouteInterface } from "./media-address.ts"
import { FrameCap } from "./frame-cap.ts"
import { parseSignalPath } from "./signal-proxy.ts"

const encode = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const decode = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")

export const serverFuzzTargets = [
  {
    name: "server/signal-path",
    samples: [encode(`/sfu/${"A".repeat(22)}/rtc/v1?join_request=abc&access_token=secret`)],
    run: (bytes: Uint8Array) => {
      const path = parseSignalPath(decode(bytes))
      if (path !== undefined && new URLSearchParams(path.query).has("access_token")) throw new Error("bug: the token is still there")
    },
  },
  {
    name: "server/frame-cap",
    samples: [
      Uint8Array.of(0x81, 0x85, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x01, 0xfe, 1, 0, 1, 2, 3, 4),
      Uint8Array.of(0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0),
    ],
    run: (bytes: Uint8Array) => {
      const whole = new FrameCap(1000)
      const split = new FrameCap(1000)
      const passes = whole.passes(bytes)
      let passesSplit = true
      for (let at = 0; at < bytes.length && passesSplit; at++) passesSplit = split.passes(bytes.subarray(at, at + 1))
      if (passes !== passesSplit) throw new Error("bug: chunks change the verdict")
    },
  },
  { name: "server/route-table", run: (bytes: Uint8Array) => void defaultRouteInterface(decode(bytes)) },
] as const
