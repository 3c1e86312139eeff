import { expect, test } from "vitest"
import { contentSecurityPolicy } from "./http/headers.ts"
import { House } from "./house.fixture.ts"
import { originsOfIssuers, parseIssuers } from "./issuers.ts"

const house = { issuer: "https://login.example/realms/house", clientId: "conclave" }

test("D19.9: issuers are read as the operator writes them", () => {
  expect(parseIssuers(`${house.issuer} conclave`)).toEqual([house])
  const local = { issuer: "http://127.0.0.1:4000", clientId: "a/b" }
  expect(parseIssuers(`${house.issuer}  conclave , http://127.0.0.1:4000 a/b`)).toEqual([house, local])
  for (const text of [
    ...["", "conclave", house.issuer, `${house.issuer} a b`, `${house.issuer} conclave,`, `${house.issuer} a,${house.issuer} b`],
    ...["http://login.example c", "https://login.example? c", "https://u@login.example c", "https://a.example;script-src c"],
    ...["https://a.example/../b c", "ftp://a.example c", "https://login.example c\u00e4"],
    Array.from({ length: 6 }, (_, i) => `https://a${i}.example c`).join(),
  ])
    expect(parseIssuers(text), text).toBeUndefined()
})

test("D19.10: the page may connect to the issuers' origins and to nobody else's", () => {
  const origins = originsOfIssuers([house, { ...house, issuer: "https://login.example/realms/other" }])
  expect(origins).toEqual(["https://login.example"])
  expect(contentSecurityPolicy("wss://meet.example", origins)).toContain("connect-src 'self' wss://meet.example https://login.example;")
  expect(contentSecurityPolicy("wss://meet.example")).toContain("connect-src 'self' wss://meet.example;")
})

test("D19.10: the server says which issuers it is set up with, in the header and to the page", async () => {
  await using open = await House.open({ config: { issuers: [house] } })
  const response = await fetch(`${open.origin}/api/identity`)
  expect(await response.json()).toEqual({ issuers: [house] })
  expect(response.headers.get("content-security-policy")).toContain(`connect-src 'self' ws://localhost:${open.port} https://login.example;`)
  await using other = await House.open()
  expect(await (await fetch(`${other.origin}/api/identity`)).json()).toEqual({ issuers: [] })
})
