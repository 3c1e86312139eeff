/** What a model engine holds of the room's password (D18): the key in force, its own run at the door, and those of others. */

import type { GroupFact } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import type { ModelLink } from "./model-link.ts"
import type { ModelParts } from "./model-parts.ts"
import {
  heardAtDoor,
  isRight,
  keyFrom,
  keyToTry,
  noPasswords,
  pskUnder,
  sayAtDoor,
  type ModelPasswordKey,
  type ModelPasswords,
} from "./model-password.ts"
import type { ModelPolicy } from "./model-policy.ts"

/** Another's knock under a password. */
interface DoorRun {
  readonly version: number
  isAnswered: boolean
  isProved: boolean
}

export class ModelDoor {
  private readonly parts: ModelParts
  /** Hears of every secret that comes to be known here. */
  private readonly learned: (secret: string) => void
  private readonly runs = new Map<MemberId, DoorRun>()
  private own: { readonly key: ModelPasswordKey; readonly member: MemberId; isAnswered: boolean } | undefined
  /** Of the password in force, as a member has it. */
  private key: ModelPasswordKey | undefined

  constructor(parts: ModelParts, learned: (secret: string) => void) {
    this.parts = parts
    this.learned = learned
  }

  wipe(): void {
    this.runs.clear()
    this.own = undefined
    this.key = undefined
  }

  private get passwords(): ModelPasswords {
    return this.parts.passwords ?? noPasswords()
  }

  /** A person typed this at the door, or a host chose it. */
  give(text: string, of: "door" | "room"): void {
    const { passwords } = this.parts
    if (passwords !== undefined) passwords[of === "door" ? "typed" : "chosen"] = text
  }

  /** The key of what a host has chosen, for the rules of this version. */
  chosen(version: number): ModelPasswordKey | undefined {
    const { chosen } = this.passwords
    return chosen === undefined ? undefined : keyFrom(chosen, version)
  }

  /** D18.11: whether this device was in a call under the password, and so may found one. */
  mayFound({ passwordVersion }: ModelPolicy): boolean {
    const { kept } = this.passwords
    if (passwordVersion !== undefined && kept?.version !== passwordVersion) return false
    this.key = passwordVersion === undefined ? undefined : kept
    return true
  }

  /** Begins a knock under this version; false with nothing to try. */
  begin(member: MemberId, version: number | undefined): boolean {
    const key = version === undefined ? undefined : keyToTry(this.passwords, version)
    this.own = key && { key, member, isAnswered: false }
    return version === undefined || key !== undefined
  }

  /** Another's knock began with this version. */
  heard(member: MemberId, version: number): void {
    if (!this.runs.has(member)) this.runs.set(member, { version, isAnswered: false, isProved: false })
  }

  /** D18.6 */
  hasProved(member: MemberId, { passwordVersion }: ModelPolicy): boolean {
    const run = this.runs.get(member)
    return passwordVersion === undefined || (run?.isProved === true && run.version === passwordVersion)
  }

  /** We are in a call under this password. */
  keep(key: ModelPasswordKey): void {
    this.key = key
    this.learned(key.secret)
    const { passwords } = this.parts
    if (passwords !== undefined) Object.assign(passwords, { typed: undefined, chosen: undefined, kept: key })
  }

  /** The rules in force ask for no password any more. */
  drop(): void {
    this.key = undefined
  }

  /** D18.3: nobody enters before a member has proved the password to it. */
  mayEnter({ passwordVersion }: ModelPolicy): boolean {
    if (passwordVersion === undefined) return true
    if (this.own?.isAnswered !== true || this.own.key.version !== passwordVersion) return false
    this.keep(this.own.key)
    return true
  }

  /** The secret of an Add in the group we are in. */
  psk(policy: ModelPolicy, link: ModelLink): string {
    const psk = pskUnder(policy, link, this.key)
    if (psk === undefined) throw new Error("bug: in a group without its password")
    this.learned(psk)
    return psk
  }

  /** The secret of our own Add, as far as we have it. */
  pskAtDoor(policy: ModelPolicy, link: ModelLink): string {
    return pskUnder(policy, link, this.own?.key) ?? link.psk
  }

  answer(member: MemberId, link: ModelLink): GroupFact {
    const { key, parts } = this
    const run = this.runs.get(member)
    if (key === undefined || run === undefined || run.isAnswered || run.version !== key.version)
      return { type: "door-heard", member, isProved: false }
    run.isAnswered = true
    const box = sayAtDoor({ vault: parts.vault, link }, key, { step: "answer", member, device: parts.device })
    return { type: "door-answered", member, box }
  }

  hear({ member, box }: { readonly member: MemberId; readonly box: Uint8Array }, link: ModelLink): GroupFact {
    const { key, parts } = this
    const run = this.runs.get(member)
    const said = heardAtDoor({ vault: parts.vault, link }, box, { member, step: "proof" })
    if (run?.isAnswered !== true || key?.version !== run.version || said?.device !== parts.device)
      return { type: "door-heard", member, isProved: false }
    run.isProved ||= isRight(said, key)
    return { type: "door-heard", member, isProved: run.isProved }
  }

  check(box: Uint8Array, link: ModelLink): GroupFact {
    const { own, parts } = this
    const said = own && heardAtDoor({ vault: parts.vault, link }, box, { member: own.member, step: "answer" })
    if (own === undefined || said === undefined || own.isAnswered) return { type: "order-failed", order: "check-door", failure: "refused" }
    if (!isRight(said, own.key)) {
      const wasTyped = this.passwords.typed !== undefined
      if (parts.passwords !== undefined)
        Object.assign(parts.passwords, { typed: undefined, kept: wasTyped ? parts.passwords.kept : undefined })
      this.own = undefined
      return { type: "password-wrong", wasTyped }
    }
    own.isAnswered = true
    const { member, device } = said
    return { type: "door-checked", box: sayAtDoor({ vault: parts.vault, link }, own.key, { step: "proof", member, device }) }
  }
}
