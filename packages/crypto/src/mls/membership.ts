/** One join: the engine's member, our own bundle, and, once inside, the group as we know it. */

import { joined, owned, uint32, utf8 } from "../bytes.ts"
import { bundleLifetimeMs, makeBundle } from "../room/bundle.ts"
import { doorWords } from "../room/door-words.ts"
import type { Identities } from "../room/identities.ts"
import { idBytes, type LinkKeys } from "../room/link-keys.ts"
import type { Policy, PolicyIssuer } from "../room/policy.ts"
import type { PolicyAnchor, SignedPolicy } from "../room/policy-chain.ts"
import type { SigningKey } from "../room/signing-key.ts"
import type { PasswordKey, Passwords } from "../password/passwords.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { attempt } from "./attempt.ts"
import type { Standing } from "./call-rules.ts"
import type { UsedNames } from "./commit-rules.ts"
import type { DoorRun, OwnRun } from "./door-run.ts"
import type { GroupFailure, Person, PolicyView } from "./engine-port.ts"
import type { KeyNews } from "./media-key.ts"
import type { RemoveNote } from "./note.ts"
import { peopleOf, personOf, prove, type People, type Proved, type Proving } from "./people.ts"
import type { Joiner, RawEngine, RawMember, RosterLeaf } from "./raw-engine.ts"
import { tokenIssuers, type RoomSeal } from "./room-seal.ts"

/** What a group keeper is given. Everything of the outside comes through here. */
export interface KeeperParts {
  readonly engine: RawEngine
  /** 22 base64url characters. */
  readonly room: string
  /** What kind of room this is, by the path that led here. */
  readonly seal: RoomSeal
  /** KEYHASH of our link: whose policy we accept (D4). */
  readonly keyHash: Uint8Array
  /** Of the link we came by. */
  readonly keys: LinkKeys
  readonly device: SigningKey
  /** The room's key, where this device made the room (D4.11). */
  readonly roomKey?: SigningKey | undefined
  /** What this device knows of the room's password (D18). Without it no room with one is entered. */
  readonly passwords?: Passwords | undefined
  /** The room's policy as its shelf has it, checked; undefined until the shelf was seen. Without it no call is founded. */
  readonly policy: () => SignedPolicy | undefined
  /** What this person calls itself; one that `parseName` gave. */
  readonly name: string
  /** This person's proof of identity, if it signed in (D19.5). */
  readonly token?: string | undefined
  /** Checks the proofs of others against the issuers whose tokens count, by the newest policy we know. Without it everyone is a guest. */
  readonly identities?: ((issuers: () => readonly PolicyIssuer[]) => Identities) | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Keys for the frame worker, before the fact that tells of their epoch. */
  readonly emitKeys: (news: KeyNews) => void
  /** The room has a new link secret (D4.15); shelves come under these keys from now on. */
  readonly linkChanged?: (keys: LinkKeys) => void
}

/** What outlasts a membership: the newest link and policy this keeper has seen. */
export interface Home {
  readonly parts: KeeperParts
  keys: LinkKeys
  /** The newest policy of a group we were in. */
  policy: SignedPolicy | undefined
}

/** Whose policy we accept, and of which kind of room. */
export const anchorOf = ({ room, keyHash, seal }: KeeperParts): PolicyAnchor => ({ kind: seal.kind, room, keyHash })

/** D4.4: the newest policy we know, of shelf and groups: what we found a call with. */
export const newestPolicy = ({ parts, policy }: Home): SignedPolicy | undefined => newerOf(policy, parts.policy())

/** The policy of the higher version; of two alike the second. */
export function newerOf(one: SignedPolicy | undefined, other: SignedPolicy | undefined): SignedPolicy | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one.policy.version > other.policy.version ? one : other
}

/** A knock that was read and found good. */
export interface GoodKnock {
  readonly proved: Proved
  readonly joiner: Joiner
  readonly keyPackage: Uint8Array
  /** Where a password is asked for, and the knock began its proof. */
  readonly door: DoorRun | undefined
}

/** The group in its current epoch. */
export interface Group {
  readonly epoch: number
  readonly own: number
  readonly roster: readonly RosterLeaf[]
  readonly policy: SignedPolicy
  /** The same policy, by devices. */
  readonly rules: PolicyView
  /** When this epoch began for us, by our clock. */
  readonly since: number
  /** Leaves the commit into this epoch removed (A1.14). */
  readonly removed: readonly number[]
  /** D33: a removal left us alone. Nothing is sealed, sent or committed in such a group. */
  readonly isOver: boolean
}

