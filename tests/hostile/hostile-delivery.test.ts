/**
 * Whole calls through a delivery service that lies, and beside members that keep to no rule: machine, delivery and engine
 * as they are. What is tried ends blocked, or stands in the view of those it was aimed at.
 */

import { randomBytes } from "node:crypto"
import { callViewOf, type InView, type Notice } from "@conclave/call"
import { deviceOf, names, simWorld, type ModelPolicy, type SimHouse, type SimMember, type World } from "@conclave/testkit"
import type { MemberId, Seq } from "@conclave/wire"
import { expect, test } from "vitest"
import { whoKnowsTooMuch, whyNotTogether } from "../sim/invariants.ts"
import { whoWasNotLetIn } from "../sim/let-in.ts"
import { realHouse } from "../sim/real-engine.ts"
import { counts } from "./counts.ts"
import { blocked } from "./ledger.ts"
import { commitsIn, isEntries, isNews, LyingServer } from "./lying-server.ts"
import { privateNoise, proposalTypes, publicMessage } from "./public-messages.ts"

const seedsOf = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1)

const pass = (world: World, ms: number): Promise<void> => world.time.advance(world.time.now + ms)

/** The screen of somebody who is in the call. */
function viewOf(member: SimMember): InView {
  const view = callViewOf(member.session)
  if (view.phase !== "in" && view.phase !== "reconnecting") throw new Error(`${member.name} is not in the call: ${view.phase}`)
  return view
}

const namesIn = (member: SimMember): (string | undefined)[] => viewOf(member).members.map(({ person }) => person?.name)

type RefusedCommit = Extract<Notice, { kind: "refused-commit" }>

/** What this member's screen says of commits that were refused. */
const refusalsSeen = ({ session }: SimMember): RefusedCommit[] =>
  session.notices.filter((notice): notice is Extract<typeof notice, RefusedCommit> => notice.kind === "refused-commit")

interface Scene {
  readonly world: World
  readonly server: LyingServer
  readonly people: readonly [SimMember, SimMember, SimMember, ...SimMember[]]
}

/** Everybody but the last `outside` in one call, let in by Ada, who made the room, where that needs somebody. */
async function gathered(
  seed: number,
  { people = 4, outside = 0, rules = {}, house }: { people?: number; outside?: number; rules?: Partial<ModelPolicy>; house?: SimHouse },
): Promise<Scene> {
  const parts = house === undefined ? { rules } : { house }
  const world = simWorld({ seed, people, weather: { delay: [2, 40], drops: 0 }, isThorough: false, ...parts })
  const inside = world.members.slice(0, people - outside)
  const [ada] = inside
  for (const member of inside) {
    member.media = { microphone: true, camera: true, screen: false }
    member.join()
    for (let n = 0; n < 4; n++) {
      await pass(world, 400)
      ada?.admitAll()
    }
  }
  await pass(world, 12_000)
  expect(whyNotTogether(world)).toBeUndefined()
  return { world, server: new LyingServer(world), people: world.members as unknown as Scene["people"] }
}

/** Those who keep to the rules, as they see the call. */
function allSee(people: readonly SimMember[], policy: Partial<InView["policy"]>, present: readonly string[]): void {
  for (const member of people) {
    expect(viewOf(member).policy).toMatchObject(policy)
    expect(namesIn(member).sort()).toEqual([...present].sort())
  }
}

test("A1.01: forged commits in the log move nobody's epoch, show nobody new, and everybody is told", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.forgedLogs)) {
    const { world, server, people } = await gathered(seed, {})
    const { call, epoch } = viewOf(people[0])
    const before = people.map((member) => viewOf(member).epoch)
    const said = { call, epoch, sender: "new-member-commit", proposal: { type: proposalTypes.add, body: randomBytes(300) } } as const
    const forged = [publicMessage({ ...said, isCommit: true }), privateNoise(call, epoch, 3), randomBytes(200)][seed % 3]
    for (const member of people) {
      const { stage } = member.session
      if (stage.phase !== "in") throw new Error("bug: not in")
      server.lie(stage.member, {
        type: "entries",
        entries: [
          {
            ...{ type: "commit", seq: stage.nextSeq as Seq, epoch: epoch, attempt: 1, from: stage.member },
            ...{ adds: [randomBytes(16).toString("base64url") as MemberId], removes: [], commit: new Uint8Array(forged ?? []) },
          },
        ],
      })
      tries++
    }
    await pass(world, 1_000)
    through += people.filter((member, i) => viewOf(member).epoch !== before[i] || viewOf(member).members.length !== 4).length
    for (const member of people) expect(refusalsSeen(member), `seed ${String(seed)}`).not.toEqual([])
    // The server's log has another opinion of what comes next: the call goes on under a new name, seen by all.
    await pass(world, 120_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(whoKnowsTooMuch(world)).toBeUndefined()
  }
  blocked({ row: "A1.01", what: "forged commits in the log, at each member", tries, through })
})

