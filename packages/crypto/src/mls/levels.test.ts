import { test, expect } from "vitest"
import { refusal } from "../refusal.ts"
import type { Identities } from "../room/identities.ts"
import { admit, commit, found, house, id, introduceAll, knock, readOrder, somebody, type House, type Somebody } from "./people.fixture.ts"

const issuer = { issuer: "https://login.example", clientId: "conclave" }

/** A checker that takes any proof `name.issuer.-` at its word, while it is in reach. */
const believing = (reach = { isUp: true }): (() => Identities) => {
  return () => ({
    verify: (proof) => {
      const [name = "", from = ""] = proof.split(".")
      if (!reach.isUp) return Promise.resolve(refusal("provider-unreachable"))
      return Promise.resolve({ issuer: `https://${from}.example`, subject: name, name: `${name} of ${from}`, identityDevice: name })
    },
  })
}

async function twoIn(home: House, identities = believing()): Promise<{ host: Somebody; ben: Somebody; call: string }> {
  const host = await somebody(home, "Hera", { shelf: home.shelf, identities })
  const ben = await somebody(home, "Ben", { identities, token: "ben.login.-" })
  const call = await found(host)
  await admit(host, call, [ben])
  await introduceAll([host, ben])
  return { host, ben, call }
}

test("D21.6: somebody is an organisation's by a proof that holds, and knows so itself", async () => {
  const home = await house({ issuers: [issuer] })
  const ben = await somebody(home, "Ben", { identities: believing(), token: "ben.login.-" })
  const made = await knock(ben, id())
  expect(made.self).toMatchObject({ name: "ben of login", level: "organisation", issuer: issuer.issuer, subject: "ben" })
})

test("D21.6: a proof of a provider that the policy does not name makes a guest, under its own name", async () => {
  const home = await house({ issuers: [issuer] })
  const { host, call } = await twoIn(home)
  for (const [token, seen] of [
    ["cleo.login.-", { name: "cleo of login", level: "organisation", issuer: issuer.issuer, subject: "cleo" }],
    ["cleo.other.-", { name: "Cleo", level: "guest" }],
    [undefined, { name: "Cleo", level: "guest" }],
  ] as const) {
    const made = await knock(await somebody(home, "Cleo", { token }), call)
    const { person } = await host.ask(readOrder(made), "knock-read")
    expect(person).toMatchObject(seen)
    if (seen.level === "guest") expect(person).not.toHaveProperty("issuer")
  }
})

test("D21.6: a proof does not count where nobody can check it", async () => {
  const home = await house({ issuers: [issuer] })
  const host = await somebody(home, "Hera", { shelf: home.shelf })
  const call = await found(host)
  const made = await knock(await somebody(home, "Cleo", { token: "cleo.login.-" }), call)
  expect(await host.ask(readOrder(made), "knock-read")).toMatchObject({ person: { name: "Cleo", level: "guest" } })
})

test("D21.6: whom a provider could not be asked about is known as soon as it can, when introduced again", async () => {
  const home = await house({ issuers: [issuer] })
  const reach = { isUp: false }
  const { host, ben } = await twoIn(home, believing(reach))
  const own = { do: "seal-message", message: { kind: "introduce", leaves: [1] }, keep: true } as const
  const heard = async (): Promise<unknown> => {
    const { message } = await ben.ask(own, "message-sealed")
    return (await host.ask({ do: "open-message", message }, "message-opened")).message
  }
  expect(await heard()).toMatchObject({ people: [{ name: "Ben", level: "guest" }] })
  reach.isUp = true
  expect(await heard()).toMatchObject({ people: [{ name: "ben of login", level: "organisation" }] })
})

test("D8.11: with a minimum level a guest is let in by nobody, and somebody of the organisation is", async () => {
  const home = await house({ issuers: [issuer], minimumLevel: "guest" })
  const { host, ben, call } = await twoIn(home)
  await commit(host, { policy: { set: "minimumLevel", to: "organisation" } }, [ben])
  const guest = await knock(await somebody(home, "Eve"), call)
  await host.ask(readOrder(guest), "knock-read")
  await host.ask({ do: "build-commit", change: { adds: [guest.member], removes: [] } }, "order-failed")
  const cleo = await knock(await somebody(home, "Cleo", { token: "cleo.login.-" }), call)
  await host.ask(readOrder(cleo), "knock-read")
  const done = await commit(host, { adds: [cleo.member] }, [ben])
  expect(done.people).toMatchObject([{ name: "cleo of login", level: "organisation" }])
})
