import { test, expect, beforeAll } from "vitest"
import { utf8 } from "../bytes.ts"
import { randomBytes } from "../platform.ts"
import { filled } from "./filling.ts"
import type { GroupFact } from "./engine-port.ts"
import { careless, heal, leafOf, message, noteOf, type Careless } from "./careless.fixture.ts"
import type { StagedCommit } from "./raw-engine.ts"
import { found, house, id, left, somebody, type House, type Somebody } from "./people.fixture.ts"

let home: House
beforeAll(async () => {
  home = await house()
})

async function inside(): Promise<{ engine: Careless; ada: Somebody; call: string }> {
  const engine = careless()
  const ada = await somebody(home, "Ada", { engine: engine.engine })
  return { engine, ada, call: await found(ada) }
}

/** Gives a commit of this content to a member; tells what the member said and what the engine was asked after. */
async function given(content: Partial<StagedCommit>, bytes?: Parameters<typeof message>[0]): Promise<{ fact: GroupFact; calls: string[] }> {
  const { engine, ada, call } = await inside()
  const gone = content.removes ?? []
  const authenticatedData = await noteOf(call, 0, { removes: left(...gone) })
  engine.next = { ...heal, authenticatedData, ...content }
  engine.calls.length = 0
  const fact = await ada.keeper.perform({ do: "process-commit", seq: 1, commit: message({ call, ...bytes }), gone })
  return { fact, calls: engine.calls.filter((name) => ["process", "accept", "refuse"].includes(name)) }
}

const refused = { type: "commit-refused", seq: 1, failure: "refused" }
/** Opened, judged and dropped by this rule. */
const dropped = (rule: string, by = 1) => ({ fact: { ...refused, by, rule }, calls: ["process", "refuse"] })
const joiner = () => ({ identity: randomBytes(16), signatureKey: randomBytes(32), reference: randomBytes(48) })

test("D9.20: a good commit is accepted only after it was judged", async () => {
  const { fact, calls } = await given({})
  expect(fact.type).toBe("commit-processed")
  expect(calls).toEqual(["process", "accept"])
})

test("D7.1: a PublicMessage, a Welcome or a GroupInfo never reaches the engine", async () => {
  for (const wireFormat of [0, 1, 3, 4, 5, 255]) expect(await given({}, { wireFormat })).toEqual({ fact: refused, calls: [] })
})

test("T6, D7.1: bytes left over never reach the engine", async () => {
  expect(await given({}, { tail: Uint8Array.of(0) })).toEqual({ fact: refused, calls: [] })
  expect(await given({}, { tail: randomBytes(5) })).toEqual({ fact: refused, calls: [] })
})

test("A1.13, D7.1: a proposal on its own, or an unknown content type, never reaches the engine", async () => {
  for (const content of [0, 1, 2, 4, 255]) expect(await given({}, { content })).toEqual({ fact: refused, calls: [] })
})

test("A1.06, D7.1: a commit of another epoch or group never reaches the engine", async () => {
  for (const epoch of [1, 7]) expect(await given({}, { epoch })).toEqual({ fact: { ...refused, failure: "stale" }, calls: [] })
  expect(await given({}, { call: id() })).toEqual({ fact: refused, calls: [] })
})

test("A1.13: a commit with a proposal that is not Add, Remove, PSK or policy is dropped", async () => {
  for (const other of [1, 3]) expect(await given({ other })).toEqual(dropped("forbidden-proposal"))
})

test("D12: a commit without a path is dropped", async () => {
  expect(await given({ hasPath: false })).toEqual(dropped("no-path"))
  expect(await given({ hasPath: false, removes: [2] })).toEqual(dropped("no-path"))
})

test("D9.20: our own commit that comes back is not processed as another's", async () => {
  expect(await given({ sender: 0 })).toEqual(dropped("own-echo", 0))
})

test("D34.1: a commit of a leaf that is nobody's is dropped", async () => {
  expect(await given({ sender: 9 })).toEqual(dropped("unknown-sender", 9))
})