/** Every order of so many things. */
const ordersOf = (many: number): number[][] =>
  many === 0 ? [[]] : ordersOf(many - 1).flatMap((rest) => Array.from({ length: many }, (_, at) => rest.toSpliced(at, 0, many - 1)))

test("A1.07: entries in every order of five, and in random ones of up to nine, leave all in one history", async () => {
  const orders = ordersOf(5)
  let [tries, through] = [0, 0]
  for (let n = 0; n < orders.length + counts.orders; n++) {
    const { world, server, people } = await gathered(1 + (n % 7), { people: 3 })
    const [ada, , cleo] = people
    const random = Array.from({ length: 2 + (n % 8) }, (_, at) => at)
    for (let i = random.length - 1; i > 0; i--) {
      const j = world.chance.below(i + 1)
      ;[random[i], random[j]] = [random[j] ?? 0, random[i] ?? 0]
    }
    const victim = viewOf(cleo).member
    server.reorder((envelope, to) => to === victim && commitsIn(envelope).length > 0, orders[n] ?? random)
    for (let i = 0; i < 9; i++) {
      ada.say({ type: "policy-asked", edit: { set: "topic", to: `Subject ${String(i)}` } })
      await pass(world, 150)
    }
    server.repent()
    await pass(world, 60_000)
    tries++
    const transcripts = new Set(
      people.map((member) => (member.session.stage.phase === "in" ? member.session.stage.group.transcript : "out")),
    )
    if (whyNotTogether(world) !== undefined || transcripts.size !== 1) through++
    expect(viewOf(cleo).policy.topic).toBe("Subject 8")
  }
  blocked({ row: "A1.07", what: "orders of the log", tries, through })
})

/** A room with a waiting room, locked, in which Mallory (Cleo's client, changed) takes itself for a host. */
async function usurped(seed: number, more: { readonly people?: number; readonly outside?: number } = {}) {
  const scene = await gathered(seed, { ...more, rules: { waitingRoom: true } })
  const { world, people } = scene
  const [ada, ben, mallory, dan] = people
  if (dan === undefined) throw new Error("bug: four people")
  ada.say({ type: "policy-asked", edit: { set: "isLocked", to: true } })
  await pass(world, 2_000)
  world.evil.lawless.add(mallory.name)
  // Its client learns of its new powers with the next epoch.
  ada.say({ type: "policy-asked", edit: { set: "topic", to: "Plans" } })
  await pass(world, 2_000)
  return { ...scene, ada, ben, mallory, dan }
}

const rulesBefore = { waitingRoom: true, isLocked: true, topic: "Plans", secretVersion: 1 } as const

const isNamedBy = (member: SimMember, name: string): boolean =>
  refusalsSeen(member).some(({ by, rule }) => by?.name === name && rule !== undefined)

test.each([
  ["promotes itself", ({ own }: InView) => ({ role: "host", of: own }) as const],
  ["unlocks the room", () => ({ set: "isLocked", to: false }) as const],
  ["opens the waiting room", () => ({ set: "waitingRoom", to: false }) as const],
  ["replaces the link", () => ({ newSecret: true }) as const],
  ["lets screens be shared by hosts only", () => ({ set: "share", to: "hosts" }) as const],
])("D4.12: a member that is no host %s: all others refuse it and name it, and the rules stay as they are", async (what, edit) => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds)) {
    const { world, ada, ben, mallory, dan } = await usurped(seed)
    mallory.say({ type: "policy-asked", edit: edit(viewOf(mallory)) })
    await pass(world, 1_000)
    for (const member of [ada, ben, dan]) {
      tries++
      if (!isNamedBy(member, mallory.name) || roleOf(member, mallory.name) === "host") through++
      expect(viewOf(member).policy).toMatchObject({ ...rulesBefore, share: "everyone" })
    }
    // The usurper is alone with its rules, and the others go on.
    await pass(world, 60_000)
    mallory.wantsIn = false
    expect(new Set([ada, ben, dan].map((member) => `${viewOf(member).call} ${viewOf(member).words.join(" ")}`)).size).toBe(1)
    for (const member of [ada, ben, dan]) expect(viewOf(member).policy).toMatchObject(rulesBefore)
  }
  blocked({ row: "D4.12", what: `a member that is no host ${what}`, tries, through })
})

