/** "Removed by the organisation" (D14.6 to D14.9) in whole calls: the members do it, and only what they were all asked. */

import { simWorld, type SimMember, type World } from "@conclave/testkit"
import { expect, test } from "vitest"
import { whoKnowsTooMuch, whyNotTogether } from "./invariants.ts"

const seeds = [1, 2, 3, 4, 5, 6]

const pass = (world: World, ms: number): Promise<void> => world.time.advance(world.time.now + ms)

const seatOf = ({ session, name }: SimMember) => {
  if (session.stage.phase !== "in") throw new Error(`${name} is not in the call: ${session.stage.phase}`)
  return session.stage
}

/** So many people in one call for long enough to have heard all of it. Nobody but the first has a role. */
async function gathered(seed: number, people: number): Promise<World> {
  const world = simWorld({ seed, people, weather: { delay: [2, 40], drops: 0 }, isThorough: false })
  for (const member of world.members) {
    member.media = { microphone: true, camera: true, screen: false }
    member.join()
    await pass(world, 700)
  }
  await pass(world, 45_000)
  expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
  return world
}

test("D14.6, D14.9: whoever the organisation asks for is out within seconds, and everybody is shown whose wish it was", async () => {
  for (const seed of seeds) {
    const world = await gathered(seed, 4)
    const gone = world.members[seed % 4]!
    const { member } = seatOf(gone)
    world.server.askRemoval(member)
    await pass(world, 8_000)
    expect(gone.session.stage, `seed ${String(seed)}`).toMatchObject({ phase: "removed", why: "organisation" })
    const others = world.members.filter((one) => one !== gone)
    for (const other of others) {
      expect(seatOf(other).peers).toHaveLength(2)
      expect(other.session.notices).toContainEqual(expect.objectContaining({ kind: "removed-by-organisation", member }))
    }
    expect(whoKnowsTooMuch(world)).toBeUndefined()
    gone.join()
    await pass(world, 20_000)
    expect(gone.session.stage.phase, `seed ${String(seed)}`).not.toBe("in")
  }
})

test("D14.8: a request that one member alone has heard removes nobody, whoever made it up", async () => {
  for (const seed of seeds) {
    const world = await gathered(seed, 4)
    const [ada, ben] = world.members as readonly [SimMember, SimMember, ...SimMember[]]
    const { call } = seatOf(ben)
    world.server.tell(seatOf(ada).member, { type: "removal-asked", member: seatOf(ben).member })
    await pass(world, 60_000)
    expect(whyNotTogether(world), `seed ${String(seed)}`).toBeUndefined()
    expect(seatOf(ben).call).toBe(call)
    // Its own commit ada saw take effect, until nobody else would have it.
    const others = world.members.filter((one) => one !== ada)
    for (const { session } of others) expect(session.notices.some(({ kind }) => kind === "removed-by-organisation")).toBe(false)
  }
})
