/** How many of some people take bytes that they must not take. */

import { expect } from "vitest"
import { commit, lastKey, printOf, type Somebody } from "../../packages/crypto/src/mls/people.fixture.ts"

/** Gives the same bytes to everybody as the next commit; how many took them. */
export async function takenAsCommit(people: readonly Somebody[], bytes: Uint8Array): Promise<number> {
  let taken = 0
  for (const one of people) {
    const fact = await one.keeper.perform({ do: "process-commit", seq: 9, commit: bytes, gone: [] })
    if (fact.type !== "commit-refused") taken++
  }
  return taken
}

/** Gives the same bytes to everybody as a message; how many opened them. */
export async function takenAsMessage(people: readonly Somebody[], bytes: Uint8Array): Promise<number> {
  let taken = 0
  for (const one of people) if ((await one.keeper.perform({ do: "open-message", message: bytes })).type !== "message-refused") taken++
  return taken
}

/** The group must go on as if nothing had been. */
export async function unharmed({ ada, ben }: { readonly ada: Somebody; readonly ben: Somebody }, epoch: number): Promise<void> {
  expect([lastKey(ada).epoch, lastKey(ben).epoch]).toEqual([epoch, epoch])
  await commit(ada, {}, [ben])
  expect(await printOf(lastKey(ada).key)).toBe(await printOf(lastKey(ben).key))
}