const seenAs = (seer: SimMember, name: string) => {
  const found = viewOf(seer).members.find(({ person }) => person?.name === name)
  if (found === undefined) throw new Error(`bug: ${seer.name} does not see ${name}`)
  return found
}

const leafOf = (seer: SimMember, name: string) => seenAs(seer, name).leaf
const roleOf = (seer: SimMember, name: string) => seenAs(seer, name).role

test("D8.13: a member that is no host removes the host, or another: all others refuse it and name it, and the removed are back by themselves", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds))
    for (const target of ["ada", "ben"] as const) {
      const { world, ada, ben, mallory, dan } = await usurped(seed)
      mallory.say({ type: "remove-asked", leaf: leafOf(mallory, target) })
      await pass(world, 1_000)
      for (const member of [ada, ben, dan].filter(({ name }) => name !== target)) {
        tries++
        if (!isNamedBy(member, mallory.name)) through++
      }
      await pass(world, 60_000)
      expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
      for (const member of [ada, ben, dan]) expect(viewOf(member).policy).toMatchObject(rulesBefore)
      expect(viewOf(ada).role).toBe("host")
    }
  blocked({ row: "D8.13", what: "removals by a member that is no host", tries, through })
})

test("D8.11: a member that is no host admits somebody: all others refuse it and name it, and nobody new stands in the list", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds)) {
    const { world, people, ada, ben, mallory, dan } = await usurped(seed, { people: 5, outside: 1 })
    ada.say({ type: "policy-asked", edit: { set: "isLocked", to: false } })
    await pass(world, 2_000)
    people[4]?.join()
    for (let n = 0; n < 20; n++) {
      await pass(world, 500)
      // Nobody but the usurper clicks; its own engine obeys it.
      if (callViewOf(mallory.session).phase === "in") mallory.say({ type: "admit-asked", members: "all" })
    }
    for (const member of [ada, ben, dan]) {
      tries++
      if (namesIn(member).includes("fay") || !isNamedBy(member, mallory.name)) through++
    }
  }
  blocked({ row: "D8.11", what: "somebody let in by a member that is no host", tries, through })
})

test("D17.30: a server that hands every knock to everybody, again and again, gets nobody in whom no host let in", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds)) {
    const { world, server, people } = await gathered(seed, { people: 5, outside: 2, rules: { waitingRoom: true } })
    const inside = people.slice(0, 3)
    for (const member of people.slice(3)) member.join()
    for (let n = 0; n < 20; n++) {
      await pass(world, 1_000)
      const knocks = server.kept.flatMap(({ envelope }) => (envelope.type === "nominated" ? envelope.knocks : []))
      for (const member of inside) server.lie(viewOf(member).member, { type: "nominated", knocks: knocks.slice(-20) })
      tries++
    }
    through += inside.filter((member) => namesIn(member).length !== 3).length
    allSee(inside, { waitingRoom: true }, ["ada", "ben", "cleo"])
    expect(
      viewOf(people[0])
        .atDoor.map(({ person }) => person.name)
        .sort(),
    ).toEqual(["dan", "fay"])
    expect(viewOf(people[1]).atDoor).toEqual([])
  }
  blocked({ row: "D17.30", what: "knocks handed to everybody", tries, through })
})

