/** The proof of the room's password between a knocker and the member that would let it in (D18). */

import { owned } from "../bytes.ts"
import { isPasswordKey, type PasswordKey } from "../password/passwords.ts"
import { begin, respond, type PasswordRun } from "../password/exchange.ts"
import { openAnswer, openTag, sealAnswer, sealTag, type DoorPlace } from "../password/door-box.ts"
import { guessOf, pskWithPassword } from "../password/stretch.ts"
import { sha256 } from "../platform.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import type { KnockProof } from "../room/knock.ts"
import type { Policy, PolicyPassword } from "../room/policy.ts"
import type { GroupFact, GroupFailure, GroupOrder } from "./engine-port.ts"
import { newestPolicy, pskIdIn, type GoodKnock, type Home, type Membership } from "./membership.ts"
import type { RawMember } from "./raw-engine.ts"

type Order<Name extends GroupOrder["do"]> = Extract<GroupOrder, { do: Name }>
type Answer = GroupFact | Refusal<GroupFailure>

/** The key to try at the door; undefined where none is asked for. */
export async function keyAtDoor(home: Home): Promise<PasswordKey | Refusal<"password-needed"> | undefined> {
  const asked = newestPolicy(home)?.policy.password
  if (asked === undefined) return undefined
  return (await home.parts.passwords?.keyFor(asked)) ?? refusal("password-needed")
}

/** Begins our own run with the KeyPackage we knock with. */
export async function beginRun(membership: Membership, key: PasswordKey, keyPackage: Uint8Array): Promise<KnockProof> {
  const keyPackageHash = await sha256(owned(keyPackage))
  const run = begin(await runOf(membership, key, keyPackageHash), membership.parts.device.publicKey)
  membership.own = { run, keyPackageHash, key, isAnswered: false }
  return { version: key.version, share: run.share }
}

async function runOf({ parts, call }: Membership, key: PasswordKey, keyPackageHash: Uint8Array): Promise<PasswordRun> {
  return { guess: await guessOf(key.key, parts.room), room: parts.room, call, version: key.version, keyPackageHash }
}

/** A member answers a knock that it has read: once, for each answer is a guess. */
export async function answerDoor(membership: Membership, { member }: Order<"answer-door">): Promise<Answer> {
  const { knocks, inside, password, parts, home } = membership
  const knock = knocks.get(member)
  const door = knock?.door
  const asked = inside?.group.policy.policy.password
  if (knock === undefined || door === undefined || asked === undefined || password === undefined) return refusal("refused")
  if (door.responder !== undefined || door.proof.version !== asked.version || !isPasswordKey(password, asked)) return refusal("refused")
  const place = await placeOf(membership, knock)
  const { publicKey } = parts.device
  const knocker = { share: door.proof.share, device: knock.proved.bundle.devicePublicKey }
  const responder = respond(await runOf(membership, password, place.keyPackageHash), publicKey, knocker)
  if (isRefusal(responder)) return refusal("refused")
  door.responder = responder
  const { share, tag } = responder
  return { type: "door-answered", member, box: await sealAnswer(home.keys.knock, place, { share, tag, device: publicKey }) }
}

/** The knocker's tag: only after a right one may it be added (D18.6). */
export async function hearDoor(membership: Membership, { member, box }: Order<"hear-door">): Promise<Answer> {
  const knock = membership.knocks.get(member)
  const responder = knock?.door?.responder
  if (knock?.door === undefined || responder === undefined) return refusal("refused")
  const tag = await openTag(membership.home.keys.knock, await placeOf(membership, knock), box)
  if (tag === undefined || knock.door.isProved) return refusal("refused")
  knock.door.responder = { ...responder, isProvedBy: () => false }
  knock.door.isProved = responder.isProvedBy(tag)
  return { type: "door-heard", member, isProved: knock.door.isProved }
}

const placeOf = async ({ parts, call }: Membership, { proved, keyPackage }: GoodKnock): Promise<DoorPlace> => ({
  room: parts.room,
  call,
  member: proved.bundle.member,
  keyPackageHash: await sha256(owned(keyPackage)),
})

/** A member answered our knock: it knows our password, or ours is wrong. A box that does not open is nobody's answer. */
export async function checkDoor(membership: Membership, { box }: Order<"check-door">): Promise<Answer> {
  const { own, home, parts, call, self } = membership
  if (own === undefined || own.isAnswered) return refusal("refused")
  const place = { room: parts.room, call, member: self.bundle.member, keyPackageHash: own.keyPackageHash }
  const answer = await openAnswer(home.keys.knock, place, box)
  if (answer === undefined) return refusal("refused")
  const tag = own.run.finish(answer)
  if (isRefusal(tag)) {
    membership.own = undefined
    return { type: "password-wrong", wasTyped: parts.passwords?.forget() ?? false }
  }
  own.isAnswered = true
  return { type: "door-checked", box: await sealTag(home.keys.knock, place, tag) }
}

/** D18.6: under a password nobody is added whose knock did not prove it. */
export const isProvedFor = ({ door }: GoodKnock, { password }: Policy): boolean =>
  password === undefined || (door?.isProved === true && door.proof.version === password.version)

/** D18.3: whether we may enter a group under this password: a member proved that it is ours too. */
export const mayEnter = ({ own }: Membership, asked: PolicyPassword | undefined): boolean =>
  asked === undefined || (own?.isAnswered === true && isPasswordKey(own.key, asked))

/** Hands the engine the PSK of a policy, of the link's alone or of link and password (D18.5). */
export async function knowPsk(
  raw: RawMember,
  home: Home,
  { policy, key }: { policy: Policy; key: PasswordKey | undefined },
): Promise<void> {
  const { parts, keys } = home
  if (policy.password === undefined || key === undefined || !isPasswordKey(key, policy.password)) return
  const psk = await pskWithPassword(keys.psk, key.key, parts.room)
  raw.storePsk(pskIdIn(parts.room, policy), psk.expose())
  psk.wipe()
}
