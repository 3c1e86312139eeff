import { afterAll, beforeAll, expect, test } from "vitest"
import { paths, Problem, toBase64url } from "@conclave/wire"
import { commitOf, House, NotingMedia, random } from "../house.fixture.ts"

let house: House
beforeAll(async () => void (house = await House.open()))
afterAll(() => house[Symbol.asyncDispose]())

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

test("D11.1, A4.11: a member gets a cookie for its own way to the SFU and no other", async () => {
  const ada = await house.found(await house.makeRoom())
  const response = await house.post(paths.media, { call: ada.call, member: ada.member, session: toBase64url(ada.session) })
  expect([response.status, await response.text()]).toEqual([200, "{}"])
  expect(response.headers.get("set-cookie")).toMatch(
    new RegExp(`^conclave-sfu=[A-Za-z0-9_-]{43}; Path=/sfu/${ada.member}; HttpOnly; SameSite=Strict$`),
  )
  expect(house.media.notes).toContain(`open ${ada.call}`)
})

test("D11.1, A4.09: who knocks, has another session or was removed gets no way to the SFU", async () => {
  const room = await house.makeRoom()
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  const ask = (member: string, session: Uint8Array) => house.post(paths.media, { call: ada.call, member, session: toBase64url(session) })
  expect(await codeOf(await ask(ben.member, ada.session))).toBe("wrong-session")
  expect(await codeOf(await ask(ben.member, random(32)))).toBe("wrong-session")
  expect((await ask(ben.member, ben.session)).status).toBe(200)
  ada.client.say(commitOf(ada.call, 1, { request: 9, removes: [ben.member] }))
  await ada.client.next("accepted")
  await ada.client.next("accepted")
  expect(await codeOf(await ask(ben.member, ben.session))).toBe("not-a-member")
  expect(house.media.notes).toContain(`detach ${ben.member}`)
  const knocker = await house.enter(room)
  const member = (await import("../house.fixture.ts")).newId<never>()
  knocker.say({ type: "knock", call: ada.call, member, keyPackage: random(20), sealed: random(20) })
  const { session } = await knocker.next("knocking")
  expect(await codeOf(await ask(member, session))).toBe("not-a-member")
})

test("A6.08: while the SFU is away the answer says so and the call goes on", async () => {
  const media = new NotingMedia()
  media.openCall = () => Promise.reject(new Problem("sfu-away"))
  await using other = await House.open({ media })
  const ada = await other.found(await other.makeRoom())
  const response = await other.post(paths.media, { call: ada.call, member: ada.member, session: toBase64url(ada.session) })
  expect([response.status, await codeOf(response)]).toEqual([503, "sfu-away"])
  ada.client.say(commitOf(ada.call, 0, { request: 2 }))
  expect((await ada.client.next("accepted")).request).toBe(2)
})
