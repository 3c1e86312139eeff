/** Founding, knocking, reading knocks and entering: how a membership begins (D4, D10, D17, A1.03). */

import { isSame } from "../bytes.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { openKnock, sealKnock } from "../room/knock.ts"
import { idBytes } from "../room/link-keys.ts"
import { hostName } from "../room/policy.ts"
import { openPolicy, type SignedPolicy } from "../room/policy-chain.ts"
import { attempt } from "./attempt.ts"
import { beginRun, keyAtDoor, knowPsk, mayEnter } from "./door.ts"
import { roomChange } from "./commits.ts"
import { enterGroup } from "./epoch.ts"
import type { GroupFact, GroupFailure, GroupOrder } from "./engine-port.ts"
import { judgeJoin } from "./join-rules.ts"
import { anchorOf, newestPolicy, personAtDoor, personIn, secondsOf, type Membership } from "./membership.ts"
import { prove } from "./people.ts"

type Order<Name extends GroupOrder["do"]> = Extract<GroupOrder, { do: Name }>
type Answer = GroupFact | Refusal<GroupFailure>

/** Knocks kept at most; the oldest goes first. */
const maxKnocks = 200

/** Founds the call's group of one; the policy goes into its context. */
export async function found(membership: Membership): Promise<Answer> {
  const { raw, call, self, parts, home } = membership
  const policy = newestPolicy(home)
  if (policy === undefined) return refusal("refused")
  if (!mayFound(membership, policy)) return refusal("host-needed")
  const asked = policy.policy.password
  membership.password = asked === undefined ? undefined : await parts.passwords?.provedFor(asked)
  // D18.11: nothing could tell a wrong password here, and who knows the right one would be kept out.
  if (asked !== undefined && membership.password === undefined) return refusal("host-needed")
  await knowPsk(raw, home, { policy: policy.policy, key: membership.password })
  const founded = attempt(() => {
    raw.create(idBytes(call), policy.bytes)
    return raw.ownLeaf()
  })
  if (isRefusal(founded)) return founded
  const group = await enterGroup(membership, policy, { former: new Set(), blocked: new Set(), isUsed: false })
  return { type: "group-founded", group, self: personIn(membership, self) }
}

/** D4.14: a host's device always; any other while the policy lets people meet without one, and the link has not expired. */
function mayFound({ parts }: Membership, { policy }: SignedPolicy): boolean {
  if (policy.hosts.includes(hostName(parts.device.publicKey))) return true
  return policy.joinBeforeHost && (policy.expiry === undefined || parts.now() < policy.expiry)
}

/** Makes the KeyPackage and seals our bundle to it. */
export async function makeKnock(membership: Membership): Promise<Answer> {
  const { raw, call, parts, home, self } = membership
  const key = await keyAtDoor(home)
  if (isRefusal(key)) return key
  const keyPackage = attempt(() => raw.keyPackage())
  if (isRefusal(keyPackage)) return keyPackage
  const { bundle } = self
  const { member } = bundle
  const said = key === undefined ? { bundle } : { bundle, password: await beginRun(membership, key, keyPackage) }
  const sealed = await sealKnock(home.keys.knock, { room: parts.room, call, member, keyPackage }, said, parts.now())
  return { type: "knock-made", member, keyPackage, sealed, self: await personAtDoor(membership, self) }
}

/** Reads a knock. Good: certified, in time, for this call, its KeyPackage valid, unused and made for that bundle. */
export async function readKnock(membership: Membership, order: Order<"read-knock">): Promise<Answer> {
  const { raw, call, parts, home, inside, knocks } = membership
  if (inside === undefined) return refusal("refused")
  const { member, keyPackage, sealed } = order
  const said = await openKnock(home.keys.knock, { room: parts.room, call, member, keyPackage }, sealed, parts.now())
  if (isRefusal(said)) return refusal("refused")
  const { bundle, password } = said
  const joiner = attempt(() => raw.readKeyPackage(keyPackage, secondsOf(parts)))
  if (isRefusal(joiner)) return joiner
  // A1.03: the package must be the one the device certified, under the pseudonym it certified.
  if (!isSame(joiner.identity, idBytes(member)) || !isSame(joiner.signatureKey, bundle.leafKey)) return refusal("refused")
  if (inside.used.refuse(joiner) !== undefined) return refusal("refused")
  const proved = await prove(bundle, membership.proving)
  if (proved === undefined) return refusal("refused")
  const before = knocks.get(member)
  // The same knock once more is not answered once more.
  const isAgain = before !== undefined && isSame(before.keyPackage, keyPackage)
  const begun = password === undefined ? undefined : { proof: password, responder: undefined, isProved: false }
  knocks.delete(member)
  const [oldest] = knocks.keys()
  if (knocks.size >= maxKnocks && oldest !== undefined) knocks.delete(oldest)
  knocks.set(member, { proved, joiner, keyPackage: new Uint8Array(keyPackage), door: isAgain ? before.door : begun })
  const person = await personAtDoor(membership, proved)
  return { type: "knock-read", member, person, ...(password === undefined ? {} : { password: password.version }) }
}

/** Opens our Welcome. After any refusal this membership is of no use: knock anew (E1). */
export async function join(membership: Membership, order: Order<"join-group">): Promise<Answer> {
  const { raw, call, parts, self, own, home } = membership
  const known = newestPolicy(home)
  if (own !== undefined && known !== undefined) await knowPsk(raw, home, { policy: known.policy, key: own.key })
  const staged = attempt(() => raw.join(order.welcome, order.tree))
  if (isRefusal(staged)) return staged
  const expected = { groupId: idBytes(call), identity: idBytes(self.bundle.member), signatureKey: self.bundle.leafKey }
  // D4: a group whose policy the room key did not sign, or an older one than we know, is not this room's.
  const policy = await openPolicy(staged.policy, anchorOf(parts))
  const shown = parts.policy()?.policy.version ?? 0
  const isOurs = !isRefusal(policy) && policy.policy.version >= shown && mayEnter(membership, policy.policy.password)
  if (!isOurs || judgeJoin(expected, staged) !== undefined) {
    attempt(() => {
      raw.refuseJoin()
    })
    return refusal("refused")
  }
  const entered = attempt(() => {
    raw.acceptJoin()
  })
  if (isRefusal(entered)) return entered
  if (own !== undefined && policy.policy.password !== undefined) {
    membership.password = own.key
    await parts.passwords?.prove(own.key)
  }
  const group = await enterGroup(membership, policy, undefined)
  // D3.10: the server fell behind, as when whoever changed the policy was cut off: any signer tells it again.
  const room = group.policy.canSign && policy.policy.version > shown ? await roomChange(membership) : undefined
  return { type: "group-joined", group, by: staged.adder, ...(room === undefined ? {} : { room }) }
}
