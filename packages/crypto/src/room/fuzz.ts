/** Fuzz targets: every parser of this folder. None may throw or hang, whatever the bytes. */

import { joined, textOf, uint16, utf8 } from "../bytes.ts"
import { readCanonical } from "../json.ts"
import { parseBundle } from "./bundle.ts"
import { parseFragment, parseLink } from "./link.ts"
import { parseName } from "./name.ts"
import { readOpening } from "./opening.ts"
import { firstPolicy, parsePolicy, policyBody } from "./policy.ts"
import { parseChain } from "./policy-chain.ts"

/** One parser to throw bytes at. */
export interface FuzzTarget {
  readonly name: string
  /** What the parser accepts, to be bent. */
  readonly samples: readonly Uint8Array[]
  run(bytes: Uint8Array): void
}

/** Bytes as text of the same length, so that every byte reaches the parser. */
const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")

const id = "A".repeat(22)
const key = "A".repeat(43)
const policy =
  textOf(
    policyBody({
      ...firstPolicy({ kind: "link", room: id, hosts: [key], secretHash: id, topic: "Board" }),
      expiry: 1,
      password: { version: 1, salt: id },
    }),
  ) ?? ""
const link = joined(uint16(policy.length), new Uint8Array(96), utf8(policy))
/** A bundle that parses; nobody signed it. */
export const bundleSample = `{"device":"${key}","endorsement":"${"A".repeat(86)}","expiry":1,"leafKey":"${key}","member":"${id}","name":"Ada","signature":"${"A".repeat(86)}","token":"a.b.c"}`

export const roomFuzzTargets: readonly FuzzTarget[] = [
  {
    name: "room/link",
    samples: [utf8(`https://a.example/r/${id}#${id}.${id}`)],
    run: (bytes) => void parseLink(textOf(bytes) ?? latin(bytes)),
  },
  {
    name: "room/link-tail",
    samples: [utf8(`${id}?x=y#${id}.${id}`)],
    run: (bytes) => void parseLink(`https://conclave.example/r/${latin(bytes)}`),
  },
  { name: "room/fragment", samples: [utf8(`${id}.${id}`)], run: (bytes) => void parseFragment(latin(bytes)) },
  {
    name: "room/opening",
    samples: [utf8(`${id}.${id}`)],
    run: (bytes) => {
      const [opening = "", keyHash = ""] = latin(bytes).split(".")
      readOpening({ opening, keyHash })
    },
  },
  { name: "room/name", samples: [utf8("Zoë \u{1F600}")], run: (bytes) => void parseName(textOf(bytes) ?? latin(bytes)) },
  { name: "room/policy", samples: [utf8(policy)], run: (bytes) => void parsePolicy(bytes) },
  {
    name: "room/policy-chain",
    samples: [joined(Uint8Array.of(2, 1), link), joined(Uint8Array.of(2, 2), link, link)],
    run: (bytes) => void parseChain(bytes),
  },
  { name: "room/bundle", samples: [utf8(bundleSample)], run: (bytes) => void parseBundle(readCanonical(bytes, 4096)) },
  { name: "room/json", samples: [utf8(policy)], run: (bytes) => void readCanonical(bytes, 4096) },
]
