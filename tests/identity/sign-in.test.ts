import { afterAll, beforeAll, expect, test } from "vitest"
import { identityKey, identityVerifier, makeProof, nonceOf, type Issuer } from "@conclave/crypto/identity"
import { deviceKey, isRefusal, memoryKeyShelf, type Refusal } from "@conclave/crypto/room"
import { discover, fetchObject, providerKeys } from "../../apps/web/src/adapters/identity-provider.ts"
import { startProvider, type TestProvider } from "./provider.ts"
import { signInHeadless } from "./sign-in.ts"

const origin = "http://localhost:4999"
const room = "A".repeat(22)
let house: TestProvider
let stranger: TestProvider

beforeAll(async () => {
  house = await startProvider()
  house.serve(origin)
  stranger = await startProvider()
  stranger.serve(origin)
})

afterAll(async () => {
  await house.stop()
  await stranger.stop()
})

function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

/** A device in a room, and what it takes to show who is at it. */
async function device(issuer: string) {
  const shelf = memoryKeyShelf()
  const [identity, own] = [good(await identityKey(shelf, issuer)), good(await deviceKey(shelf, room))]
  return { identity, own, prove: (token: string) => makeProof({ token }, identity, { room, devicePublicKey: own.publicKey }) }
}

/** Another member of the room, who fetches the keys itself. */
const member = (...issuers: Issuer[]) => identityVerifier({ room, issuers: () => issuers, providerKeys: providerKeys(() => Date.now()) })

test("D19: a token that a real provider gave for this device proves who is at it, to everyone who asks the provider", async () => {
  const ada = await device(house.issuer)
  const token = await signInHeadless(house, { origin, login: "ada", nonce: await nonceOf(ada.identity.publicKey) })
  expect(await member(house).verify(await ada.prove(token), ada.own.publicKey, Date.now())).toMatchObject({
    issuer: house.issuer,
    subject: "ada",
    name: "Ada",
    email: "ada@house.example",
  })
})

test("D19: a real token for another device, another client or of another provider proves nothing", async () => {
  const ada = await device(house.issuer)
  const nonce = await nonceOf(ada.identity.publicKey)
  const seen = async (token: string, ...issuers: Issuer[]) =>
    member(...issuers).verify(await ada.prove(token), ada.own.publicKey, Date.now())
  const other = await signInHeadless(house, { origin, login: "ada", nonce: await nonceOf(ada.own.publicKey) })
  expect(await seen(other, house)).toEqual({ refused: "token-nonce" })
  const token = await signInHeadless(house, { origin, login: "ada", nonce })
  expect(await seen(token, { ...house, clientId: "payroll" })).toEqual({ refused: "token-audience" })
  expect(await seen(token, stranger)).toEqual({ refused: "token-issuer" })
  expect(await seen(token)).toEqual({ refused: "token-issuer" })
  expect(await seen(token, house)).toMatchObject({ subject: "ada" })
  const day = 24 * 60 * 60 * 1000
  expect(await member(house).verify(await ada.prove(token), ada.own.publicKey, Date.now() + day)).toEqual({ refused: "token-expired" })
})

test("D19: a provider that says it is another is asked nothing", async () => {
  expect(await discover(house.issuer)).toMatchObject({ issuer: house.issuer, namesItself: true, takesClaims: true })
  expect(await discover(`${house.issuer}/`)).toBeUndefined()
  expect(await fetchObject(new URL(`${house.issuer}/nowhere`))).toBeUndefined()
})
