/** The model's group: what a commit says, what follows from it, and what of it is on the wire. Pure. */

import type { CallMessage, GroupView, Leaf, Member, Person, PolicyView, RemoveReason } from "@conclave/call"
import { fromBase64url, type CallId, type Epoch, type MemberId } from "@conclave/wire"
import type { ModelPasswordKey } from "./model-password.ts"
import type { PolicyChain } from "./model-policy.ts"
import type { Note } from "./model-rules.ts"
import { digest, secretFrom, type Derive } from "./symbols.ts"

/** A leaf and the lock of its key. */
export interface LeafNode extends Member {
  readonly lock: string
}

/** The group in one epoch, as one member holds it. */
export interface Group {
  readonly call: CallId
  readonly epoch: Epoch
  readonly own: Leaf
  readonly leaves: readonly LeafNode[]
  readonly secret: string
  readonly leafSecret: string
  readonly transcript: string
  readonly chain: PolicyChain
  readonly past: { readonly epoch: Epoch; readonly secret: string; readonly members: readonly LeafNode[] } | undefined
}

/** What a commit says to those who can read it. */
export interface CommitContent {
  readonly kind: "commit"
  readonly by: Leaf
  readonly adds: readonly LeafNode[]
  readonly removes: readonly Leaf[]
  /** D8.10: who the adds are, and why the removed go. */
  readonly note: Note
  /** New rules, when they change. */
  readonly chain: PolicyChain | undefined
  /** The new link's secret (D4.15). */
  readonly linkSecret: string | undefined
  /** The new password's key (D18.9). */
  readonly password: ModelPasswordKey | undefined
  /** The committer's new leaf. */
  readonly lock: string
  readonly path: Uint8Array
  readonly parentLock: string
  readonly pathLock: string
  readonly pskLock: string | undefined
  readonly spoiled: readonly MemberId[]
}

/** What an application message says. */
export interface Spoken {
  readonly from: Leaf
  readonly epoch: Epoch
  readonly message: Exclude<CallMessage, { kind: "introduce" }> | { readonly kind: "introduce"; readonly people: readonly Person[] }
}

/** What a knocker is added by. */
export interface KeyPackage {
  readonly member: MemberId
  readonly leafLock: string
  readonly initLock: string
}

/** The next epoch's secret. `path` is what the commit sealed to those who stay. */
const nextSecret = (parent: string, path: string, psk: string | undefined, content: CommitContent): string =>
  secretFrom("epoch", parent, path, psk ?? "", digest(JSON.stringify({ ...content, path: [...content.path] })))

/** What follows from a commit for whoever has read it and has the rest: the rule an attacker computes with, too. */
export const deriveEpochs: Derive = (have, content) => {
  if ((content as { readonly kind?: string }).kind !== "commit") return []
  const commit = content as CommitContent
  const [parent, path] = [have(commit.parentLock), have(commit.pathLock)]
  const psk = commit.pskLock === undefined ? undefined : have(commit.pskLock)
  if (parent === undefined || path === undefined || (commit.pskLock !== undefined && psk === undefined)) return []
  return [nextSecret(parent, path, psk, commit)]
}

/** An MLS PrivateMessage around a box's name: what the server can read of it is true. */
export function privateMessage(call: CallId, epoch: Epoch, kind: "application" | "commit", box: Uint8Array): Uint8Array<ArrayBuffer> {
  const groupId = fromBase64url(call)
  if (groupId === undefined) throw new Error("bug: not a call id")
  const bytes = new Uint8Array(50)
  bytes.set([0, 1, 0, 2, 16])
  bytes.set(groupId, 5)
  new DataView(bytes.buffer).setBigUint64(21, BigInt(epoch))
  bytes.set([kind === "commit" ? 3 : 1, 0, 1, 0, 16], 29)
  bytes.set(box, 34)
  return bytes
}

/** The name of the box a message carries. */
export const boxOf = (message: Uint8Array): Uint8Array => message.subarray(34)

/** New leaves go to the lowest free places, as in MLS. */
export function placed(staying: readonly LeafNode[], packages: readonly KeyPackage[]): LeafNode[] {
  const taken = new Set<number>(staying.map(({ leaf }) => leaf))
  return packages.map(({ member, leafLock }) => {
    let leaf = 0
    while (taken.has(leaf)) leaf++
    taken.add(leaf)
    return { leaf: leaf as Leaf, member, lock: leafLock }
  })
}

/** The group after a commit. */
export function stepped(
  group: Group,
  content: CommitContent,
  known: { readonly message: Uint8Array; readonly path: string; readonly psk: string },
): Group {
  const staying = group.leaves
    .filter(({ leaf }) => !content.removes.includes(leaf))
    .map((leaf) => (leaf.leaf === content.by ? { ...leaf, lock: content.lock } : leaf))
  const leaves = [...staying, ...content.adds].sort((a, b) => a.leaf - b.leaf)
  const secret = nextSecret(group.secret, known.path, content.pskLock === undefined ? undefined : known.psk, content)
  const transcript = transcriptAfter(group.transcript, known.message)
  const past = { epoch: group.epoch, secret: group.secret, members: group.leaves }
  return { ...group, epoch: (group.epoch + 1) as Epoch, leaves, secret, transcript, past, chain: content.chain ?? group.chain }
}

/** The members at these leaves. */
export const membersAt = (group: Group, leaves: readonly Leaf[]): MemberId[] =>
  group.leaves.filter(({ leaf }) => leaves.includes(leaf)).map(({ member }) => member)

/** The transcript a group begins with. */
export const firstTranscript = (call: CallId): string => digest(`founded ${call}`)

/** The transcript after this commit: whoever has seen the same commits has the same. */
export const transcriptAfter = (transcript: string, commit: Uint8Array): string => digest(`${transcript}|${[...commit].join()}`)

/** The leaves a note removes, as the machine hears of them. */
export const removalsOf = (group: Group, note: Note): { leaf: Leaf; member: MemberId; why: RemoveReason }[] =>
  note.removes.flatMap(({ leaf, why }) => membersAt(group, [leaf]).map((member) => ({ leaf, member, why })))

/** What the machine may know of it. */
export function viewOf({ call, epoch, own, leaves, transcript }: Group, policy: PolicyView): GroupView {
  const members = leaves.map(({ leaf, member }) => ({ leaf, member }))
  const code = digest(`${call}${String(epoch)}${transcript}`)
  return { call, epoch, own, members, transcript, policy, words: [code.slice(0, 4), code.slice(4, 8)], digits: code.replaceAll(/\D/g, "") }
}
