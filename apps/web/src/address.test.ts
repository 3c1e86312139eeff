import fc from "fast-check"
import { expect, test } from "vitest"
import { ownPath, pathOf, placeOf, readPastedLink } from "./address.ts"

const here = "https://meet.example"
const room = "AAAAAAAAAAAAAAAAAAAAAA"
const fragment = "BBBBBBBBBBBBBBBBBBBBBA.CCCCCCCCCCCCCCCCCCCCCA"
const link = `${here}/r/${room}#${fragment}`

test("L11: a whole link is followed, however it was wrapped", () => {
  for (const text of [link, `  ${link}\n`, `<${link}>`, link.replace("https://", "")]) {
    expect(readPastedLink(text, here), text).toEqual({ path: `/r/${room}#${fragment}` })
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
  expect(readPastedLink(`${here}/o/my-standup#conclave_join_x`, here)).toEqual({ path: "/o/my-standup#conclave_join_x" })
  expect(readPastedLink(`${here}/t/${room}`, here)).toEqual({ path: `/t/${room}` })
  expect(kindOf(`${here}/o/My-Standup`)).toBe("not-a-link")
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
  expect(at(`/o/${room}`)).toEqual({ page: "handed", kind: "identity", name: room, token: "" })
  expect(at("/t/my-standup", "#TOKEN")).toEqual({ page: "handed", kind: "transport", name: "my-standup", token: "TOKEN" })
  expect(at("/r/my-standup", `#${fragment}`)).toEqual({ page: "nowhere" })
  for (const path of [
    "/o/",
    "/o/ab",
    "/o/Ab-cd",
    "/o/-abc",
    "/t/abc-",
    `/o/${"a".repeat(33)}`,
    "/o/abc/",
    "/r",
    "/r/",
    `/r/${room}/`,
    `/x/${room}`,
    "/admin",
    `//r/${room}`,
  ])
    expect(at(path), path).toEqual({ page: "nowhere" })
})

test("D41.2: pages about accounts have paths of their own, and links that make one keep their secret behind #", () => {
  const at = (pathname: string, hash = "") => placeOf({ pathname, hash })
  expect(at("/setup", "#TOKEN")).toEqual({ page: "setup", token: "TOKEN" })
  expect(at("/invitation", "#TOKEN")).toEqual({ page: "invitation", token: "TOKEN" })
  expect(at("/account")).toEqual({ page: "account" })
  expect(at("/dashboard")).toEqual({ page: "dashboard" })
  expect(at("/dashboard/rooms")).toEqual({ page: "dashboard", part: "rooms" })
  expect(at(`/dashboard/rooms/${room}`)).toEqual({ page: "dashboard", part: "rooms", id: room })
  for (const path of ["/setup/", "/account/x", "/dashboard/", "/dashboard/a/b/c", "/dashboard/a%2fb", "/dashboardx", "//dashboard"])
    expect(at(path), path).toEqual({ page: "nowhere" })
})

test("D41.3: after signing in the page goes to a path of ours and nowhere else", () => {
  const next = (wanted: string) => placeOf({ pathname: "/login", hash: "", search: `?next=${encodeURIComponent(wanted)}` })
  for (const own of ["/dashboard", "/dashboard/keys", "/account", "/o/my-standup", `/t/${room}`])
    expect(next(own), own).toEqual({ page: "login", next: own })
  const foreign = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
  ]
  for (const wanted of [...foreign, "", "account", "/login", "/setup", "/x", "/o/a/b", `/r/${room}`])
    expect(next(wanted), wanted).toEqual({ page: "login", next: "/dashboard" })
  expect(next("/account?x=1#y")).toEqual({ page: "login", next: "/account" })
  expect(placeOf({ pathname: "/login", hash: "" })).toEqual({ page: "login", next: "/dashboard" })
})

test("D41.3: no text leads elsewhere", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (text) => {
      expect(new URL(ownPath(text), here).origin).toBe(here)
    }),
  )
})
