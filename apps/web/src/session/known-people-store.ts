/** Keeps the known people in this browser's IndexedDB. Where it keeps nothing (private windows), everybody is new. */

import { browserStore } from "../adapters/browser-store.ts"
import { readKnown, type KnownPeople, type KnownPerson } from "./known-people.ts"

const within = browserStore("conclave-people", "people")

/** Everybody this device knows. */
export async function loadKnownPeople(): Promise<KnownPeople> {
  const kept = await within("readonly", (people) => people.getAll())
  const found = Array.isArray(kept) ? kept.map(readKnown).filter((one) => one !== undefined) : []
  return new Map(found.toSorted((a, b) => lastSeen(a) - lastSeen(b)).map((one) => [one.key, one]))
}

/** Writes what changed between the two, and nothing else: another tab may have learnt of others meanwhile. */
export async function saveKnownPeople(before: KnownPeople, after: KnownPeople): Promise<void> {
  for (const [key, person] of after) if (before.get(key) !== person) await within("readwrite", (people) => people.put(person, key))
  for (const key of before.keys()) if (!after.has(key)) await within("readwrite", (people) => people.delete(key))
}

const lastSeen = ({ devices }: KnownPerson): number => Math.max(0, ...devices.map((one) => one.at))