test("A1.01, A1.20: a server that shows whoever waits other people's Welcomes and made-up ones gets it into no call", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds)) {
    const { world, server, people } = await gathered(seed, { people: 5, outside: 1, rules: { waitingRoom: true } })
    const [ada] = people
    const eve = people[4]
    if (eve === undefined) throw new Error("bug: nobody outside")
    const { call, epoch } = viewOf(ada)
    eve.join()
    for (let n = 0; n < 10; n++) {
      await pass(world, 1_000)
      const { stage } = eve.session
      if (stage.phase !== "knocking") continue
      server.lie(stage.member, {
        ...{ type: "welcome", call, seq: 5 as Seq, epoch },
        ...{ welcome: new Uint8Array(randomBytes(200)), tree: new Uint8Array(randomBytes(200)) },
      })
      tries++
      await pass(world, 500)
      if (eve.session.stage.phase === "in") through++
    }
    expect(namesIn(ada)).not.toContain("fay")
  }
  blocked({ row: "A1.01", what: "made-up Welcomes to who waits", tries, through })
})

test("D8.14: who was sent away stays away: no member, no server and no new knock brings it back until a host says so", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds)) {
    const { world, people } = await gathered(seed, { people: 4 })
    const [ada, ben, mallory, dan] = people
    if (dan === undefined) throw new Error("bug: nobody to remove")
    ada.say({ type: "remove-asked", leaf: leafOf(ada, "dan") })
    await pass(world, 3_000)
    expect(callViewOf(dan.session)).toMatchObject({ phase: "removed", by: { name: "ada" }, why: "removed" })
    world.evil.lawless.add(mallory.name)
    ada.say({ type: "policy-asked", edit: { set: "topic", to: "Plans" } })
    await pass(world, 2_000)
    for (let n = 0; n < 4; n++) {
      dan.reload(200)
      dan.wantsIn = true
      // The usurper takes the block off for itself, and says so to all.
      mallory.say({ type: "unblock-asked", device: deviceOf("dan") })
      mallory.say({ type: "admit-asked", members: "all" })
      await pass(world, 4_000)
      tries++
      through += [ada, ben].filter((member) => namesIn(member).includes("dan")).length
    }
    for (const member of [ada, ben]) expect(namesIn(member)).toContain("ben")
    expect(viewOf(ada).blocked).toMatchObject([{ name: "dan" }])
    expect(whoWasNotLetIn(world)).toBeUndefined()
  }
  blocked({ row: "D8.14", what: "returns of somebody who was sent away", tries, through })
})

test("D4.12: a host that was made a member again changes nothing any more", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds)) {
    const { world, people } = await gathered(seed, { rules: { hosts: [deviceOf("ada"), deviceOf("cleo")] } })
    const [ada, ben, cleo] = people
    expect(viewOf(cleo).role).toBe("host")
    ada.say({ type: "policy-asked", edit: { role: "member", of: leafOf(ada, "cleo") } })
    await pass(world, 2_000)
    expect(viewOf(cleo).role).toBe("member")
    world.evil.lawless.add(cleo.name)
    ada.say({ type: "policy-asked", edit: { set: "topic", to: "Plans" } })
    await pass(world, 2_000)
    for (const edit of [
      { set: "isLocked", to: true },
      { set: "waitingRoom", to: true },
    ] as const) {
      cleo.say({ type: "policy-asked", edit })
      await pass(world, 1_000)
      tries++
      if ([ada, ben].some((member) => viewOf(member).policy[edit.set])) through++
    }
    for (const member of [ada, ben]) expect(isNamedBy(member, "cleo")).toBe(true)
  }
  blocked({ row: "D4.12", what: "rules of a host that is none any more", tries, through })
})

test("D5.1: a successor takes over while a host is there: refused by all and named; without one it may", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.ruleSeeds)) {
    const { world, people } = await gathered(seed, { rules: { hosts: [deviceOf("ada")], successors: [deviceOf("cleo")] } })
    const [ada, ben, cleo] = people
    expect(viewOf(cleo).canTakeOver).toBe(false)
    world.evil.lawless.add(cleo.name)
    ada.say({ type: "policy-asked", edit: { set: "topic", to: "Plans" } })
    await pass(world, 2_000)
    cleo.say({ type: "policy-asked", edit: { set: "isLocked", to: true } })
    await pass(world, 1_000)
    tries++
    if ([ada, ben].some((member) => viewOf(member).policy.isLocked)) through++
    for (const member of [ada, ben]) expect(isNamedBy(member, "cleo")).toBe(true)
  }
  blocked({ row: "D5.1", what: "take-overs in the presence of a host", tries, through })
})