/** The next policy, and the link secret that comes with it, if one does. */
export interface NextPolicy {
  readonly policy: SignedPolicy
  /** Of the password that it sets. */
  readonly password?: PasswordKey
  readonly link?: { readonly keys: LinkKeys; readonly fragment: string }
}

/** Our commit, built and not yet decided (D9). */
export interface Pending {
  readonly adds: readonly GoodKnock[]
  readonly removes: readonly RemoveNote[]
  readonly next: NextPolicy | undefined
}

export interface Membership {
  readonly home: Home
  readonly parts: KeeperParts
  readonly call: string
  readonly raw: RawMember
  readonly self: Proved
  readonly people: People
  readonly proving: Proving
  readonly knocks: Map<string, GoodKnock>
  /** Undefined while knocking. `standing` is undefined until a joiner was told (D8.16). */
  inside: { group: Group; readonly used: UsedNames; standing: Standing | undefined } | undefined
  pending: Pending | undefined
  /** Of the password in force, as far as this device has it (D18). */
  password: PasswordKey | undefined
  /** Our own proof, while knocking. */
  own: OwnRun | undefined
}

/** How long a key package holds, in seconds. The engine allows for clocks an hour slow beside it. */
const leafLifetimeSeconds = 12 * 60 * 60

/** Id of an external PSK: "conclave psk" ‖ room (16) ‖ secret version (uint32), and behind it the password's version, if there is one. */
export const pskIdOf = (room: string, secretVersion: number, passwordVersion?: number): Uint8Array =>
  joined(
    utf8("conclave psk"),
    idBytes(room),
    uint32(secretVersion),
    passwordVersion === undefined ? new Uint8Array() : uint32(passwordVersion),
  )

/** D18.5: the one PSK of every Add under this policy. */
export const pskIdIn = (room: string, { secretVersion, password }: Policy): Uint8Array => pskIdOf(room, secretVersion, password?.version)

export const secondsOf = (parts: KeeperParts): number => Math.floor(parts.now() / 1000)

/** Which version the secret of our link is: the policy that names it says so. */
function secretVersionOf(home: Home): number {
  const known = [newestPolicy(home), home.parts.policy()].find((one) => one?.policy.secretHash === home.keys.secretHash)
  return known?.policy.secretVersion ?? 1
}

/** Begins a join under a pseudonym: a new leaf key; it and the device vouch for each other (D10). */
export async function beginMembership(home: Home, call: string, member: string): Promise<Membership | Refusal<GroupFailure>> {
  const { parts } = home
  const raw = attempt(() => new parts.engine.Member(idBytes(member), secondsOf(parts), leafLifetimeSeconds))
  if (isRefusal(raw)) return raw
  const place = { room: parts.room, call }
  const identities = parts.identities?.(() => tokenIssuers(newestPolicy(home)?.policy.issuers ?? [], parts.seal))
  const proving = { place, identities, now: parts.now }
  const leafKey = attempt(() => {
    raw.storePsk(pskIdOf(parts.room, secretVersionOf(home)), home.keys.psk.expose())
    return owned(raw.signatureKey())
  })
  if (isRefusal(leafKey)) return leafKey
  const leaf = { publicKey: leafKey, endorse: (statement: Uint8Array) => raw.endorse(statement) }
  const about = { member, name: parts.name, expiry: parts.now() + bundleLifetimeMs }
  const { device, token } = parts
  const bundle = await makeBundle({ device, leaf }, place, token === undefined ? about : { ...about, token })
  const self = await prove(bundle, proving)
  if (self === undefined) throw new Error("bug: our own bundle holds")
  const fresh = { knocks: new Map<string, GoodKnock>(), inside: undefined, pending: undefined, password: undefined, own: undefined }
  return { home, parts, call, raw, self, people: peopleOf(), proving, ...fresh }
}

/** Forgets a join and every key of it. Nothing more can be asked of its engine. */
export function endMembership({ raw, parts }: Membership): void {
  parts.emitKeys({ type: "wipe" })
  attempt(() => {
    raw.wipe()
    raw.free()
  })
}

/** The providers that count here, by the newest policy we know. */
export const issuersOf = ({ home, inside }: Membership): readonly PolicyIssuer[] =>
  (inside?.group.policy ?? newestPolicy(home))?.policy.issuers ?? []

/** Somebody as the machine knows it. */
export const personIn = (membership: Membership, proved: Proved): Person => personOf(proved, issuersOf(membership), membership.parts.seal)

/** Somebody at the door, with the words both sides can compare. */
export async function personAtDoor(membership: Membership, proved: Proved): Promise<Person> {
  return { ...personIn(membership, proved), doorWords: await doorWords(membership.parts.room, proved.bundle.devicePublicKey) }
}
