/** Defences of the room's password (D18). */

import type { Defence } from "./defence.ts"

const keeper = "packages/crypto/src/mls/password.test.ts"
const machine = "packages/call/src/password.test.ts"

export const passwordDefences: readonly Defence[] = [
  {
    name: "proved before it is added",
    rule: "D18.6",
    file: "packages/crypto/src/mls/door.ts",
    text: "password === undefined || (door?.isProved === true && door.proof.version === password.version)",
    replacement: "password === undefined || door !== undefined",
    test: { file: keeper, name: "who did not prove it is not added" },
  },
  {
    name: "the machine waits for the proof",
    rule: "D18.6",
    file: "packages/call/src/password.ts",
    text: 'candidate.proof === "proved" ? "add" : "wait"',
    replacement: '"add"',
    test: { file: machine, name: "a knock is answered, and committed only once" },
  },
  {
    name: "the password in the PSK",
    rule: "D18.5",
    file: "packages/crypto/src/mls/membership.ts",
    text: "pskIdOf(room, secretVersion, password?.version)",
    replacement: "pskIdOf(room, secretVersion)",
    test: { file: keeper, name: "an Add with the PSK of the link alone" },
  },
  {
    name: "a member proves it too",
    rule: "D18.3",
    file: "packages/crypto/src/mls/door.ts",
    text: "asked === undefined || (own?.isAnswered === true && isPasswordKey(own.key, asked))",
    replacement: "asked === undefined || own !== undefined",
    test: { file: keeper, name: "no Welcome is entered" },
  },
  {
    name: "a knock is answered once",
    rule: "D18.6",
    file: "packages/crypto/src/mls/door.ts",
    text: "door.responder !== undefined || ",
    replacement: "",
    test: { file: keeper, name: "a knock is answered once" },
  },
  {
    name: "five guesses",
    rule: "D18.7",
    file: "packages/call/src/password.ts",
    text: 'if (spent >= mostGuesses) return "ask"',
    replacement: 'if (spent >= mostGuesses) return "prove"',
    test: { file: machine, name: "after five guesses a guest leaves newcomers" },
  },
  {
    name: "nobody founds by a guess",
    rule: "D18.11",
    file: "packages/crypto/src/mls/admission.ts",
    text: 'if (asked !== undefined && membership.password === undefined) return refusal("host-needed")',
    replacement: "",
    test: { file: keeper, name: "founded only by a device" },
  },
]