test("A1.18: a server that parts a call shows it on both sides; no side gets the other's commits as its own", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.partitions)) {
    const { world, server, people } = await gathered(seed, { people: 4 })
    const [ada, ben, cleo, dan] = people
    const there = [cleo, dan].filter((each) => each !== undefined)
    server.fork(there)
    await pass(world, 75_000)
    for (const [side, others] of [
      [[ada, ben], there],
      [there, [ada, ben]],
    ] as const)
      for (const member of side) {
        tries++
        const lost = member.session.notices.filter(({ kind }) => kind === "lost")
        if (namesIn(member).length !== 2 || lost.length !== others.length) through++
      }
    expect(whoKnowsTooMuch(world)).toBeUndefined()
  }
  blocked({ row: "A1.18", what: "sides of a parted call that do not show it", tries, through })
})

test("A1.06: everything a server ever said, said again, moves nobody", async () => {
  const { world, server, people } = await gathered(1, { people: 3 })
  const before = people.map((member) => viewOf(member).epoch)
  for (const { to, envelope } of server.kept.slice(-400)) server.lie(to, envelope)
  server.replay((envelope) => isEntries(envelope), { after: 700, times: 3 })
  people[0].say({ type: "policy-asked", edit: { set: "topic", to: "Once" } })
  await pass(world, 5_000)
  const through = people.filter((member, i) => viewOf(member).epoch !== (before[i] ?? 0) + 1).length
  blocked({ row: "A1.06", what: "envelopes said again", tries: server.told, through })
  expect(names.slice(0, 3)).toEqual(["ada", "ben", "cleo"])
})

test("A1.05: on the real engine whoever is kept from a removal stops sending within thirty seconds", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.realForks)) {
    const house = await realHouse(names)
    const { world, server, people } = await gathered(seed, { house })
    const [ada, , cleo] = people
    const victim = viewOf(cleo).member
    server.drop((envelope, to) => to === victim && isEntries(envelope))
    ada.say({ type: "remove-asked", leaf: leafOf(ada, "ben") })
    await pass(world, 20_000)
    // Two heartbeats later it says nothing to Ben any more: it has stopped, or come in anew to a call without him.
    for (let second = 20; second < 40; second++) {
      tries++
      if (cleo.session.stage.phase === "in" && !cleo.isPaused && namesIn(cleo).includes("ben")) through++
      await pass(world, 1_000)
    }
    expect(house.bugs).toEqual([])
  }
  blocked({ row: "A1.05", what: "seconds of a real member kept from a removal", tries, through })
})

test("A1.07, A1.12: on the real engine a member to whom all is told late, or with other bytes, ends in the others' history", async () => {
  let [tries, through] = [0, 0]
  for (const seed of seedsOf(counts.realForks)) {
    const { world, server, people } = await gathered(seed, { people: 3, house: await realHouse(names) })
    const [ada, ben, cleo] = people
    const [late, bent] = [viewOf(ben).member, viewOf(cleo).member]
    server.delay((envelope, to) => to === late && isNews(envelope, to), 900)
    server.swap(
      (envelope, to) => to === bent && commitsIn(envelope).length > 0,
      (envelope) => (isEntries(envelope) ? [{ ...envelope, entries: envelope.entries.map(withOtherBytes) }] : [envelope]),
    )
    for (let n = 0; n < 4; n++) {
      ada.say({ type: "policy-asked", edit: { set: "topic", to: `Subject ${String(n)}` } })
      await pass(world, 2_000)
    }
    expect(refusalsSeen(cleo).length + cleo.session.life, "told, or come in anew").toBeGreaterThan(1)
    server.repent()
    await pass(world, 90_000)
    tries++
    if (whyNotTogether(world) !== undefined) through++
    for (const member of people) expect(viewOf(member).policy.topic).toBe("Subject 3")
  }
  blocked({ row: "A1.07", what: "real members told late or falsely", tries, through })
})

type Entries = Extract<Parameters<typeof isEntries>[0], { type: "entries" }>["entries"]

const withOtherBytes = (entry: Entries[number]): Entries[number] =>
  entry.type === "commit" ? { ...entry, commit: entry.commit.map((byte, at) => (at === entry.commit.length - 1 ? byte ^ 1 : byte)) } : entry
