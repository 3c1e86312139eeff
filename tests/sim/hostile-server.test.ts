/** Whole calls under a server, or a member, that cheats. What cannot be prevented must be seen, and must stop the senders. */

import type { Notice } from "@conclave/call"
import { deviceOf, names, simWorld, type SimMember, type World } from "@conclave/testkit"
import type { Entry, ServerEnvelope } from "@conclave/wire"
import { expect, test } from "vitest"
import { counts } from "../hostile/counts.ts"
import { blocked } from "../hostile/ledger.ts"
import { whoKnowsTooMuch, whyNotTogether } from "./invariants.ts"

/** As many calls as tests/hostile/counts.ts says. */
const seedsOf = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1)
const seeds = seedsOf(20)

/** So many people in one call, all sending, all known to each other. */
async function gathered(seed: number, people: number): Promise<World> {
  // Everybody is a host: who may do what is not what these tests are about.
  const rules = { hosts: names.slice(0, people).map(deviceOf) }
  const world = simWorld({ seed, people, weather: { delay: [2, 40], drops: 0 }, isThorough: false, rules })
  for (const member of world.members) {
    member.media = { microphone: true, camera: true, screen: false }
    member.join()
    await pass(world, 700)
  }
  await pass(world, 12_000)
  expect(whyNotTogether(world)).toBeUndefined()
  return world
}

const pass = (world: World, ms: number): Promise<void> => world.time.advance(world.time.now + ms)

/** The people by place; a test asks for no more than it invited. */
const those = ({ members }: World) => members as readonly [SimMember, SimMember, SimMember, ...SimMember[]]

const seatOf = ({ session, name }: SimMember) => {
  if (session.stage.phase !== "in") throw new Error(`${name} is not in the call: ${session.stage.phase}`)
  return session.stage
}

const toldOf = ({ session }: SimMember, kind: Notice["kind"]): readonly Notice[] => session.notices.filter((notice) => notice.kind === kind)

/** Somebody removes somebody by hand: an epoch more. */
function remove(by: SimMember, target: SimMember): void {
  const peer = seatOf(by).peers.find(({ member }) => member === seatOf(target).member)
  if (peer === undefined) throw new Error("bug: not a peer")
  by.say({ type: "remove-asked", leaf: peer.leaf })
}

test("A1.05: whoever is kept from a removal stops sending within thirty seconds", async () => {
  for (const seed of seedsOf(counts.withheld)) {
    const world = await gathered(seed, 4)
    const [ada, ben, cleo] = those(world)
    const victim = seatOf(cleo).member
    world.server.tamper = (to, envelope) => (to === victim && envelope.type === "entries" ? [] : [envelope])
    remove(ada, ben)
    await pass(world, 30_000)
    expect(cleo.isPaused, `seed ${String(seed)}`).toBe(true)
    expect(whoKnowsTooMuch(world)).toBeUndefined()
  }
  blocked({ row: "A1.05", what: "calls in which a member is kept from a removal", tries: counts.withheld, through: 0 })
})

test("A1.06: every past commit, sent again under a new number, moves nobody", async () => {
  const world = await gathered(1, 3)
  const [ada] = those(world)
  const past: Extract<Entry, { type: "commit" }>[] = world.server.rows.flatMap((row) =>
    row.row === "entry" && row.entry.type === "commit" ? [row.entry] : [],
  )
  const before = seatOf(ada).group
  let seq = seatOf(ada).nextSeq
  const again = past.map((entry) => ({ ...entry, seq: seq++ as Entry["seq"] }))
  world.server.tamper = (to, envelope) =>
    envelope.type === "signal" && to === seatOf(ada).member ? [{ type: "entries", entries: again.splice(0) }, envelope] : [envelope]
  await pass(world, 11_000)
  expect(again).toEqual([])
  expect(seatOf(ada).group).toEqual(before)
})

