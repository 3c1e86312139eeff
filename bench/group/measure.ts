/** Fills a group of a size and times what happens in it. */

import type { Contender, Peer, Warmth } from "./peer.ts"

export const steps = [
  "key package",
  "add 10: create",
  "add 10: process",
  "join",
  "remove 1: create",
  "remove 1: process",
  "send 200 B",
  "receive 200 B",
] as const
export type Step = (typeof steps)[number]

/** Milliseconds of processor time by step, and bytes of the two commits. */
export interface Found {
  readonly times: ReadonlyMap<Step, readonly number[]>
  readonly addBytes: number
  readonly removeBytes: number
}

/** A contender that fails says why; the others go on. */
export async function measure(contender: Contender, size: number, warmth: Warmth): Promise<Found | string> {
  const rounds = contender.rounds(size, warmth)
  if (rounds === 0) return "not run"
  try {
    return await rounded(contender, { size, warmth, rounds })
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function rounded(contender: Contender, { size, warmth, rounds }: { size: number; warmth: Warmth; rounds: number }): Promise<Found> {
  const times = new Map<Step, number[]>(steps.map((step) => [step, []]))
  const [maker, reader] = await (warmth === "cold" ? filledAtOnce(contender, size) : filledInBatches(contender, size))
  const timed = async <T>(step: Step, act: () => Promise<T>): Promise<T> => {
    const before = process.cpuUsage()
    const result = await act()
    const { user, system } = process.cpuUsage(before)
    times.get(step)?.push((user + system) / 1000)
    return result
  }
  let [addBytes, removeBytes] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const joiners = await people(contender, 10)
    const adds = await timed("key package", async () => [await joiners[0]!.keyPackage()])
    for (const joiner of joiners.slice(1)) adds.push(await joiner.keyPackage())
    const added = await timed("add 10: create", () => maker.commit({ adds }))
    await maker.merge()
    await timed("add 10: process", () => reader.process(added.commit))
    await timed("join", () => joiners[0]!.join(added.welcomes[0], added.tree))
    await agree([maker, reader, joiners[0]!])
    // The newcomers have the leaves from the first one's on: nobody else left a gap.
    const first = joiners[0]!.leaf()
    const removed = await timed("remove 1: create", () => maker.commit({ removes: [first] }))
    await maker.merge()
    await timed("remove 1: process", () => reader.process(removed.commit))
    const message = await timed("send 200 B", () => maker.send(new Uint8Array(200)))
    await timed("receive 200 B", () => reader.receive(message))
    await agree([maker, reader])
    const rest = await maker.commit({ removes: joiners.slice(1).map((_, index) => first + 1 + index) })
    await maker.merge()
    await reader.process(rest.commit)
    for (const joiner of joiners) joiner.free()
    ;[addBytes, removeBytes] = [added.commit.length, removed.commit.length]
  }
  for (const peer of [maker, reader]) peer.free()
  return { times, addBytes, removeBytes }
}

/** The founder adds all in one commit; the reader is the last of them. */
async function filledAtOnce(contender: Contender, size: number): Promise<readonly [Peer, Peer]> {
  const [founder, reader] = [await contender.person(), await contender.person()]
  await founder.found()
  const adds = await passengers(contender, size - 2)
  const made = await founder.commit({ adds: [...adds, await reader.keyPackage()] })
  await founder.merge()
  await reader.join(made.welcomes.at(-1), made.tree)
  return [founder, reader]
}

/** Batches of ten, each added by the last of the batch before: as a meeting fills (D12). The reader was there from the start. */
async function filledInBatches(contender: Contender, size: number): Promise<readonly [Peer, Peer]> {
  const reader = await contender.person()
  await reader.found()
  let maker = reader
  for (let present = 1; present < size;) {
    const batch = Math.min(10, size - present)
    const last = await contender.person()
    const made = await maker.commit({ adds: [...(await passengers(contender, batch - 1)), await last.keyPackage()] })
    await maker.merge()
    if (maker !== reader) await reader.process(made.commit)
    await last.join(made.welcomes.at(-1), made.tree)
    if (maker !== reader) maker.free()
    // A path by the newcomer: where adding carries none this is what warms the tree.
    const heal = await last.commit({})
    await last.merge()
    await reader.process(heal.commit)
    ;[maker, present] = [last, present + batch]
  }
  return [maker, reader]
}

/** Key packages of people who never come. */
async function passengers(contender: Contender, number: number): Promise<Uint8Array[]> {
  const keyPackages: Uint8Array[] = []
  for (const peer of await people(contender, number)) {
    keyPackages.push(await peer.keyPackage())
    peer.free()
  }
  return keyPackages
}

async function people(contender: Contender, number: number): Promise<Peer[]> {
  const made: Peer[] = []
  while (made.length < number) made.push(await contender.person())
  return made
}

async function agree(peers: readonly Peer[]): Promise<void> {
  const secrets = new Set(await Promise.all(peers.map((peer) => peer.secret())))
  if (secrets.size !== 1) throw new Error("they disagree")
}
