/** Defences of the server and the wire. */
import type { Defence } from "./defence.ts"

export const houseDefences: readonly Defence[] = [
  {
    name: "trailing bytes: the server's reader",
    rule: "T6",
    file: "packages/wire/src/mls-envelope.ts",
    text: " || ciphertext.end !== bytes.length",
    replacement: "",
    test: { file: "packages/wire/src/mls-envelope.test.ts", name: "every prefix is refused, and so are trailing bytes" },
  },
  {
    name: "PublicMessage accepted: the server's reader",
    rule: "D7",
    file: "packages/wire/src/mls-envelope.ts",
    text: " || view.getUint16(2) !== 2",
    replacement: "",
    test: { file: "packages/wire/src/mls-envelope.test.ts", name: "a PublicMessage, a Welcome, a GroupInfo" },
  },
  {
    name: "one commit per epoch",
    rule: "D9",
    file: "packages/delivery/src/judge.ts",
    text: '  if (commit.epoch !== call.epoch) return "stale-epoch"\n',
    replacement: "",
    test: { file: "packages/delivery/src/commit.test.ts", name: "the second commit of an epoch is refused" },
  },
  {
    name: "only who knocked is added",
    rule: "D9.4",
    file: "packages/delivery/src/judge.ts",
    text: '  if (![...adds].every((member) => call.waiting.has(member))) return "unexpected-message"\n',
    replacement: "",
    test: { file: "packages/delivery/src/commit.test.ts", name: "only who waits in this call can be added" },
  },
  {
    name: "the way to the SFU is a member's",
    rule: "A4.09",
    file: "apps/server/src/http/media-route.ts",
    text: '    if (known !== hashOf(session)) throw new Problem("wrong-session")\n',
    replacement: "",
    test: { file: "apps/server/src/http/media-route.test.ts", name: "who knocks, has another session or was removed" },
  },
  {
    name: "policy headers",
    rule: "D28",
    file: "apps/server/src/http/headers.ts",
    text: "\"script-src\": \"'self' 'wasm-unsafe-eval'\",",
    replacement: "\"script-src\": \"'self' 'unsafe-inline' 'wasm-unsafe-eval'\",",
    test: { file: "apps/server/src/http/http.test.ts", name: "the policy has no unsafe word" },
  },
  {
    name: "pages of other sites",
    rule: "A4.03",
    file: "apps/server/src/http/origins.ts",
    text: "isOwn: (origin) => origin === undefined || isOwn(origin)",
    replacement: "isOwn: (origin) => origin === undefined || isOwn(origin) || origin.length > 0",
    test: { file: "apps/server/src/socket/socket.test.ts", name: "a page of another site opens no socket" },
  },
]