test("D8.2: a policy beside any other change is dropped", async () => {
  expect(await given({ policy: home.policy.bytes, removes: [2] })).toEqual(dropped("policy-not-alone"))
})

test("D8.1: an Add without the PSK is dropped", async () => {
  expect(await given({ adds: [joiner()] })).toEqual(dropped("psk-missing"))
})

test("D9.20: an application message in place of a commit changes nothing", async () => {
  const { engine, ada, call } = await inside()
  engine.next = { kind: "application", sender: 1, epoch: 0, data: filled(utf8('{"kind":"leave"}')) }
  expect(await ada.keeper.perform({ do: "process-commit", seq: 1, commit: message({ call }), gone: [] })).toEqual(refused)
  expect(engine.calls).not.toContain("accept")
})

test("E2, D9.21: while one commit is pending no second is built and none is processed", async () => {
  const { engine, ada, call } = await inside()
  const build = { do: "build-commit", change: { adds: [], removes: [] } } as const
  await ada.ask(build, "commit-built")
  engine.calls.length = 0
  expect(await ada.ask(build, "order-failed")).toMatchObject({ failure: "busy" })
  expect(await ada.ask({ do: "process-commit", seq: 1, commit: message({ call }), gone: [] }, "commit-refused")).toMatchObject({
    failure: "busy",
  })
  expect(engine.calls).toEqual([])
})

test("D9.21: a commit is not merged before the server's order", async () => {
  const { engine, ada } = await inside()
  await ada.ask({ do: "build-commit", change: { adds: [], removes: [] } }, "commit-built")
  expect(engine.calls).not.toContain("mergeCommit")
  await ada.ask({ do: "merge-commit" }, "commit-merged")
  expect(engine.calls).toContain("mergeCommit")
})

test("A1.14: the last epoch's message of a leaf that was removed since is dropped, even if it opens", async () => {
  const { engine, ada, call } = await inside()
  engine.next = { ...heal, removes: [2], authenticatedData: await noteOf(call, 0, { removes: left(2) }) }
  const newcomer = leafOf(2)
  engine.roster = [...engine.roster.slice(0, 2), newcomer]
  await ada.ask({ do: "process-commit", seq: 1, commit: message({ call }), gone: [2] }, "commit-processed")
  const speak = (sender: number, epoch: number): Promise<GroupFact> => {
    engine.next = { kind: "application", sender, epoch, data: filled(utf8('{"kind":"leave"}')) }
    return ada.keeper.perform({ do: "open-message", message: message({ call, epoch, content: 1 }) })
  }
  expect((await speak(2, 0)).type).toBe("message-refused")
  expect((await speak(2, 1)).type).toBe("message-opened")
  expect((await speak(1, 0)).type).toBe("message-opened")
})

test("D34.1: a message of a leaf that is nobody's, or our own, is dropped", async () => {
  const { engine, ada, call } = await inside()
  for (const sender of [0, 9]) {
    engine.next = { kind: "application", sender, epoch: 0, data: filled(utf8('{"kind":"leave"}')) }
    await ada.ask({ do: "open-message", message: message({ call, content: 1 }) }, "message-refused")
  }
})

test("D35.1: a panic ends the engine: it is asked nothing more, and every order is answered `broken`", async () => {
  const { engine, ada, call } = await inside()
  Object.defineProperty(engine, "next", {
    get: () => {
      throw new WebAssembly.RuntimeError("unreachable")
    },
  })
  expect(await ada.ask({ do: "open-message", message: message({ call, content: 1 }) }, "message-refused")).toMatchObject({
    failure: "broken",
  })
  engine.calls.length = 0
  for (const order of [{ do: "found-group", call, member: id() }, { do: "wipe-group" }, { do: "merge-commit" }] as const)
    expect(await ada.ask(order, "order-failed")).toEqual({ type: "order-failed", order: order.do, failure: "broken" })
  expect(engine.calls).toEqual([])
  expect(ada.news.at(-1)).toEqual({ type: "wipe" })
})
