import { expect, test } from "vitest"
import { passwordHasher } from "./password-hash.ts"

const quick = { memory: 64, passes: 1 }

test("D36.4: a password is recognised by its hash, another is not, and two hashes of one password differ", async () => {
  const hasher = passwordHasher(quick)
  const [one, two] = [await hasher.hash("horses eat grass"), await hasher.hash("horses eat grass")]
  expect(one).not.toBe(two)
  expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await hasher.verify("horses eat grass", one)).toBe(true)
  expect(await hasher.verify("horses eat gras", one)).toBe(false)
})

test("D36.4: hashes made with another cost stay good", async () => {
  const old = await passwordHasher({ memory: 32, passes: 2 }).hash("horses eat grass")
  expect(await passwordHasher(quick).verify("horses eat grass", old)).toBe(true)
})

test("D36.4: what is used outside tests costs at least 19 MiB and two passes", async () => {
  const [, memory, passes] = /m=(\d+),t=(\d+)/.exec(await passwordHasher().hash("horses eat grass")) ?? []
  expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
  expect(Number(passes)).toBeGreaterThanOrEqual(2)
})

test("A4.08: without an account the password is wrong, after the same work", async () => {
  expect(await passwordHasher(quick).verify("horses eat grass", undefined)).toBe(false)
})

test("A6.01: a flood of logins waits in a short line, the rest is refused", async () => {
  const hasher = passwordHasher(quick)
  const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => hasher.verify("x", undefined)))
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(18)
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "too-many" })
  expect(await hasher.verify("x", undefined)).toBe(false)
})
