import { expect, test } from "vitest"
import { isIssuer, isIssuerUrl } from "./issuer.ts"

test("D19.9: an issuer is an https URL in one spelling, or one of this machine", () => {
  for (const url of [
    "https://a.example",
    "https://a.example/",
    "https://a.example:8443/realms/x",
    "http://127.0.0.1:4000",
    "http://localhost:4000/x",
  ])
    expect(isIssuerUrl(url), url).toBe(true)
  for (const url of [
    ...["", "a.example", "http://a.example", "ftp://a.example", "https://a.example?", "https://a.example/#x", "https://a.example/?x"],
    ...["https://u@a.example", "HTTPS://a.example", "https://A.example", "https://a.example/../b", "https://a.example:443"],
    ...["https://a.example/ b", `https://a.example/${"x".repeat(200)}`, "http://127.evil.example", "https://a.example;script-src"],
  ])
    expect(isIssuerUrl(url), url).toBe(false)
})

test("D19.9: an issuer comes with a client id and nothing else", () => {
  const issuer = { issuer: "https://a.example", clientId: "conclave" }
  expect(isIssuer(issuer)).toBe(true)
  for (const other of [
    { ...issuer, clientId: "" },
    { ...issuer, clientId: "a b" },
    { ...issuer, more: 1 },
    { issuer: issuer.issuer },
    null,
    "x",
  ])
    expect(isIssuer(other)).toBe(false)
})
