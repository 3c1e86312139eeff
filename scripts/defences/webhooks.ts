/** Defences of webhooks: where they go, what they say, and how a receiver knows them. */
import type { Defence } from "./defence.ts"

const file = (name: string): string => `apps/server/src/webhooks/${name}.ts`
const inTest = (name: string, test: string): Defence["test"] => ({ file: file(`${name}.test`), name: test })

export const webhookDefences: readonly Defence[] = [
  {
    name: "webhooks: one public address among others is enough",
    rule: "A4.04",
    file: file("post"),
    text: "addresses.every(isOpen)",
    replacement: "addresses.some(isOpen)",
    test: inTest("post", "a name is refused when one of its addresses is not public"),
  },
  {
    name: "webhooks: connecting to the name again",
    rule: "A4.04",
    file: file("post"),
    text: "      host: address,\n",
    replacement: "      host,\n      lookup: (_, __, found) => found(null, [{ address: `127.0.0.${String(2)}`, family: 4 }]),\n",
    test: inTest("post", "a name that says another address when it is asked again"),
  },
  {
    name: "webhooks: following a redirect",
    rule: "A4.04",
    file: file("post"),
    text: "      resolve({ problem: problemOf(status), status })\n",
    replacement: `      const on = URL.parse(response.headers.location ?? "")
      if (on === null) resolve({ problem: problemOf(status), status })
      else resolve(send({ endpoint: on.href, headers, body }, { endpoint: { ...endpoint, port: Number(on.port) }, address, authority, signal }))
`,
    test: inTest("post", "a redirect is an answer and not followed"),
  },
  {
    name: "webhooks: any certificate",
    rule: "D40.8",
    file: file("post"),
    text: "rejectUnauthorized: true",
    replacement: "rejectUnauthorized: false",
    test: inTest("post", "a certificate that is another name's"),
  },
  {
    name: "webhooks: addresses of clouds' metadata",
    rule: "A4.04",
    file: file("public-address"),
    text: '  ["169.254.0.0", 16],',
    replacement: "",
    test: inTest("public-address", "no address of a special purpose is public"),
  },
  {
    name: "webhooks: IPv6 beyond the public part",
    rule: "A4.04",
    file: file("public-address"),
    text: ' && open6.check(address, "ipv6")',
    replacement: "",
    test: inTest("public-address", "no address of a special purpose is public"),
  },
  {
    name: "webhooks: an endpoint without TLS",
    rule: "A4.04",
    file: file("endpoint"),
    text: 'url?.protocol !== "https:"',
    replacement: "url === null",
    test: inTest("public-address", "an endpoint is https and no address that is not public"),
  },
  {
    name: "webhooks: a signature without the time",
    rule: "A4.12",
    file: file("signature"),
    text: "${id}.${seconds}.${body}",
    replacement: "${id}.${body}",
    test: inTest("signature", "another id, time, body or secret has another signature"),
  },
  {
    name: "webhooks: hearing of what one may not read",
    rule: "D40.3",
    file: "apps/server/src/api/handlers/webhooks.ts",
    text: "        mayHear(context, team, events)\n",
    replacement: "",
    test: inTest("webhooks", "being sent something takes the right to read it"),
  },
  {
    name: "webhooks: those of a stolen key",
    rule: "D40.17",
    file: "apps/server/src/store/developer-keys.ts",
    text: "          await disableWebhooksOf(transaction, id)\n",
    replacement: "",
    test: inTest("webhooks", "with a key the webhooks that it made are switched off"),
  },
  {
    name: "webhooks: what is another team's",
    rule: "D40.2",
    file: "apps/server/src/store/outbox.ts",
    text: '    .where("team", "=", team)\n',
    replacement: "",
    test: inTest("webhooks", "a webhook hears of its own team alone"),
  },
  {
    name: "webhooks: a topic in an event",
    rule: "D40.5",
    file: file("room-events"),
    text: "({ id, friendlyUrl, externalId, kind }: RoomRecord) => ({\n",
    replacement: "({ id, friendlyUrl, externalId, kind, topic }: RoomRecord) => ({\n  topic,\n",
    test: inTest("webhooks", "what happens arrives signed"),
  },
]
