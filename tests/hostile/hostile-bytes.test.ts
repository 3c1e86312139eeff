/** Bytes that nobody of the group made: cut, lengthened, of every type; and codes that must tell any two groups apart. */

import { chance } from "@conclave/testkit"
import { beforeAll, expect, test } from "vitest"
import { two } from "../../packages/crypto/src/mls/hostile.fixture.ts"
import { house, knock, lastKey, readOrder, somebody, type House } from "../../packages/crypto/src/mls/people.fixture.ts"
import { safetyCode } from "@conclave/crypto/room"
import { counts } from "./counts.ts"
import { blocked } from "./ledger.ts"
import { joined } from "./lying-relay.ts"
import { proposalTypes, publicMessage } from "./public-messages.ts"
import { takenAsCommit, takenAsMessage, unharmed } from "./taken.ts"

let home: House
beforeAll(async () => {
  home = await house()
})

test("A1.12: commits, messages, knocks and Welcomes cut to any length, lengthened, or with any tag or signature cut, are refused", async () => {
  let [tries, through] = [0, 0]
  const { call, ada, ben } = await two(home)
  const made = await knock(await somebody(home, "Cleo"), call)
  const { message } = await ada.ask({ do: "seal-message", message: { kind: "leave" }, keep: false }, "message-sealed")
  const { bundle } = await ada.ask({ do: "build-commit", change: { adds: [], removes: [] } }, "commit-built")
  const bent = (bytes: Uint8Array): Uint8Array[] => [
    ...Array.from({ length: Math.ceil(bytes.length / counts.bentStep) }, (_, i) => bytes.subarray(0, i * counts.bentStep)),
    // The last bytes are tags: every length of them, and one byte too many.
    ...Array.from({ length: 80 }, (_, cut) => bytes.subarray(0, bytes.length - 1 - cut)),
    joined(bytes, Uint8Array.of(0)),
  ]
  for (const lie of bent(bundle.commit)) through += await takenAsCommit([ben], lie)
  for (const lie of bent(message)) through += await takenAsMessage([ben], lie)
  const knocks = [
    ...bent(made.sealed).map((sealed) => ({ ...made, sealed })),
    ...bent(made.keyPackage).map((keyPackage) => ({ ...made, keyPackage })),
  ]
  for (const lie of knocks) if ((await ben.keeper.perform(readOrder(lie))).type !== "knock-refused") through++
  tries += bent(bundle.commit).length + bent(message).length + knocks.length
  blocked({ row: "A1.12", what: "messages, commits and knocks cut or lengthened", tries, through })
  await ben.ask({ do: "open-message", message }, "message-opened")
  await ben.ask({ do: "process-commit", seq: 1, commit: bundle.commit, gone: [] }, "commit-processed")
})

test("A1.13: no proposal from outside passes, of a registered type, an unregistered or a random one, alone or in a commit", async () => {
  const { call, ada, ben } = await two(home)
  const epoch = lastKey(ada).epoch
  const dice = chance(113)
  const types = [...Object.values(proposalTypes), ...Array.from({ length: counts.proposalTypes }, () => dice.below(0x1_0000))]
  let [tries, through] = [0, 0]
  for (const type of types)
    for (const sender of ["external", "new-member-proposal", { leaf: 0 }] as const)
      for (const isCommit of [false, true]) {
        const bytes = publicMessage({ call, epoch, sender, isCommit, proposal: { type, body: dice.bytes(dice.below(200)) } })
        tries++
        through += (await takenAsCommit([ada, ben], bytes)) + (await takenAsMessage([ada, ben], bytes))
      }
  blocked({ row: "A1.13", what: "proposals of every type", tries, through })
  await unharmed({ ada, ben }, epoch)
})

test("A1.19: no two group states show one code, though they differ in a single field, and every epoch shows another to all alike", async () => {
  const dice = chance(119)
  const [words, digits] = [new Set<string>(), new Set<string>()]
  let tries = 0
  while (tries < counts.codes) {
    const state = {
      authenticator: dice.bytes(48),
      groupId: dice.bytes(16),
      roster: Array.from({ length: dice.between(1, 4) }, (_, leaf) => ({ leaf, member: dice.bytes(16), leafKey: dice.bytes(32) })),
    }
    // The state itself, and its nearest neighbours: another call, epoch, member, key or leaf.
    const [first, ...rest] = state.roster
    if (first === undefined) throw new Error("bug: nobody there")
    const states = [
      state,
      { ...state, groupId: turned(state.groupId, dice.below(128)) },
      { ...state, authenticator: turned(state.authenticator, dice.below(384)) },
      { ...state, roster: [{ ...first, member: turned(first.member, dice.below(128)) }, ...rest] },
      { ...state, roster: [{ ...first, leafKey: turned(first.leafKey, dice.below(256)) }, ...rest] },
      { ...state, roster: [{ ...first, leaf: 9 }, ...rest] },
    ]
    for (const code of await Promise.all(states.map(safetyCode))) {
      tries++
      words.add(code.words.join(" "))
      digits.add(code.digits)
    }
  }
  blocked({ row: "A1.19", what: "group states whose codes may be equal", tries, through: 2 * tries - words.size - digits.size })
  const { ada, ben } = await two(home)
  const seen = new Set<string>()
  for (let n = 0; n < 10; n++) {
    const { bundle } = await ada.ask({ do: "build-commit", change: { adds: [], removes: [] } }, "commit-built")
    const [one, other] = [
      (await ada.ask({ do: "merge-commit" }, "commit-merged")).group.words.join(" "),
      (await ben.ask({ do: "process-commit", seq: 1, commit: bundle.commit, gone: [] }, "commit-processed")).group.words.join(" "),
    ]
    expect(one).toBe(other)
    seen.add(one)
  }
  expect(seen.size).toBe(10)
})

const turned = (bytes: Uint8Array, bit: number): Uint8Array => bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
