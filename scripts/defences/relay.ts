/** Defences of the relay and of who is asked for it. */
import type { Defence } from "./defence.ts"

const turn = "apps/server/src/relay/turn.ts"
const turnTest = "apps/server/src/relay/turn.test.ts"

export const relayDefences: readonly Defence[] = [
  {
    name: "relay: peers at other addresses",
    rule: "D27.13",
    file: turn,
    text: "peer.address === this.#sfu.address && ",
    replacement: "",
    test: { file: turnTest, name: "a valid credential reaches no other address and no other port" },
  },
  {
    name: "relay: other ports of the SFU's address",
    rule: "D27.13",
    file: turn,
    text: '(how === "address" || peer.port === this.#sfu.port)',
    replacement: "true",
    test: { file: turnTest, name: "a valid credential reaches no other address and no other port" },
  },
  {
    name: "relay: wrong passwords",
    rule: "D27.14",
    file: turn,
    text: "by !== undefined && isSealedBy(message, by.key) ?",
    replacement: "by !== undefined ?",
    test: { file: turnTest, name: "without a credential, with a wrong password" },
  },
  {
    name: "relay: legs of one member",
    rule: "A2.18",
    file: turn,
    text: "    if (holders.filter((one) => one === who).length >= mostOfOne) return 486\n",
    replacement: "",
    test: { file: turnTest, name: "one has at most twelve legs at a time" },
  },
  {
    name: "relay: credentials that do not end",
    rule: "D27.14",
    file: "apps/server/src/relay/credentials.ts",
    text: "return kept !== undefined && this.#isLive(kept) ? kept : undefined",
    replacement: "return kept",
    test: { file: turnTest, name: "a credential lives for five minutes" },
  },
  {
    name: "relay: an address that the server names",
    rule: "D27.17",
    file: "apps/web/src/adapters/sfu/relay-servers.ts",
    text: "  if (!loopback.test(hostname)) return hostname\n",
    replacement: "",
    test: { file: "apps/web/src/adapters/sfu/relay-servers.test.ts", name: "the relay is asked at the page's own host" },
  },
]
