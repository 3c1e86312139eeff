/** What must hold in a call, whoever is in it. */

import { movingPictureOf } from "./picture.ts"
import type { Person } from "./person.ts"
import { until } from "./until.ts"

/** Waits until everyone has the same code to compare and a roster of everyone, and returns the code. */
export async function agree(people: readonly Person[]): Promise<string> {
  return until(
    async () => {
      const all = await Promise.all(people.map((one) => one.facts()))
      const codes = new Set(all.map((one) => `${one.epoch ?? "none"}: ${one.words.join(" ")}`))
      const isComplete = all.every((one) => one.members.length === people.length && one.members.every(({ name }) => name !== undefined))
      const [code = ""] = codes
      return codes.size === 1 && isComplete ? code : undefined
    },
    { for: `${people.map(({ name }) => name).join(", ")} to agree on the words` },
  )
}

/** Waits until `person` sees everyone's picture move under their name and hears as many voices. */
export async function seesAndHears(person: Person, others: readonly Person[]): Promise<void> {
  try {
    await Promise.all(others.map(({ name }) => movingPictureOf(person.page, name)))
  } catch (error) {
    const { phase, sfu, tiles } = await person.facts()
    throw new Error(`${person.name} (${phase}, SFU ${sfu}, ${JSON.stringify(tiles)}): ${String(error)}`, { cause: error })
  }
  await hears(person, others.length)
}

/** Waits until so many sound tracks bring new energy. */
export async function hears(person: Person, voices: number): Promise<void> {
  const before = new Map((await person.media()).inbound.map((stream) => [stream.id, stream.audioEnergy]))
  await until(
    async () => {
      const { inbound } = await person.media()
      const heard = inbound.filter(({ kind, id, audioEnergy }) => kind === "audio" && audioEnergy > (before.get(id) ?? 0) + 1e-6)
      return heard.length >= voices
    },
    { for: `${person.name} to hear ${voices}` },
  )
}

/** Waits until everybody sees and hears everybody. */
export async function allSeeAndHear(people: readonly Person[]): Promise<void> {
  const others = (person: Person) => people.filter((other) => other !== person)
  await Promise.all(people.map((person) => seesAndHears(person, others(person))))
}

/** Everybody's names as one person's device has them, in order. */
export const namesIn = async (person: Person): Promise<string> =>
  (await person.facts()).members
    .map(({ name }) => name)
    .toSorted()
    .join()

/** Waits until somebody's own device says that it has this role. */
export const hasRole = (person: Person, role: string): Promise<true> =>
  until(async () => (await person.facts()).role === role, { for: `${person.name} to be ${role}` })
