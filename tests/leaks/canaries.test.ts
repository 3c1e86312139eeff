import fc from "fast-check"
import { expect, test } from "vitest"
import { hunt } from "./canaries.ts"

const secret = Buffer.from("00ff10ee20dd30cc40bb50aa60996088", "hex")
const canary = { what: "secret", bytes: secret }

const spellings: readonly [string, (before: Buffer, after: Buffer) => Buffer][] = [
  ["raw", (before, after) => Buffer.concat([before, secret, after])],
  ["hex", (before, after) => Buffer.from(Buffer.concat([before, secret, after]).toString("hex"))],
  ["base64", (before, after) => Buffer.from(Buffer.concat([before, secret, after]).toString("base64"))],
  ["base64url", (before, after) => Buffer.from(Buffer.concat([before, secret, after]).toString("base64url"))],
]

test.for(spellings)("A3.10: the hunter finds a secret spelled %s, whatever stands around it", ([, spell]) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, after) => {
      const content = spell(Buffer.from(before), Buffer.from(after))
      expect(hunt([canary], [{ where: "here", content }])).not.toEqual([])
    }),
  )
})

test("A3.10: the hunter finds nothing where nothing is", () => {
  const content = Buffer.from(`${secret.subarray(0, 15).toString("hex")} ${secret.subarray(1).toString("base64")}`)
  expect(hunt([canary], [{ where: "here", content }])).toEqual([])
})
