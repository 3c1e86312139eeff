/** What can befall a call: people come and go, sockets drop, machines sleep, the server dies. */

import { callViewOf, type InView, type PolicyEdit } from "@conclave/call"
import type { SimMember, World } from "@conclave/testkit"

/** What happened, for the story of a failed run. */
export interface Happening {
  readonly at: number
  readonly what: string
}

interface Move {
  readonly share: number
  readonly name: string
  readonly make: (world: World, member: SimMember, story: Story) => void
}

export interface Story {
  readonly happenings: Happening[]
  /** Who was thrown out by a person, and so need not come back. */
  readonly expelled: Set<string>
}

const moves: readonly Move[] = [
  { share: 6, name: "joins or leaves", make: (_, member) => (member.wantsIn ? member.leave() : join(member)) },
  { share: 3, name: "joins", make: (_, member) => join(member) },
  { share: 2, name: "removes", make: remove },
  { share: 3, name: "reloads", make: (world, member) => member.wantsIn && member.reload(world.chance.between(50, 3000)) },
  { share: 5, name: "loses its socket", make: (_, member) => member.dropSocket() },
  { share: 2, name: "is offline", make: offline },
  { share: 1, name: "sleeps", make: (world, member) => member.sleep(world.chance.between(1_000, 80_000)) },
  { share: 2, name: "changes media", make: changeMedia },
  { share: 1, name: "server restarts", make: (world) => world.server.restart(world.chance.between(100, 8_000)) },
  { share: 2, name: "weather", make: changeWeather },
]

/** What hosts do besides, where the rules of a room are in play. */
const ruleMoves: readonly Move[] = [
  { share: 4, name: "changes the rules", make: changeRules },
  { share: 4, name: "gives a role", make: giveRole },
  { share: 2, name: "lets a blocked one knock again", make: unblock },
]

/** What somebody sees of the call it is in. */
export function seenBy(member: SimMember): InView | undefined {
  const view = callViewOf(member.session)
  return view.phase === "in" || view.phase === "reconnecting" ? view : undefined
}

export const isSteward = (view: InView | undefined): view is InView => view?.role === "host" || view?.role === "co-host"

function join(member: SimMember): void {
  const { phase } = member.session.stage
  if (phase === "idle" || phase === "ended" || phase === "removed" || phase === "failed") member.join()
}

function remove(world: World, member: SimMember, story: Story): void {
  const view = seenBy(member)
  const others = view?.members.filter(({ isSelf, person, role }) => !isSelf && person !== undefined && role !== "host") ?? []
  if (!isSteward(view) || others.length === 0) return
  const { leaf, person } = world.chance.pick(others)
  if (person === undefined) return
  story.expelled.add(person.name)
  member.say({ type: "remove-asked", leaf })
}

function changeRules(world: World, member: SimMember): void {
  const view = seenBy(member)
  if (view?.role !== "host") return
  const { policy } = view
  const edit = world.chance.pick<PolicyEdit>([
    { set: "isLocked", to: !policy.isLocked },
    { set: "waitingRoom", to: !policy.waitingRoom },
    { set: "topic", to: `topic ${String(world.chance.below(9))}` },
    { set: "share", to: "hosts" },
  ])
  member.say({ type: "policy-asked", edit })
}

function giveRole(world: World, member: SimMember): void {
  const view = seenBy(member)
  const others = view?.members.filter(({ isSelf, person, role }) => !isSelf && person !== undefined && role !== "host") ?? []
  if (view?.role !== "host" || others.length === 0) return
  const { leaf } = world.chance.pick(others)
  member.say({ type: "policy-asked", edit: { role: world.chance.pick(["co-host", "member", "listener", "host"] as const), of: leaf } })
}

function unblock(_: World, member: SimMember): void {
  const view = seenBy(member)
  const [first] = view?.blocked ?? []
  if (first !== undefined) member.say({ type: "unblock-asked", device: first.device })
}

function offline(world: World, member: SimMember): void {
  member.offlineUntil = world.time.now + world.chance.between(3_000, 70_000)
  member.dropSocket()
}

function changeMedia(world: World, member: SimMember): void {
  member.media = { microphone: world.chance.happens(0.7), camera: world.chance.happens(0.5), screen: world.chance.happens(0.1) }
  member.say({ type: "media-changed", media: member.media })
}

function changeWeather(world: World): void {
  const slow = world.chance.between(20, 1500)
  world.weather.delay = world.chance.happens(0.5) ? [2, 40] : [2, slow]
  world.weather.drops = world.chance.happens(0.5) ? 0 : 0.01
}

/** Plans everything that will happen up to `until`: about one thing every `gap` ms. */
export function planStorm(world: World, until: number, gap: number, hasRules: boolean): Story {
  const all = hasRules ? [...moves, ...ruleMoves] : moves
  const story: Story = { happenings: [], expelled: new Set() }
  const { chance, time } = world
  for (const [i, member] of world.members.entries()) {
    // Most are there from the beginning; the first always is.
    if (i === 0 || chance.happens(0.7)) time.plan(chance.between(0, i === 0 ? 0 : 6_000), () => join(member))
  }
  const total = all.reduce((sum, { share }) => sum + share, 0)
  for (let at = 1_000 + chance.below(gap); at < until; at += 1 + chance.below(2 * gap)) {
    let roll = chance.below(total)
    const move = all.find(({ share }) => (roll -= share) < 0)
    const member = chance.pick(world.members)
    time.plan(at, () => {
      if (move === undefined) return
      story.happenings.push({ at, what: `${member.name} ${move.name}` })
      move.make(world, member, story)
    })
  }
  return story
}
