import { test, expect } from "vitest"
import fc from "fast-check"
import { joined, uint16, utf8 } from "../bytes.ts"
import { randomBytes, sha256 } from "../platform.ts"
import { isRefusal } from "../refusal.ts"
import { policyBody, type Policy } from "./policy.ts"
import { edited, type KeyEdit } from "./policy-edit.ts"
import { device, good, id, nameOf, signedRoom, type SignedRoom } from "./policy.fixture.ts"
import { canSign, isNextPolicy, openPolicy, parseChain, signFirst, signNext, type SignedPolicy } from "./policy-chain.ts"
import type { SigningKey } from "./signing-key.ts"

/** The policy after an edit, signed by this device. */
async function next(before: SignedPolicy, by: SigningKey, edit: KeyEdit): Promise<SignedPolicy> {
  const policy = edited(before.policy, edit)
  if (policy === undefined) throw new Error("no policy")
  return good(await signNext(before, policy, { device: by }))
}

/** A link by hand, whoever may sign it. */
async function link(before: Uint8Array<ArrayBuffer> | undefined, by: SigningKey, policy: Policy): Promise<Uint8Array<ArrayBuffer>> {
  const body = policyBody(policy)
  const hash = before === undefined ? new Uint8Array(32) : await sha256(before)
  const signature = await by.sign(joined(utf8("Conclave 1 policy\0"), hash, body))
  return joined(uint16(body.length), by.publicKey, signature, body)
}

const chainOf = (...links: readonly Uint8Array[]): Uint8Array => joined(Uint8Array.of(2, links.length), ...links)
const lock = (to: boolean): KeyEdit => ({ set: "isLocked", to })

test("D4.10: a chain from the room key to a host to the host it named holds, and its last link is in force", async () => {
  const [ada, ben] = [await device(), await device()]
  const { anchor, first } = await signedRoom([ada])
  const second = await next(first, ada, { role: "host", of: nameOf(ben) })
  const third = await next(second, ben, lock(true))
  const opened = good(await openPolicy(third.bytes, anchor))
  expect(opened.policy).toMatchObject({ version: 3, isLocked: true, hosts: [nameOf(ada), nameOf(ben)] })
  expect(opened.links.map(({ signer }) => signer)).toEqual([first.links[0]?.signer, ada.publicKey, ben.publicKey])
})

test("D4.10: a link that nobody entitled signed makes the chain worth nothing", async () => {
  const [ada, eve] = [await device(), await device()]
  const { key, anchor, first } = await signedRoom([ada])
  const [start] = first.links
  const after: Policy = { ...first.policy, version: 2, hosts: [nameOf(eve)] }
  const forged = [
    // By nobody's device; by one that only listens; unsigned by the room key; the room key in a later place.
    chainOf(start?.bytes ?? new Uint8Array(), await link(start?.bytes, eve, after)),
    chainOf(await link(undefined, ada, first.policy)),
    chainOf(start?.bytes ?? new Uint8Array(), await link(start?.bytes, key, after)),
    // By a host, but not on what stands before it.
    chainOf(start?.bytes ?? new Uint8Array(), await link(undefined, ada, after)),
    // Not a later version; another room's.
    chainOf(start?.bytes ?? new Uint8Array(), await link(start?.bytes, ada, { ...after, version: 1 })),
    chainOf(start?.bytes ?? new Uint8Array(), await link(start?.bytes, ada, { ...after, room: id() })),
  ]
  for (const bytes of forged) expect(await openPolicy(bytes, anchor)).toEqual({ refused: "policy-forged" })
})

test("D4.10: a host whom the last link no longer names cannot go on from it", async () => {
  const [ada, ben] = [await device(), await device()]
  const { anchor, first } = await signedRoom([ada, ben])
  const second = await next(first, ada, { role: "member", of: nameOf(ben) })
  const bytes = second.links[1]?.bytes
  const third = await link(bytes, ben, { ...second.policy, version: 3, hosts: [nameOf(ben)] })
  const chain = chainOf(...second.links.map((one) => one.bytes), third)
  expect(await openPolicy(chain, anchor)).toEqual({ refused: "policy-forged" })
})

