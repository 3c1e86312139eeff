/** One join: the engine's member, our own bundle, and, once inside, the group as we know it. */

import { joined, owned, uint32, utf8 } from "../bytes.ts"
import { bundleLifetimeMs, makeBundle, type Bundle } from "../room/bundle.ts"
import { idBytes, type LinkKeys } from "../room/link-keys.ts"
import type { SignedPolicy } from "../room/policy.ts"
import type { SigningKey } from "../room/signing-key.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { attempt } from "./attempt.ts"
import type { UsedNames } from "./commit-rules.ts"
import type { GroupFailure } from "./engine-port.ts"
import type { KeyNews } from "./media-key.ts"
import { peopleOf, type People } from "./people.ts"
import type { Joiner, RawEngine, RawMember, RosterLeaf } from "./raw-engine.ts"

/** What a group keeper is given. Everything of the outside comes through here. */
export interface KeeperParts {
  readonly engine: RawEngine
  /** 22 base64url characters. */
  readonly room: string
  /** KEYHASH of our link: whose policy we accept (D4). */
  readonly keyHash: Uint8Array
  readonly keys: Pick<LinkKeys, "knock" | "psk">
  readonly device: SigningKey
  /** The room's policy as its shelf has it, checked; undefined until the shelf was seen. Without it no call is founded. */
  readonly policy: () => SignedPolicy | undefined
  /** What this person calls itself; one that `parseName` gave. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Keys for the frame worker, before the fact that tells of their epoch. */
  readonly emitKeys: (news: KeyNews) => void
}

/** A knock that was read and found good. */
export interface GoodKnock {
  readonly bundle: Bundle
  readonly joiner: Joiner
  readonly keyPackage: Uint8Array
}

/** The group in its current epoch. */
export interface Group {
  readonly epoch: number
  readonly own: number
  readonly roster: readonly RosterLeaf[]
  readonly policy: SignedPolicy
  /** When this epoch began for us, by our clock. */
  readonly since: number
  /** Leaves the commit into this epoch removed (A1.14). */
  readonly removed: readonly number[]
  /** D33: a removal left us alone. Nothing is sealed, sent or committed in such a group. */
  readonly isOver: boolean
}

export interface Membership {
  readonly parts: KeeperParts
  readonly call: string
  readonly raw: RawMember
  readonly self: Bundle
  readonly people: People
  readonly knocks: Map<string, GoodKnock>
  /** Undefined while knocking. */
  inside: { group: Group; readonly used: UsedNames } | undefined
  /** Our commit, built and not yet decided (D9). */
  pending: { readonly adds: readonly GoodKnock[]; readonly removes: readonly number[] } | undefined
}

/** How long a key package holds, in seconds. The engine allows for clocks an hour slow beside it. */
const leafLifetimeSeconds = 12 * 60 * 60

const secretVersion = 1

/** Id of the one external PSK: "conclave psk" ‖ room (16) ‖ secret version (uint32). */
export const pskIdOf = (room: string): Uint8Array => joined(utf8("conclave psk"), idBytes(room), uint32(secretVersion))

export const secondsOf = (parts: KeeperParts): number => Math.floor(parts.now() / 1000)

/** Begins a join under a pseudonym: a new leaf key, which the device certifies (D10). */
export async function beginMembership(parts: KeeperParts, call: string, member: string): Promise<Membership | Refusal<GroupFailure>> {
  const raw = attempt(() => new parts.engine.Member(idBytes(member), secondsOf(parts), leafLifetimeSeconds))
  if (isRefusal(raw)) return raw
  const leafKey = attempt(() => {
    raw.storePsk(pskIdOf(parts.room), parts.keys.psk.expose())
    return owned(raw.signatureKey())
  })
  if (isRefusal(leafKey)) return leafKey
  const place = { room: parts.room, call }
  const self = await makeBundle(parts.device, place, { member, name: parts.name, leafKey, expiry: parts.now() + bundleLifetimeMs })
  return { parts, call, raw, self, people: peopleOf(place), knocks: new Map(), inside: undefined, pending: undefined }
}

/** Forgets a join and every key of it. Nothing more can be asked of its engine. */
export function endMembership({ raw, parts }: Membership): void {
  parts.emitKeys({ type: "wipe" })
  attempt(() => {
    raw.wipe()
    raw.free()
  })
}
