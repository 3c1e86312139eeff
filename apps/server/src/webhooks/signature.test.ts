import { createHmac } from "node:crypto"
import { expect, test } from "vitest"
import { signatureHeaders } from "./signature.ts"

test("D40.1: the signature is that of Standard Webhooks, by their published example", () => {
  // standard-webhooks/spec, the vector of its reference libraries.
  const secret = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64")
  const headers = signatureHeaders({ id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1614265330, body: '{"test": 2432232314}' }, [secret])
  expect(headers).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  })
})

test("A4.12: another id, time, body or secret has another signature, and two secrets sign side by side", () => {
  const signed = { id: "evt_1", seconds: 1000, body: "{}" }
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const of = (by: object, secrets: Uint8Array[] = [one]) => signatureHeaders({ ...signed, ...by }, secrets)["webhook-signature"]
  const all = [of({}), of({ id: "evt_2" }), of({ seconds: 1001 }), of({ body: "{ }" }), of({}, [two])]
  expect(new Set(all).size).toBe(5)
  expect(of({}, [two, one])).toBe(`${of({}, [two])} ${of({})}`)
  expect(of({})).toBe(`v1,${createHmac("sha256", one).update("evt_1.1000.{}").digest("base64")}`)
})
