import { readFileSync } from "node:fs"
import { stripTypeScriptTypes } from "node:module"
import { beforeAll, expect, test } from "vitest"
import { signatureHeaders } from "./signature.ts"

type Check = (headers: Headers, body: string, secret: string) => boolean
let isFromConclave: Check

/** The check as docs/api.md prints it for whoever builds a receiver. */
beforeAll(async () => {
  const page = readFileSync(new URL("../../../../docs/api.md", import.meta.url), "utf8")
  const printed = /```ts\n(import \{ createHmac[\s\S]*?)```/.exec(page)?.[1]
  if (printed === undefined) throw new Error("docs/api.md prints no check of signatures")
  const script = Buffer.from(stripTypeScriptTypes(printed)).toString("base64")
  const module = (await import(/* @vite-ignore */ `data:text/javascript;base64,${script}`)) as { isFromConclave: Check }
  isFromConclave = module.isFromConclave
})

const [secret, other] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)]
const textOf = (bytes: Uint8Array) => `whsec_${Buffer.from(bytes).toString("base64")}`
const body = '{"id":"evt_1"}'
const sentAt = (seconds: number, secrets = [secret]) => new Headers(signatureHeaders({ id: "evt_1", seconds, body }, secrets))
const now = () => Math.floor(Date.now() / 1000)

test("A4.12: the printed check takes what we sign, during a rotation by the new secret and by the old", () => {
  expect(isFromConclave(sentAt(now()), body, textOf(secret))).toBe(true)
  for (const one of [secret, other]) expect(isFromConclave(sentAt(now(), [secret, other]), body, textOf(one))).toBe(true)
})

test("A4.12: it refuses another body, id, time or secret, what is played back later, and what is not signed", () => {
  const altered = (name: string, value: string) => {
    const headers = sentAt(now())
    headers.set(name, value)
    return headers
  }
  const refused: [Headers, string, string][] = [
    [sentAt(now()), `${body} `, textOf(secret)],
    [sentAt(now()), body, textOf(other)],
    [sentAt(now() - 600), body, textOf(secret)],
    [sentAt(now() + 600), body, textOf(secret)],
    [altered("webhook-id", "evt_2"), body, textOf(secret)],
    [altered("webhook-timestamp", String(now() + 1)), body, textOf(secret)],
    [altered("webhook-timestamp", "soon"), body, textOf(secret)],
    [altered("webhook-signature", ""), body, textOf(secret)],
    [altered("webhook-signature", "v1,"), body, textOf(secret)],
    [altered("webhook-signature", (sentAt(now()).get("webhook-signature") ?? "").replace("v1,", "v0,")), body, textOf(secret)],
    [new Headers(), body, textOf(secret)],
  ]
  for (const [headers, text, by] of refused)
    expect([Object.fromEntries(headers), isFromConclave(headers, text, by)]).toEqual([Object.fromEntries(headers), false])
})
