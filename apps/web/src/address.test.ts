import fc from "fast-check"
import { expect, test } from "vitest"
import { pathOf, placeOf, readPastedLink } from "./address.ts"

const here = "https://meet.example"
const room = "AAAAAAAAAAAAAAAAAAAAAA"
const fragment = "BBBBBBBBBBBBBBBBBBBBBA.CCCCCCCCCCCCCCCCCCCCCA"
const link = `${here}/r/${room}#${fragment}`

test("L11: a whole link is followed, however it was wrapped", () => {
  for (const text of [link, `  ${link}\n`, `<${link}>`, link.replace("https://", "")]) {
    expect(readPastedLink(text, here), text).toEqual({ room, fragment })
  }
  expect(pathOf({ room, fragment })).toBe(`/r/${room}#${fragment}`)
})

test("L11: what cannot be followed is refused by its reason", () => {
  const kindOf = (text: string) => {
    const read = readPastedLink(text, here)
    return "kind" in read ? read.kind : "followed"
  }
  for (const text of ["", "hello", "see you at ten", `${here}/`, `${here}/new`, `${here}/r/short#${fragment}`, `${link} and more`]) {
    expect(kindOf(text), text).toBe("not-a-link")
  }
  expect(kindOf("javascript:alert(1)")).toBe("not-a-link")
  expect(kindOf(`ftp://meet.example/r/${room}#${fragment}`)).toBe("not-a-link")
  expect(kindOf(`${here}/r/${room}`)).toBe("cut")
  expect(kindOf(link.slice(0, -1))).toBe("cut")
  expect(kindOf(`${link}x`)).toBe("cut")
  expect(readPastedLink(link, "https://other.example")).toEqual({ kind: "other-server", host: "meet.example" })
  expect(kindOf(`${here}/o/${room}`)).toBe("other-kind")
  expect(kindOf(`${here}/t/${room}`)).toBe("other-kind")
})

test("L11: any text has an answer", () => {
  fc.assert(fc.property(fc.string({ maxLength: 3000 }), (text) => typeof readPastedLink(text, here) === "object"))
  fc.assert(fc.property(fc.webUrl({ withFragments: true }), (text) => typeof readPastedLink(text, here) === "object"))
})

test("D1: the kind of a room stands in the path", () => {
  const at = (pathname: string, hash = "") => placeOf({ pathname, hash })
  expect(at("/")).toEqual({ page: "start" })
  expect(at("/new")).toEqual({ page: "new" })
  expect(at(`/r/${room}`, `#${fragment}`)).toEqual({ page: "room", room, fragment })
  expect(at(`/o/${room}`)).toEqual({ page: "other-kind", of: "identity" })
  expect(at(`/t/${room}`)).toEqual({ page: "other-kind", of: "transport" })
  for (const path of ["/r", "/r/", `/r/${room}/`, `/x/${room}`, "/admin", `//r/${room}`])
    expect(at(path), path).toEqual({ page: "nowhere" })
})
