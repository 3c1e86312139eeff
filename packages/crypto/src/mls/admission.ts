/** Founding, knocking, reading knocks and entering: how a membership begins (D4, D10, D17, A1.03). */

import { isSame } from "../bytes.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { openKnock, sealKnock } from "../room/knock.ts"
import { idBytes } from "../room/link-keys.ts"
import { openPolicy } from "../room/policy.ts"
import { attempt } from "./attempt.ts"
import { enterEpoch } from "./epoch.ts"
import type { GroupFact, GroupFailure, GroupOrder } from "./engine-port.ts"
import { judgeJoin } from "./join-rules.ts"
import { secondsOf, type Membership } from "./membership.ts"
import { personOf } from "./people.ts"

type Order<Name extends GroupOrder["do"]> = Extract<GroupOrder, { do: Name }>
type Answer = GroupFact | Refusal<GroupFailure>

/** Knocks kept at most; the oldest goes first. */
const maxKnocks = 200

/** Founds the call's group of one; the policy goes into its context. */
export async function found(membership: Membership): Promise<Answer> {
  const { raw, call, parts, self, people } = membership
  const policy = parts.policy()
  if (policy === undefined) return refusal("refused")
  const founded = attempt(() => {
    raw.create(idBytes(call), policy.bytes)
    return raw.ownLeaf()
  })
  if (isRefusal(founded)) return founded
  const { view } = await enterEpoch(membership, { adds: [], removes: [], policy })
  return { type: "group-founded", group: view, self: await people.place(founded, self, true) }
}

/** Makes the KeyPackage and seals our bundle to it. */
export async function makeKnock({ raw, call, parts, self }: Membership): Promise<Answer> {
  const keyPackage = attempt(() => raw.keyPackage())
  if (isRefusal(keyPackage)) return keyPackage
  const { member } = self
  const sealed = await sealKnock(parts.keys.knock, { room: parts.room, call, member, keyPackage }, self, parts.now())
  return { type: "knock-made", member, keyPackage, sealed, self: await personOf(self) }
}

/** Reads a knock. Good: certified, in time, for this call, its KeyPackage valid, unused and made for that bundle. */
export async function readKnock(membership: Membership, order: Order<"read-knock">): Promise<Answer> {
  const { raw, call, parts, inside, knocks } = membership
  if (inside === undefined) return refusal("refused")
  const { member, keyPackage, sealed } = order
  const bundle = await openKnock(parts.keys.knock, { room: parts.room, call, member, keyPackage }, sealed, parts.now())
  if (isRefusal(bundle)) return refusal("refused")
  const joiner = attempt(() => raw.readKeyPackage(keyPackage, secondsOf(parts)))
  if (isRefusal(joiner)) return joiner
  // A1.03: the package must be the one the device certified, under the pseudonym it certified.
  if (!isSame(joiner.identity, idBytes(member)) || !isSame(joiner.signatureKey, bundle.leafKey)) return refusal("refused")
  if (inside.used.refuse(joiner) !== undefined) return refusal("refused")
  knocks.delete(member)
  const [oldest] = knocks.keys()
  if (knocks.size >= maxKnocks && oldest !== undefined) knocks.delete(oldest)
  knocks.set(member, { bundle, joiner, keyPackage: new Uint8Array(keyPackage) })
  return { type: "knock-read", member, person: await personOf(bundle) }
}

/** Opens our Welcome. After any refusal this membership is of no use: knock anew (E1). */
export async function join(membership: Membership, order: Order<"join-group">): Promise<Answer> {
  const { raw, call, parts, self, people } = membership
  const staged = attempt(() => raw.join(order.welcome, order.tree))
  if (isRefusal(staged)) return staged
  const expected = { groupId: idBytes(call), identity: idBytes(self.member), signatureKey: self.leafKey }
  // D4: a group whose policy the room key did not sign, or an older one than we know, is not this room's.
  const policy = await openPolicy(staged.policy, parts)
  const isOurs = !isRefusal(policy) && policy.policy.version >= (parts.policy()?.policy.version ?? 0)
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
  const { view } = await enterEpoch(membership, { adds: [], removes: [], policy })
  await people.place(view.own, self, true)
  return { type: "group-joined", group: view }
}
