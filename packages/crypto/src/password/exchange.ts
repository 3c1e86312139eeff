/**
 * The password at the door (D18): a knocker and an admitted member, four short messages, the knocker first.
 *
 *   knocker   begin    →  share (32)
 *   member    respond  →  share (32)
 *   knocker   finish   →  tag (64)      this is the guess: the member sees whether it was right, and counts
 *   member    confirm  →  tag (64)      so that the knocker knows that it spoke to somebody who knows the password
 *
 * The knocker confirms first: the member gives away nothing before it has seen a right tag, so each guess costs one that is counted.
 */

import { isSame, joined, owned, uint32, utf8 } from "../bytes.ts"
import type { Bytes } from "../platform.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { idBytes } from "../room/link-keys.ts"
import { confirmation, generatorOf, newScalar, secretPoint, sessionKey, shareOf, type CpaceInputs, type CpaceMessage } from "./cpace.ts"

/** What a run is about. Another room, call, knock or version of the password is another run. */
export interface PasswordRun {
  /** One that `parsePassword` gave. */
  readonly password: string
  readonly room: string
  readonly call: string
  /** Rises when the password changes; as the policy has it. */
  readonly version: number
  /** SHA-256 of the knocker's KeyPackage message, 32 bytes. */
  readonly keyPackageHash: Uint8Array
}

/** A side's message, with the device key (32 bytes) that its bundle proves: checked by who reads it, bound by both. */
export interface Side {
  readonly share: Uint8Array
  readonly device: Uint8Array
}

type BadShare = Refusal<"password-share">

/** The knocker's half. */
export interface Knocker {
  readonly share: Bytes
  /** The member answered. Once only. */
  finish(member: Side): KnockerFinished | BadShare
}

export interface KnockerFinished {
  readonly tag: Bytes
  /** Whether the member knows the password too. */
  accepts(tag: Uint8Array): boolean
}

/** The member's half. */
export interface Responder {
  readonly share: Bytes
  /** The member's own tag, if the knocker's was right; undefined is a wrong password, to be counted. Once only. */
  confirm(tag: Uint8Array): Bytes | undefined
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
      if (key === undefined) return refusal("password-share")
      const expected = confirmation(key, inputs.session, second)
      return { tag: confirmation(key, inputs.session, own), accepts: (tag) => isSame(tag, expected) }
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
    confirm(tag) {
      once()
      return isSame(tag, expected) ? confirmation(key, inputs.session, own) : undefined
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

const inputsOf = ({ password, room, call, version, keyPackageHash }: PasswordRun): CpaceInputs => ({
  password: utf8(password),
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
