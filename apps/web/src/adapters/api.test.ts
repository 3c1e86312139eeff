import { expect, test } from "vitest"
import { apiClient } from "@conclave/client"
import { answering } from "./api.ts"

const asked = (fetch: typeof globalThis.fetch) => answering(apiClient({ fetch })).getOrganisation({})
const organisation = { name: "Northlight", created_at: "2026-01-01T00:00:00.000Z" }
const problem = (status: number, body: unknown, headers = {}) => asked(() => Promise.resolve(Response.json(body, { status, headers })))

test("D41.1: what the server says comes as a value, also when it says no and when it says nothing", async () => {
  expect(await asked(() => Promise.resolve(Response.json(organisation)))).toEqual({ kind: "done", value: organisation })
  expect(await problem(401, { code: "not-signed-in" })).toMatchObject({ kind: "refused", code: "not-signed-in", fields: [] })
  expect(await problem(422, { code: "invalid", errors: { name: ["too long"] } })).toMatchObject({ code: "invalid", fields: ["name"] })
  expect(await problem(429, { code: "too-many" }, { "retry-after": "60" })).toMatchObject({ code: "too-many", retryAfter: 60 })
  expect(await asked(() => Promise.reject(new TypeError("Failed to fetch")))).toMatchObject({ kind: "refused", code: "server-away" })
})

test("D41.1: the page asks its own origin, with its cookie and no key", async () => {
  const heard: [unknown, RequestInit | undefined][] = []
  await asked((url, init) => {
    heard.push([url, init])
    return Promise.resolve(Response.json(organisation))
  })
  expect(heard[0]?.[0]).toBe("/api/v1/organisation")
  expect(heard[0]?.[1]).toMatchObject({ credentials: "same-origin", redirect: "error", headers: { accept: "application/json" } })
  expect(heard[0]?.[1]?.headers).not.toHaveProperty("authorization")
})
