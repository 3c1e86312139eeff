import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { parseMemberId, parseProbe, paths, Problem, toBase64url, type Probe } from "@conclave/wire"
import { House, NotingMedia, random } from "../house.fixture.ts"
import { wayInFor } from "../media/signal-proxy.ts"
import { probes } from "../media/probes.ts"
import { hashOf } from "../tokens.ts"

let house: House
beforeEach(async () => void (house = await House.open()))
afterEach(() => house[Symbol.asyncDispose]())

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

async function probe(): Promise<{ answer: Probe; cookie: string }> {
  const response = await house.post(paths.probe, {})
  expect(response.status).toBe(201)
  const answer = parseProbe(await response.json())
  if (answer === undefined) throw new Error("no probe")
  return { answer, cookie: response.headers.get("set-cookie") ?? "" }
}

test("D27.11: whoever asks gets a name to try with, the ways there are, and a cookie for that name alone", async () => {
  const { answer, cookie } = await probe()
  expect(answer.ways).toEqual(["udp", "tcp"])
  expect(cookie).toMatch(new RegExp(`^conclave-sfu=[A-Za-z0-9_-]{43}; Path=/sfu/${answer.probe}; HttpOnly; SameSite=Strict$`))
  expect(house.media.notes).toEqual([expect.stringMatching(/^open [A-Za-z0-9_-]{22}$/)])
})

test("D27.11: every probe is alone in a room of its own", async () => {
  await probe()
  await probe()
  expect(new Set(house.media.notes).size).toBe(2)
})

test("A6.01, D27.11: one address gets ten probes at a time, and then one in ten seconds", async () => {
  for (let count = 0; count < 10; count++) await probe()
  expect(await codeOf(await house.post(paths.probe, {}))).toBe("too-many")
})

test("A6.01, D27.11: no more than twenty try at a time, whoever they are, and each for forty seconds", async () => {
  vi.useFakeTimers()
  try {
    const media = new NotingMedia()
    const open = probes(media)
    const begun = await Promise.all(Array.from({ length: 20 }, (_, at) => open.begin(hashOf(String(at)))))
    expect(begun.every((one) => one !== undefined)).toBe(true)
    expect(await open.begin(hashOf("more"))).toBeUndefined()
    vi.advanceTimersByTime(40_000)
    expect(media.notes.filter((note) => note.startsWith("end "))).toHaveLength(20)
    expect(open.wayIn(begun[0] ?? (undefined as never), hashOf("0"))).toBeUndefined()
    expect(await open.begin(hashOf("more"))).toBeDefined()
    open.stop()
  } finally {
    vi.useRealTimers()
  }
})

test("D27.11, A4.11: a probe's pass opens its own room to try and nothing of a member's; a member's pass opens no probe", async () => {
  const media = new NotingMedia()
  const open = probes(media)
  const store = { callOfPass: () => Promise.resolve(undefined) } as never
  const [pass, name] = [toBase64url(random(32)), toBase64url(random(16))]
  const member = parseMemberId(name)
  const begun = await open.begin(hashOf(pass))
  if (begun === undefined || member === undefined) throw new Error("bug: a probe begins")
  await wayInFor({ store, media, probes: open }, begun, `conclave-sfu=${pass}`)
  expect(media.notes.at(-1)).toMatch(new RegExp(`^try .{22} ${begun}$`))
  const other = `conclave-sfu=${toBase64url(random(32))}`
  await expect(wayInFor({ store, media, probes: open }, begun, other)).rejects.toMatchObject({ code: "not-a-member" })
  await expect(wayInFor({ store, media, probes: open }, member, `conclave-sfu=${pass}`)).rejects.toMatchObject({ code: "not-a-member" })
  open.stop()
})

test("A6.08: while the SFU is away a probe says so and takes no place", async () => {
  const media = new NotingMedia()
  media.openCall = () => Promise.reject(new Problem("sfu-away"))
  await using other = await House.open({ media })
  expect(await codeOf(await other.post(paths.probe, {}))).toBe("sfu-away")
})