test("A1.07: entries and messages in any order end in the same epoch for all", async () => {
  for (const seed of seeds) {
    const world = await gathered(seed, 4)
    const held: { to: string | undefined; envelope: ServerEnvelope }[] = []
    const { chance } = world
    // Sometimes an envelope waits until after the next one to the same member.
    world.server.tamper = (to, envelope) => {
      const due = held.filter((each) => each.to === to).map((each) => each.envelope)
      held.splice(0, Infinity, ...held.filter((each) => each.to !== to))
      if ((envelope.type === "entries" || envelope.type === "signal") && chance.happens(0.3)) {
        held.push({ to, envelope })
        return due
      }
      return [envelope, ...due]
    }
    const [ada, ben, cleo] = those(world)
    remove(ada, cleo)
    ben.reload(500)
    await pass(world, 40_000)
    world.server.tamper = undefined
    // Removed, or removed while it came back and kept out since.
    cleo.wantsIn = !["removed", "failed"].includes(cleo.session.stage.phase)
    await pass(world, 60_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
  }
})

/** The server sends half of the people to a twin with the same past; both go on. */
async function forked(seed: number, people: number): Promise<{ world: World; here: readonly SimMember[]; there: readonly SimMember[] }> {
  const world = await gathered(seed, people)
  const half = Math.floor(people / 2)
  const [here, there] = [world.members.slice(0, half), world.members.slice(half)]
  const twin = world.server.fork()
  for (const member of there) {
    world.evil.routes.set(member.name, twin)
    member.dropSocket()
  }
  return { world, here, there }
}

test("A1.18: a server that parts a call in two cannot do it unseen, nor join it again under the same name", async () => {
  for (const seed of seedsOf(counts.partitions)) {
    const { world, here, there } = await forked(seed, 6)
    await pass(world, 75_000)
    for (const [half, others] of [
      [here, there],
      [there, here],
    ] as const) {
      for (const member of half) {
        expect(seatOf(member).peers, `seed ${String(seed)}`).toHaveLength(half.length - 1)
        expect(toldOf(member, "lost")).toHaveLength(others.length)
      }
    }
    const lives = there.map(({ session }) => session.life)
    world.evil.routes.clear()
    for (const member of there) member.dropSocket()
    await pass(world, 90_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    // Who was there came back as somebody new: by a knock, never by merging histories.
    for (const [n, { session }] of there.entries()) expect(session.life).toBeGreaterThan(lives[n] ?? 0)
    expect(whoKnowsTooMuch(world)).toBeUndefined()
  }
  blocked({ row: "A1.18", what: "calls parted and joined again", tries: counts.partitions, through: 0 })
})

test("A1.08: two winners of one epoch, told to two halves that still hear each other's noise, alarm every member within two heartbeats", async () => {
  for (const seed of seedsOf(counts.forks)) {
    const { world, here, there } = await forked(seed, 6)
    await pass(world, 2_000)
    const twin = world.evil.routes.get(there[0]?.name ?? "")
    if (twin === undefined) throw new Error("bug: no twin")
    // Each side commits something of its own, and each server passes the other's signals on.
    const [a, b] = [here[0], there[0]] as const
    if (a === undefined || b === undefined) throw new Error("bug: an empty half")
    const outside = here[1]
    if (outside === undefined) throw new Error("bug: an empty half")
    remove(a, there[1] as SimMember)
    remove(b, outside)
    await pass(world, 1_000)
    const noise: { side: "here" | "there"; envelope: ServerEnvelope }[] = []
    const passOn = (own: "here" | "there") => (_: unknown, envelope: ServerEnvelope) => {
      if (envelope.type === "signal") noise.push({ side: own, envelope })
      const others = noise.filter(({ side }) => side !== own).map((each) => each.envelope)
      return [envelope, ...others.slice(-3)]
    }
    world.server.tamper = passOn("here") as typeof world.server.tamper
    twin.tamper = passOn("there") as typeof twin.tamper
    const alarmed = new Set<string>()
    for (let n = 0; n < 22; n++) {
      await pass(world, 1_000)
      for (const { name, session } of world.members)
        if (session.stage.phase === "in" && session.stage.alarm !== undefined && session.stage.isPaused) alarmed.add(name)
    }
    expect([...alarmed].sort(), `seed ${String(seed)}`).toEqual(world.members.map(({ name }) => name).sort())
  }
  blocked({ row: "A1.08", what: "calls forked into two histories", tries: counts.forks, through: 0 })
})

test("A1.09: a server restored from an old backup is noticed, and the call goes on under a new name", async () => {
  for (const seed of seedsOf(counts.rollBacks)) {
    const world = await gathered(seed, 4)
    const [ada] = those(world)
    const old = seatOf(ada).call
    const commits = world.server.rows.flatMap((row, n) => (row.row === "entry" && row.entry.type === "commit" ? [n] : []))
    world.server.rollBack(commits.at(-1) ?? 0)
    await pass(world, 120_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(seatOf(ada).call, `seed ${String(seed)}`).not.toBe(old)
    expect(world.members.some((member) => toldOf(member, "founded-anew").length > 0)).toBe(true)
    expect(whoKnowsTooMuch(world)).toBeUndefined()
  }
  blocked({ row: "A1.09", what: "calls whose server is set back", tries: counts.rollBacks, through: 0 })
})

test("A1.11: a commit that one member cannot open costs that member a rejoin of seconds, and nobody else anything", async () => {
  for (const seed of seedsOf(counts.spoiltCommits)) {
    const world = await gathered(seed, 5)
    const [eve, ben, cleo] = those(world)
    world.evil.spoils.set(eve.name, [seatOf(cleo).member])
    const lives = ben.session.life
    remove(eve, world.members[4] as SimMember)
    ;(world.members[4] as SimMember).wantsIn = false
    await pass(world, 3_000)
    world.evil.spoils.clear()
    await pass(world, 5_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(ben.session.life).toBe(lives)
  }
  blocked({ row: "A1.11", what: "commits that one member cannot open", tries: counts.spoiltCommits, through: 0 })
})

test("D9.39: a commit that nobody can open is void, and its sender is out until it knocks again", async () => {
  for (const seed of seeds) {
    const world = await gathered(seed, 4)
    const [eve, ben, cleo] = those(world)
    world.evil.spoils.set(
      eve.name,
      world.members.map((member) => seatOf(member).member),
    )
    const life = eve.session.life
    remove(eve, cleo)
    await pass(world, 1_000)
    world.evil.spoils.clear()
    await pass(world, 14_000)
    expect(eve.session.life, `seed ${String(seed)}`).toBeGreaterThan(life)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(seatOf(ben).group.members).toHaveLength(4)
    expect(cleo.session.stage.phase).toBe("in")
  }
})

test("D33.2: a call of two whose one leaves goes on under another name", async () => {
  for (const seed of seeds) {
    const world = await gathered(seed, 2)
    const [ada, ben] = world.members as readonly [SimMember, SimMember]
    const old = seatOf(ada).call
    ben.leave()
    await pass(world, 5_000)
    expect(seatOf(ada).call).not.toBe(old)
    expect(seatOf(ada).group.epoch).toBe(0)
    expect(toldOf(ada, "founded-anew")).toMatchObject([{ reason: "alone" }])
    ben.join()
    await pass(world, 5_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(whoKnowsTooMuch(world)).toBeUndefined()
  }
})

test("D11.21: a reload comes back in seconds, the old leaf goes in the same commit, and nobody is asked", async () => {
  for (const seed of seeds) {
    const world = await gathered(seed, 3)
    const [ada, ben] = those(world)
    const before = seatOf(ada).group.epoch
    ben.reload(300)
    await pass(world, 4_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(seatOf(ada).group.epoch, `seed ${String(seed)}`).toBe(before + 1)
    expect(toldOf(ada, "returned")).toHaveLength(1)
  }
})

test("D14.1: while the server is away nobody is removed", async () => {
  for (const seed of seeds) {
    const world = await gathered(seed, 4)
    const [ada] = those(world)
    const before = seatOf(ada).group.epoch
    world.server.restart(90_000)
    await pass(world, 110_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(seatOf(ada).group.epoch).toBe(before)
  }
})
