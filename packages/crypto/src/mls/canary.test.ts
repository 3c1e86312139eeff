import { test, expect } from "vitest"
import { inspect } from "node:util"
import { baseKeyLabel } from "../sframe/keys.ts"
import type { GroupFact, GroupOrder } from "./engine-port.ts"
import { noteLabel } from "./note.ts"
import { found, house, id, knock, readOrder, realEngine, somebody, admit } from "./people.fixture.ts"

/** Every way bytes end up in a text. */
const formsOf = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes)
  return [
    buffer.toString("base64url"),
    buffer.toString("base64").slice(0, -3),
    buffer.toString("hex"),
    [...buffer].join(),
    [...buffer].join(", "),
  ]
}

test("D2.2, A3.10: no fact, no error and no print of anything holds a key of link, epoch or device", async () => {
  const secrets: Uint8Array[] = []
  class Listening extends realEngine.Member {
    override export(label: string, context: Uint8Array, length: number): Uint8Array {
      const exported = super.export(label, context, length)
      expect([baseKeyLabel, noteLabel]).toContain(label)
      secrets.push(exported.slice())
      handed.push(exported)
      return exported
    }
  }
  const handed: Uint8Array[] = []
  const home = await house()
  secrets.push(home.keys.psk.expose().slice(), home.keys.access)
  const told: string[] = []
  const [ada, ben] = [
    await somebody(home, "Ada", { engine: { Member: Listening } }),
    await somebody(home, "Ben", { engine: { Member: Listening } }),
  ]
  const call = await found(ada)
  await admit(ada, call, [ben])
  const tell = async (order: GroupOrder): Promise<GroupFact> => {
    const fact = await ada.keeper.perform(order)
    told.push(
      JSON.stringify(fact, (_, value: unknown) => (value instanceof Uint8Array ? [...value].join() : value)),
      inspect(fact, { depth: 9 }),
    )
    return fact
  }
  const made = await knock(await somebody(home, "Cleo"), call)
  await tell(readOrder(made))
  await tell({ do: "build-commit", change: { adds: [made.member], removes: [] } })
  await tell({ do: "merge-commit" })
  await tell({ do: "seal-message", message: { kind: "introduce", leaves: [0, 1, 2] }, keep: true })
  await tell({ do: "open-message", message: made.keyPackage })
  await tell({ do: "process-commit", seq: 1, commit: made.sealed, gone: [] })
  await tell({ do: "found-group", call: id(), member: id() })
  await tell({ do: "wipe-group" })
  told.push(
    inspect([ada, ben, home], { depth: 9, showHidden: true }),
    JSON.stringify([ada.news, ben.news]),
    ...[...ada.bugs, ...ben.bugs].map(String),
  )
  // The access key is shown to the server on purpose and stands in `home`; it is looked for in facts only.
  const haystack = told.join("\n")
  const planted = haystack + formsOf(secrets[0] ?? new Uint8Array()).join()
  for (const secret of secrets.filter((one) => one !== home.keys.access))
    for (const form of formsOf(secret)) expect(haystack.includes(form)).toBe(false)
  expect(formsOf(secrets[0] ?? new Uint8Array()).every((form) => planted.includes(form))).toBe(true)
  // What the exporter gave is overwritten as soon as it is a handle.
  expect(handed.length).toBeGreaterThan(2)
  for (const bytes of handed) expect(bytes.every((byte) => byte === 0)).toBe(true)
})

test("D2.2, A3.10: whatever an engine call throws, only a code of ours comes out", async () => {
  const home = await house()
  const secret = "c2VjcmV0LXNlY3JldC1z"
  class Talkative extends realEngine.Member {
    override encrypt(): Uint8Array {
      throw new Error(`decryption of ${secret} failed`)
    }
  }
  const ada = await somebody(home, "Ada", { engine: { Member: Talkative } })
  await found(ada)
  const fact = await ada.keeper.perform({ do: "seal-message", message: { kind: "leave" }, keep: false })
  expect(fact).toEqual({ type: "order-failed", order: "seal-message", failure: "broken" })
  expect(inspect([fact, ada.news, ada.bugs], { depth: 9 })).not.toContain(secret)
})
