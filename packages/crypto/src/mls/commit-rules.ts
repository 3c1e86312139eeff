/**
 * What a commit may do (D8, D12, A1.02, A1.13). Libraries accept more than this: an Add without the link's PSK, a second
 * leaf of the same identity, any type of proposal. Pure; knows no key.
 */

import { toBase64url } from "../base64url.ts"
import { isSame } from "../bytes.ts"
import { refusal, type Refusal } from "../refusal.ts"
import type { Joiner, RosterLeaf, StagedCommit } from "./raw-engine.ts"

/** Why a commit is refused. One code per rule, so that a test can name it. */
export type CommitRefusal = Refusal<
  | "unknown-sender"
  | "own-echo"
  | "forbidden-proposal"
  | "no-path"
  | "psk-missing"
  | "psk-without-add"
  | "policy-not-alone"
  | "unknown-leaf"
  | "identity-taken"
  | "key-taken"
  | "key-package-reused"
  | "too-many"
>

/** What the rules need to know of the group before the commit. */
export interface GroupBefore {
  readonly roster: readonly RosterLeaf[]
  readonly own: number
  /** Id of the one PSK that must be in every commit that adds. */
  readonly pskId: Uint8Array
  readonly used: UsedNames
}

/** Most adds in a commit, and most members in a call. */
export const maxAdds = 50
export const maxMembers = 1000

/** Judges a commit that the engine has opened. */
export function judgeCommit(group: GroupBefore, commit: StagedCommit): CommitRefusal | undefined {
  if (commit.sender === group.own) return refusal("own-echo")
  // D34: the leaf whose signature held must be one of ours.
  if (!group.roster.some((one) => one.leaf === commit.sender)) return refusal("unknown-sender")
  return judgeContent(group, commit) ?? judgeRemoves(group, commit) ?? judgeAdds(group, commit)
}

function judgeContent(group: GroupBefore, { adds, removes, psks, policy, other, hasPath }: StagedCommit): CommitRefusal | undefined {
  if (other > 0) return refusal("forbidden-proposal")
  if (!hasPath) return refusal("no-path")
  if (policy !== undefined && adds.length + removes.length + psks.length > 0) return refusal("policy-not-alone")
  if (adds.length === 0) return psks.length === 0 ? undefined : refusal("psk-without-add")
  const [psk, second] = psks
  return psk !== undefined && second === undefined && isSame(psk, group.pskId) ? undefined : refusal("psk-missing")
}

function judgeRemoves({ roster }: GroupBefore, { removes, sender }: StagedCommit): CommitRefusal | undefined {
  const isKnown = removes.every((leaf) => leaf !== sender && roster.some((one) => one.leaf === leaf))
  return isKnown && new Set(removes).size === removes.length ? undefined : refusal("unknown-leaf")
}

function judgeAdds({ roster, used }: GroupBefore, { adds, removes }: StagedCommit): CommitRefusal | undefined {
  if (adds.length > maxAdds || roster.length - removes.length + adds.length > maxMembers) return refusal("too-many")
  const fresh = usedNames()
  for (const joiner of adds) {
    const taken = used.refuse(joiner) ?? fresh.refuse(joiner)
    if (taken !== undefined) return taken
    fresh.add(joiner)
  }
  return undefined
}

/** Every pseudonym, leaf key and key package this group has had, those who left among them: none comes twice. */
export interface UsedNames {
  refuse(joiner: Joiner): CommitRefusal | undefined
  add(joiner: Pick<Joiner, "identity" | "signatureKey"> & Partial<Joiner>): void
}

export function usedNames(roster: readonly RosterLeaf[] = []): UsedNames {
  const [identities, keys, references] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const names: UsedNames = {
    refuse: ({ identity, signatureKey, reference }) => {
      // A1.04 first: the same package again also has the same identity and key.
      if (references.has(toBase64url(reference))) return refusal("key-package-reused")
      if (identities.has(toBase64url(identity))) return refusal("identity-taken")
      return keys.has(toBase64url(signatureKey)) ? refusal("key-taken") : undefined
    },
    add: ({ identity, signatureKey, reference }) => {
      identities.add(toBase64url(identity))
      keys.add(toBase64url(signatureKey))
      if (reference !== undefined) references.add(toBase64url(reference))
    },
  }
  for (const one of roster) names.add(one)
  return names
}