test("D4.10: any bit of a chain changed, any byte cut or added, is refused", async () => {
  const ada = await device()
  const { anchor, first } = await signedRoom([ada])
  const { bytes } = await next(first, ada, lock(true))
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
      const changed = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ (1 << bit) : byte))
      expect(isRefusal(await openPolicy(changed, anchor))).toBe(true)
      expect(isRefusal(await openPolicy(bytes.subarray(0, at), anchor))).toBe(true)
    }),
    { numRuns: 200 },
  )
  expect(isRefusal(await openPolicy(joined(bytes, Uint8Array.of(0)), anchor))).toBe(true)
})

test("D4.10: a chain has eight links at most, none of more than 6 kB, and none is left over", async () => {
  const ada = await device()
  const { first } = await signedRoom([ada])
  const one = first.links[0]?.bytes ?? new Uint8Array()
  expect(parseChain(chainOf(...Array.from({ length: 8 }, () => one)))).toHaveLength(8)
  expect(parseChain(chainOf(...Array.from({ length: 9 }, () => one)))).toBeUndefined()
  expect(parseChain(joined(Uint8Array.of(2, 1), one, one))).toBeUndefined()
  expect(parseChain(joined(Uint8Array.of(2, 2), one))).toBeUndefined()
  expect(parseChain(joined(Uint8Array.of(2, 0)))).toBeUndefined()
  expect(parseChain(joined(Uint8Array.of(1, 1), one))).toBeUndefined()
  // 130 listeners are a policy, but too long a link.
  const listeners = Array.from({ length: 130 }, () => nameOf({ publicKey: randomBytes(32), sign: ada.sign.bind(ada) }))
  expect(isRefusal(await signNext(first, { ...first.policy, version: 2, listeners }, { device: ada }))).toBe(true)
})

test("D4.11: who has the room key signs a chain of one; a host signs on the shortest part that names it", async () => {
  const [ada, ben] = [await device(), await device()]
  const { key, first } = await signedRoom([ada])
  let chain = await next(first, ada, { role: "host", of: nameOf(ben) })
  for (const to of [true, false, true]) {
    chain = await next(chain, ben, lock(to))
    expect(chain.links).toHaveLength(3)
    chain = await next(chain, ada, lock(!to))
    expect(chain.links).toHaveLength(2)
  }
  // Signed by Ada on the first link, it still names Ben, who signs on that.
  expect((await next(chain, ben, lock(true))).links).toHaveLength(3)
  const policy = edited(chain.policy, lock(true))
  if (policy === undefined) throw new Error("no policy")
  expect(good(await signNext(chain, policy, { roomKey: key, device: ben })).links).toHaveLength(1)
})

test("D4.11: a device that is no host and has no room key signs nothing", async () => {
  const [ada, eve] = [await device(), await device()]
  const { key, first } = await signedRoom([ada], { coHosts: [nameOf(eve)] })
  const after = { ...first.policy, version: 2, isLocked: true }
  expect(await signNext(first, after, { device: eve })).toEqual({ refused: "policy-not-ours" })
  expect([canSign(first, { device: ada }), canSign(first, { device: eve }), canSign(first, { device: eve, roomKey: key })]).toEqual([
    true,
    false,
    true,
  ])
})

test("D4.12: only the next version, by the room key or by a host of the policy in force, may follow", async () => {
  const [ada, ben] = [await device(), await device()]
  const { key, anchor, first } = await signedRoom([ada, ben])
  const inForce = await next(first, ada, { role: "member", of: nameOf(ben) })
  const byAda = await next(inForce, ada, lock(true))
  expect(isNextPolicy(inForce, byAda)).toBe(true)
  expect(isNextPolicy(inForce, await next(byAda, ada, lock(false)))).toBe(false)
  expect(isNextPolicy(byAda, inForce)).toBe(false)
  expect(isNextPolicy(inForce, await signFirst(key, { ...inForce.policy, version: 3 }))).toBe(true)
  expect(isNextPolicy(inForce, await signFirst(key, { ...inForce.policy, version: 4 }))).toBe(false)
  // Ben was host in the first link: the chain holds by itself, but not here.
  const start = first.links[0]?.bytes
  const bens = chainOf(start ?? new Uint8Array(), await link(start, ben, { ...inForce.policy, version: 3, hosts: [nameOf(ben)] }))
  const opened = good(await openPolicy(bens, anchor))
  expect(isNextPolicy(inForce, opened)).toBe(false)
})

