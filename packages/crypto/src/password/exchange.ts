/**
 * The password at the door (D18): a knocker and an admitted member, three short messages, the knocker first.
 *
 *   knocker   begin    →  share (32), in its knock
 *   member    respond  →  share (32) and tag (64)   from here on this is a guess, and the member counts it
 *   knocker   finish   →  tag (64)                  only if the member's was right
 *
 * The member confirms first: whoever pretends to be one learns nothing of the knocker's password, not even by one guess.
 * Whoever knocks has one guess for each answer, and a member gives five before a host must decide.
 */

import { isSame, joined, owned, uint32, utf8 } from "../bytes.ts"
import type { Bytes } from "../platform.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { idBytes } from "../room/link-keys.ts"
import { confirmation, generatorOf, newScalar, secretPoint, sessionKey, shareOf, type CpaceInputs, type CpaceMessage } from "./cpace.ts"

/** What a run is about. Another room, call, knock or version of the password is another run. */
export interface PasswordRun {
  /** `guessOf` of the stretched password, 32 bytes. */
  readonly guess: Bytes
  readonly room: string
  readonly call: string
  /** Rises when the password changes; as the policy has it. */
  readonly version: number
  /** SHA-256 of the knocker's KeyPackage message, 32 bytes. */
  readonly keyPackageHash: Uint8Array
}

/** A side's message, with the device key (32 bytes) it speaks for; bound by both. */
export interface Side {
  readonly share: Uint8Array
  readonly device: Uint8Array
}

type BadShare = Refusal<"password-share">

/** The knocker's half. */
export interface Knocker {
  readonly share: Bytes
  /** The member answered: our own tag, or the password is wrong. Once only. */
  finish(member: Side & { readonly tag: Uint8Array }): Bytes | Refusal<"wrong-password">
}

/** The member's half. */
export interface Responder {
  readonly share: Bytes
  readonly tag: Bytes
  /** Whether the knocker knows the password. Once only. */
  isProvedBy(tag: Uint8Array): boolean
}

/** A knocker begins. `device` is its own device public key. */
export function begin(run: PasswordRun, device: Uint8Array): Knocker {
  const inputs = inputsOf(run)
  const scalar = newScalar()
  const own = messageOf({ share: shareOf(scalar, generatorOf(inputs)), device })
  const once = single()
  return {
    share: own.share,
    finish(member) {
      once()
      const second = messageOf(member)
      const key = keyOf(scalar, member.share, { inputs, first: own, second })
      scalar.fill(0)
      const isRight = key !== undefined && isSame(member.tag, confirmation(key, inputs.session, second))
      return isRight ? confirmation(key, inputs.session, own) : refusal("wrong-password")
    },
  }
}

/** A member answers. `device` is its own device public key. */
export function respond(run: PasswordRun, device: Uint8Array, knocker: Side): Responder | BadShare {
  const inputs = inputsOf(run)
  const scalar = newScalar()
  const first = messageOf(knocker)
  const own = messageOf({ share: shareOf(scalar, generatorOf(inputs)), device })
  const key = keyOf(scalar, knocker.share, { inputs, first, second: own })
  scalar.fill(0)
  if (key === undefined) return refusal("password-share")
  const expected = confirmation(key, inputs.session, first)
  const once = single()
  return {
    share: own.share,
    tag: confirmation(key, inputs.session, own),
    isProvedBy(tag) {
      once()
      return isSame(tag, expected)
    },
  }
}

interface Said {
  readonly inputs: CpaceInputs
  readonly first: CpaceMessage
  readonly second: CpaceMessage
}

function keyOf(scalar: Bytes, share: Uint8Array, { inputs, first, second }: Said): Bytes | undefined {
  const point = secretPoint(scalar, share)
  return point === undefined ? undefined : sessionKey(point, inputs.session, { first, second })
}

const messageOf = ({ share, device }: Side): CpaceMessage => ({ share: owned(share), associated: owned(device) })

const inputsOf = ({ guess, room, call, version, keyPackageHash }: PasswordRun): CpaceInputs => ({
  password: guess,
  channel: joined(utf8("Conclave 1 password\0"), idBytes(room), idBytes(call), uint32(version)),
  session: owned(keyPackageHash),
})

/** A second guess on one run would be a second guess for one count. */
function single(): () => void {
  let isUsed = false
  return () => {
    if (isUsed) throw new Error("bug: a password run has one guess")
    isUsed = true
  }
}
