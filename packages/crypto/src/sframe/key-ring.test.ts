import { expect, test } from "vitest"
import { ada, ben, cleo, epochKey } from "./people.fixture.ts"
import { KeyRing, oldEpochMs, soonMs } from "./key-ring.ts"

const at = 10_000

test("D24: after a removal a sender switches at once", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(1, ada), 0)
  ring.add(await epochKey(2, ada, { leaves: [ada, ben], removed: [cleo], switch: "now" }), at)
  expect(ring.sending(at)?.epoch).toBe(2)
})

test("D24.1: when nobody was removed a sender stays 250 ms with the old epoch, no longer", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(1, ada), 0)
  ring.add(await epochKey(2, ada, { switch: "soon" }), at)
  expect(ring.sending(at)?.epoch).toBe(1)
  expect(ring.sending(at + soonMs - 1)?.epoch).toBe(1)
  expect(ring.sending(at + soonMs)?.epoch).toBe(2)
})

test("D24.1: a removal within those 250 ms overtakes; a join right after it does not bring the older epoch back", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(1, ada), 0)
  ring.add(await epochKey(2, ada, { switch: "soon" }), at)
  ring.add(await epochKey(3, ada, { switch: "now" }), at + 100)
  expect(ring.sending(at + 100)?.epoch).toBe(3)
  ring.add(await epochKey(4, ada, { switch: "soon" }), at + 110)
  expect(ring.sending(at + soonMs)?.epoch).toBe(3)
  expect(ring.sending(at + 110 + soonMs)?.epoch).toBe(4)
})

test("D24.1: with nothing to stay with, or another leaf, a sender uses the new epoch at once", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(7, ada, { switch: "soon" }), at)
  expect(ring.sending(at)?.epoch).toBe(7)
  ring.add(await epochKey(8, ben, { switch: "soon" }), at)
  expect(ring.sending(at)?.own).toBe(ben)
})

test("D24: other members' old epochs are opened 5 s, a removed leaf's not once", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(1, ada), 0)
  ring.add(await epochKey(2, ada, { leaves: [ada, ben], removed: [cleo] }), at)
  expect(ring.receiving(1, at)?.hears(cleo)).toBe(false)
  expect(ring.receiving(1, at + oldEpochMs - 1)?.hears(ben)).toBe(true)
  expect(ring.receiving(1, at + oldEpochMs)).toBeUndefined()
  ring.expire(at + oldEpochMs)
  expect(ring.receiving(1, at)).toBeUndefined()
})

test("D24: a leaf given to a new member in the same commit is not heard under its old epoch", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(1, ada), 0)
  ring.add(await epochKey(2, ada, { removed: [cleo] }), at)
  expect(ring.receiving(1, at)?.hears(cleo)).toBe(false)
  expect(ring.receiving(2, at)?.hears(cleo)).toBe(true)
})

test("D24: a leaf missing from the next epoch counts as removed even when nobody says so", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(1, ada), 0)
  ring.add(await epochKey(2, ada, { leaves: [ada, ben] }), at)
  expect(ring.receiving(1, at)?.hears(cleo)).toBe(false)
})

test("D24.2: of two epochs with the same four bits only the newer exists", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(3, ada), 0)
  const older = ring.receiving(3, 0)
  ring.add(await epochKey(19, ada), 1)
  expect(ring.receiving(3, 1)?.epoch).toBe(19)
  expect(older?.isLive).toBe(false)
})

test("D24.2: an epoch that is not newer changes nothing", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(3, ada), 0)
  for (const epoch of [3, 2, 0]) expect(ring.add(await epochKey(epoch, ada), 1)).toBe("stale")
  expect(ring.newest).toBe(3)
  expect(ring.receiving(2, 1)).toBeUndefined()
})

test("D24.3: after a wipe there is no key in either direction", async () => {
  const ring = new KeyRing()
  ring.add(await epochKey(3, ada), 0)
  const held = ring.receiving(3, 0)
  ring.wipe()
  expect([ring.sending(0), ring.receiving(3, 0), ring.newest, held?.isLive, held?.hears(ben)]).toEqual([
    undefined,
    undefined,
    undefined,
    false,
    false,
  ])
  // A new membership, in this call or another, begins where its group is.
  expect(ring.add(await epochKey(2, ada, { group: 1 }), 1)).toBe("added")
  expect(ring.sending(1)?.epoch).toBe(2)
})
