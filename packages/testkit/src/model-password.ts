/**
 * The room's password in the model (D18): a key that follows from text and version, a knocker and a member who show each other that
 * they have the same, and the PSK of an Add that nobody has without it. Written a second time, like the other rules.
 */

import type { MemberId } from "@conclave/wire"
import type { ModelLink } from "./model-link.ts"
import type { ModelPolicy } from "./model-policy.ts"
import { lockOf, secretFrom, type Vault } from "./symbols.ts"

/** A password that somebody has, as a key. */
export interface ModelPasswordKey {
  readonly version: number
  readonly secret: string
}

/** What one device knows; it outlasts a reload, but for what was typed. */
export interface ModelPasswords {
  typed: string | undefined
  chosen: string | undefined
  kept: ModelPasswordKey | undefined
}

export const noPasswords = (): ModelPasswords => ({ typed: undefined, chosen: undefined, kept: undefined })

export const keyFrom = (text: string, version: number): ModelPasswordKey => ({
  version,
  secret: secretFrom("stretched", text, String(version)),
})

/** What a device tries at the door; undefined where it has nothing to try. */
export function keyToTry({ typed, kept }: ModelPasswords, version: number): ModelPasswordKey | undefined {
  if (typed !== undefined) return keyFrom(typed, version)
  return kept?.version === version ? kept : undefined
}

/** The secret of every Add under this policy; undefined for who lacks the password. */
export function pskUnder(policy: ModelPolicy, link: ModelLink, key: ModelPasswordKey | undefined): string | undefined {
  if (policy.passwordVersion === undefined) return link.psk
  return key?.version === policy.passwordVersion ? secretFrom("psk", link.psk, key.secret) : undefined
}

/** A run of the proof: whose knock, and who answered. */
interface ModelRun {
  readonly member: MemberId
  readonly device: string
}

interface Said extends ModelRun {
  readonly step: "answer" | "proof"
  readonly tag: string
}

const tagOf = (step: Said["step"], key: ModelPasswordKey, { member, device }: ModelRun): string =>
  lockOf(secretFrom("tag", step, key.secret, member, device))

/** One side's box: opened by link holders, right only for who has the same key. */
export function sayAtDoor(
  { vault, link }: { readonly vault: Vault; readonly link: ModelLink },
  key: ModelPasswordKey,
  { step, ...run }: ModelRun & Pick<Said, "step">,
): Uint8Array<ArrayBuffer> {
  return vault.sealPlain([lockOf(link.knock)], { step, ...run, tag: tagOf(step, key, run) } satisfies Said)
}

/** What a box says; undefined when it is none of this knock. */
export function heardAtDoor(
  { vault, link }: { readonly vault: Vault; readonly link: ModelLink },
  box: Uint8Array,
  { member, step }: Pick<Said, "member" | "step">,
): Said | undefined {
  const said = vault.open(box, [link.knock]) as Partial<Said> | undefined
  return said?.member === member && said.step === step ? (said as Said) : undefined
}

export const isRight = (said: Said, key: ModelPasswordKey): boolean => said.tag === tagOf(said.step, key, said)
