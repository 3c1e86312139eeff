/** Who is behind each leaf, as far as a bundle proved it (D10, D17, A1.02). A leaf without one has no name. */

import { isSame } from "../bytes.ts"
import { bundleLifetimeMs, verifyBundle, type Bundle, type Place } from "../room/bundle.ts"
import { deviceOf } from "../room/device-key.ts"
import { idBytes } from "../room/link-keys.ts"
import type { Person } from "./engine-port.ts"
import type { RosterLeaf } from "./raw-engine.ts"

interface Known {
  readonly bundle: Bundle
  readonly person: Person
  /** The leaf itself said so. Nobody else can then say otherwise (D17.3). */
  readonly isOwnWord: boolean
}

/** The people of one group. */
export interface People {
  /** A bundle checked before, now at a leaf. */
  place(leaf: number, bundle: Bundle, isOwnWord: boolean): Promise<Person>
  /** Checks a bundle that the member at `from` sent. Undefined when it proves nothing. */
  introduce(bundle: Bundle, from: number, now: number): Promise<Person | undefined>
  bundleAt(leaf: number): Bundle | undefined
  /** The leaf where this device is, if it was introduced. */
  leafOfDevice(devicePublicKey: Uint8Array): number | undefined
  /** The epoch moved: these leaves have nobody, or somebody else now. */
  update(roster: readonly RosterLeaf[], removed: readonly number[]): void
}

export function peopleOf(place: Place): People {
  const known = new Map<number, Known>()
  let roster: readonly RosterLeaf[] = []

  const leafOf = (bundle: Bundle): number | undefined =>
    roster.find((one) => isSame(one.identity, idBytes(bundle.member)) && isSame(one.signatureKey, bundle.leafKey))?.leaf

  const leafOfDevice = (devicePublicKey: Uint8Array): number | undefined =>
    [...known].find(([, one]) => isSame(one.bundle.devicePublicKey, devicePublicKey))?.[0]

  async function put(leaf: number, bundle: Bundle, isOwnWord: boolean): Promise<Person> {
    const person = await personOf(bundle)
    known.set(leaf, { bundle, person, isOwnWord })
    return person
  }

  return {
    place: put,
    leafOfDevice,
    bundleAt: (leaf) => known.get(leaf)?.bundle,
    async introduce(bundle, from, now) {
      const leaf = leafOf(bundle)
      if (leaf === undefined) return undefined
      const before = known.get(leaf)
      // D17.3: a device key vouches for a leaf key, but only the leaf vouches for its device; its own word wins.
      if (before?.isOwnWord === true && from !== leaf) return isEqual(before.bundle, bundle) ? before.person : undefined
      // A1.02: one device, one leaf. Whoever comes back is added and removed in one commit (D11).
      if ((leafOfDevice(bundle.devicePublicKey) ?? leaf) !== leaf) return undefined
      const verdict = await verifyBundle(bundle, place, now)
      return "refused" in verdict ? undefined : put(leaf, bundle, from === leaf)
    },
    update(next, removed) {
      roster = next
      for (const leaf of known.keys()) if (removed.includes(leaf) || !next.some((one) => one.leaf === leaf)) known.delete(leaf)
    },
  }
}

/** What others may know of a bundle. */
export const personOf = async (bundle: Bundle): Promise<Person> => ({
  member: bundle.member,
  name: bundle.name,
  device: await deviceOf(bundle.devicePublicKey),
  since: bundle.expiry - bundleLifetimeMs,
  level: "guest",
})

const isEqual = (a: Bundle, b: Bundle): boolean => a.name === b.name && isSame(a.devicePublicKey, b.devicePublicKey)