async function withSuccessor(): Promise<SignedRoom & { ada: SigningKey; sue: SigningKey }> {
  const [ada, sue] = [await device(), await device()]
  return { ada, sue, ...(await signedRoom([ada], { coHosts: [nameOf(sue)], successors: [nameOf(sue)] })) }
}

test("D5.1: a successor takes over and changes nothing else", async () => {
  const { ada, sue, anchor, first } = await withSuccessor()
  const taken = await next(first, sue, { takeOver: true, of: nameOf(sue) })
  const opened = good(await openPolicy(taken.bytes, anchor))
  expect(opened.policy).toEqual({ ...first.policy, version: 2, hosts: [nameOf(ada), nameOf(sue)], coHosts: [], successors: [] })
  expect(isNextPolicy(first, opened)).toBe(true)
  // From then on it is a host like any other.
  expect(good(await openPolicy((await next(opened, sue, lock(true))).bytes, anchor)).policy.isLocked).toBe(true)
})

test("D5.1: a successor's policy that says anything more is refused by every reader of the chain", async () => {
  const { ada, sue, anchor, first } = await withSuccessor()
  const taken = edited(first.policy, { takeOver: true, of: nameOf(sue) })
  if (taken === undefined) throw new Error("no policy")
  const more: Policy[] = [
    { ...taken, isLocked: true },
    { ...taken, version: 3 },
    { ...taken, hosts: [nameOf(sue)] },
    { ...taken, successors: [nameOf(sue)], hosts: [nameOf(ada)] },
    { ...first.policy, version: 2 },
  ]
  const start = first.links[0]?.bytes ?? new Uint8Array()
  for (const policy of more)
    expect(await openPolicy(chainOf(start, await link(owned(start), sue, policy)), anchor)).toEqual({ refused: "policy-forged" })
})

const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

test("D4.10, D4.12: whatever hosts do, every policy of theirs holds, follows the last one and no other", async () => {
  const devices = await Promise.all(Array.from({ length: 4 }, device))
  const step = fc.record({
    by: fc.nat(3),
    of: fc.nat(3),
    what: fc.constantFrom("host", "co-host", "listener", "member", "successor", "locked", "topic", "secret"),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { anchor, first } = await signedRoom(devices.slice(0, 2))
      let inForce = first
      for (const { by, of, what } of steps) {
        const [signer, other] = [devices[by], devices[of]]
        if (signer === undefined || other === undefined) continue
        const policy = edited(inForce.policy, editOf(what, nameOf(other)))
        const signed = policy === undefined ? undefined : await signNext(inForce, policy, { device: signer })
        const isHost = inForce.policy.hosts.includes(nameOf(signer))
        if (signed === undefined || isRefusal(signed)) {
          expect(policy === undefined || !isHost || inForce.links.length > 6).toBe(true)
          continue
        }
        // D5.1: who was named to follow makes itself host, and nothing else.
        const isTakeOver = what === "host" && by === of && inForce.policy.successors.includes(nameOf(signer))
        expect(isHost || isTakeOver).toBe(true)
        const opened = good(await openPolicy(signed.bytes, anchor))
        expect(opened.policy).toEqual(policy)
        expect([isNextPolicy(inForce, opened), isNextPolicy(opened, inForce), isNextPolicy(opened, opened)]).toEqual([true, false, false])
        inForce = opened
      }
    }),
    { numRuns: 30 },
  )
})

function editOf(what: string, of: string): KeyEdit {
  switch (what) {
    case "successor":
      return { successor: true, of }
    case "locked":
      return lock(true)
    case "topic":
      return { set: "topic", to: "Board" }
    case "secret":
      return { secretHash: id() }
    default:
      return { role: what as "host", of }
  }
}
