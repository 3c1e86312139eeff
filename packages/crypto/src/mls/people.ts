/** Who is behind each leaf, as far as a bundle proved it (D10, D17, A1.02). A leaf without one has no name. */

import { isSame } from "../bytes.ts"
import { isRefusal } from "../refusal.ts"
import { bundleLifetimeMs, verifyBundle, type Bundle, type Place } from "../room/bundle.ts"
import { deviceOf } from "../room/device-key.ts"
import type { Identities, VerifiedIdentity } from "../room/identities.ts"
import { idBytes } from "../room/link-keys.ts"
import type { Issuer, Person } from "./engine-port.ts"
import type { RosterLeaf } from "./raw-engine.ts"
import { serverOf, type RoomSeal } from "./room-seal.ts"

/** A bundle whose signatures held, and what its token proved, if anything. */
export interface Proved {
  readonly bundle: Bundle
  /** SHA-256 of the device public key, base64url. */
  readonly device: string
  readonly identity?: VerifiedIdentity
}

/** How a bundle is proved. */
export interface Proving {
  readonly place: Place
  /** Without it every token is refused, and its bearer is a guest (D21). */
  readonly identities: Identities | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Proves a bundle. A token that does not hold makes a guest, never a refusal. */
export async function prove(bundle: Bundle, { place, identities, now }: Proving): Promise<Proved | undefined> {
  if (isRefusal(await verifyBundle(bundle, place, now()))) return undefined
  const proved = { bundle, device: await deviceOf(bundle.devicePublicKey) }
  if (bundle.token === undefined || identities === undefined) return proved
  const identity = await identities.verify(bundle.token, bundle.devicePublicKey, now())
  return isRefusal(identity) ? proved : { ...proved, identity }
}

/** What others may know of somebody. A provider counts only while the policy names it (D19), the server only as itself (D39.37). */
export function personOf({ bundle, device, identity }: Proved, issuers: readonly Issuer[], seal: RoomSeal): Person {
  const { member, name, expiry } = bundle
  const since = expiry - bundleLifetimeMs
  const isAccount = identity !== undefined && identity.issuer === serverOf(seal)?.issuer
  const isNamed = identity !== undefined && issuers.some(({ issuer }) => issuer === identity.issuer)
  if (!isAccount && !isNamed) return { member, name, device, since, level: "guest" }
  // A badge beside a name that somebody chose would vouch for the wrong thing: the provider's name stands there.
  const { issuer, subject, identityDevice } = identity
  const vouched = { member, name: identity.name, device, since, issuer, subject, identityDevice }
  if (!isAccount) return { ...vouched, level: "organisation" }
  // D39.44: of providers no such word is read.
  return { ...vouched, level: "account", ...(identity.wish === undefined ? {} : { wish: identity.wish }) }
}

/** The people of one group. */
export interface People {
  /** Somebody proved, now at this leaf. */
  place(leaf: number, proved: Proved): void
  /** Somebody proved, at whichever leaf has its key. Undefined when none has, or when the leaf or device is taken. */
  introduce(proved: Proved): Proved | undefined
  at(leaf: number): Proved | undefined
  /** The leaf where this device is, if it was introduced. */
  leafOfDevice(device: string): number | undefined
  /** The device at each leaf of the roster. */
  devices(): ReadonlyMap<number, string | undefined>
  /** The epoch moved: these leaves have nobody, or somebody else now. */
  update(roster: readonly RosterLeaf[], removed: readonly number[]): void
}

export function peopleOf(): People {
  const known = new Map<number, Proved>()
  let roster: readonly RosterLeaf[] = []

  // A newcomer to a call of a thousand is introduced to as many: what is done for each of them must not itself be long.
  const leafOf = ({ bundle }: Proved): number | undefined => {
    const identity = idBytes(bundle.member)
    return roster.find((one) => isSame(one.signatureKey, bundle.leafKey) && isSame(one.identity, identity))?.leaf
  }

  const leafOfDevice = (device: string): number | undefined => {
    for (const [leaf, one] of known) if (one.device === device) return leaf
    return undefined
  }

  return {
    place: (leaf, proved) => void known.set(leaf, proved),
    introduce(proved) {
      const leaf = leafOf(proved)
      if (leaf === undefined) return undefined
      const before = known.get(leaf)
      // D17.14: leaf and device vouch for each other, so the first that proved itself is the one; a leaf has no second device.
      if (before !== undefined) {
        if (before.device !== proved.device || before.bundle.name !== proved.bundle.name) return undefined
        // The provider may not have been in reach the first time.
        if (before.identity !== undefined || proved.identity === undefined) return before
      }
      // A1.02: one device, one leaf. Whoever comes back is added and removed in one commit (D11).
      if ((leafOfDevice(proved.device) ?? leaf) !== leaf) return undefined
      known.set(leaf, proved)
      return proved
    },
    at: (leaf) => known.get(leaf),
    leafOfDevice,
    devices: () => new Map(roster.map(({ leaf }) => [leaf, known.get(leaf)?.device])),
    update(next, removed) {
      roster = next
      const stays = new Set(next.map(({ leaf }) => leaf))
      for (const leaf of known.keys()) if (removed.includes(leaf) || !stays.has(leaf)) known.delete(leaf)
    },
  }
}
