/**
 * The group engine as a model: the same orders and facts as the real one, with symbols for cryptography. An epoch's
 * secret follows from the last one, a fresh secret that the commit seals to everybody who stays, and the link's
 * pre-shared key where it adds somebody. A newcomer gets it from a Welcome sealed to its KeyPackage and that key.
 */

import type { Change, GroupFact, GroupFailure, GroupOrder, GroupView, Leaf, OutgoingMessage, Person } from "@conclave/call"
import { readPrivateMessage, type CallId, type Epoch, type MemberId } from "@conclave/wire"
import type { Chance } from "./chance.ts"
import {
  boxOf,
  firstTranscript,
  membersAt,
  placed,
  privateMessage,
  stepped,
  viewOf,
  type CommitContent,
  type Group,
  type KeyPackage,
  type LeafNode,
  type Spoken,
} from "./model-group.ts"
import { lockOf, secretFrom, type Vault } from "./symbols.ts"

/** What everybody with the link knows. */
export interface ModelLink {
  readonly knock: string
  readonly psk: string
}

/** What one life of one member ever knew, and what it saw of the group. For the invariants. */
export interface ModelLife {
  readonly call: CallId
  readonly member: MemberId
  readonly secrets: Set<string>
}

/** An epoch as somebody computed it. */
export interface ModelEpoch {
  readonly view: GroupView
  readonly secret: string
}

export interface ModelParts {
  readonly link: ModelLink
  readonly vault: Vault
  readonly chance: Chance
  readonly name: string
  readonly device: string
  readonly now: () => number
  /** Hears of every epoch this engine reaches. */
  readonly reached: (epoch: ModelEpoch, life: ModelLife) => void
  /** Members whose share of a commit this engine spoils, as an insider could (A1.11). */
  readonly spoils?: () => readonly MemberId[]
}

/** One member's engine. Answers each order with one fact, at once. */
export class ModelEngine {
  private readonly parts: ModelParts
  private group: Group | undefined
  private pending:
    { readonly content: CommitContent; readonly path: string; readonly leafSecret: string; readonly message: Uint8Array } | undefined
  private knocked: { readonly member: MemberId; readonly leafSecret: string; readonly initSecret: string } | undefined
  private readonly knocks = new Map<MemberId, KeyPackage>()
  private readonly people = new Map<MemberId, Person>()
  private readonly seen = new Set<string>()
  private life: ModelLife | undefined

  constructor(parts: ModelParts) {
    this.parts = parts
  }

  perform(order: GroupOrder): GroupFact {
    switch (order.do) {
      case "found-group":
        return this.found(order.call, order.member)
      case "make-knock":
        return this.knock(order.call, order.member)
      case "read-knock":
        return this.readKnock(order)
      case "build-commit":
        return this.build(order.change)
      case "merge-commit":
        return this.merge()
      case "clear-commit":
        this.pending = undefined
        return { type: "commit-cleared" }
      case "process-commit":
        return this.process(order.seq, order.commit)
      case "join-group":
        return this.join(order)
      case "seal-message":
        return this.seal(order.message, order.keep)
      case "open-message":
        return this.open(order.message)
      case "wipe-group":
        this.wipe()
        return { type: "group-wiped" }
    }
  }

  private wipe(): void {
    this.group = undefined
    this.pending = undefined
    this.knocked = undefined
    this.knocks.clear()
    this.people.clear()
    this.seen.clear()
  }

  private fresh(label: string): string {
    const secret = secretFrom(label, [...this.parts.chance.bytes(16)].join(","))
    this.life?.secrets.add(secret)
    return secret
  }

  private begin(call: CallId, member: MemberId): Person {
    this.life = { call, member, secrets: new Set([this.parts.link.knock, this.parts.link.psk]) }
    const self: Person = { member, name: this.parts.name, device: this.parts.device, since: this.parts.now(), level: "guest" }
    this.people.set(member, self)
    return self
  }

  private found(call: CallId, member: MemberId): GroupFact {
    if (this.group !== undefined) return { type: "order-failed", order: "found-group", failure: "busy" }
    const self = this.begin(call, member)
    const leafSecret = this.fresh("leaf")
    const own = 0 as Leaf
    const leaves = [{ leaf: own, member, lock: lockOf(leafSecret) }]
    const secret = this.fresh("genesis")
    const group = this.enter({
      call,
      epoch: 0 as Epoch,
      own,
      leaves,
      secret,
      leafSecret,
      transcript: firstTranscript(call),
      past: undefined,
    })
    return { type: "group-founded", group, self }
  }

  private knock(call: CallId, member: MemberId): GroupFact {
    if (this.group !== undefined) return { type: "order-failed", order: "make-knock", failure: "busy" }
    const self = this.begin(call, member)
    const [leafSecret, initSecret] = [this.fresh("leaf"), this.fresh("init")]
    this.knocked = { member, leafSecret, initSecret }
    const { vault, link } = this.parts
    const keyPackage = vault.sealPlain([], { member, leafLock: lockOf(leafSecret), initLock: lockOf(initSecret) } satisfies KeyPackage)
    return { type: "knock-made", member, keyPackage, sealed: vault.sealPlain([lockOf(link.knock)], self), self }
  }

  private readKnock({ member, keyPackage, sealed }: Extract<GroupOrder, { do: "read-knock" }>): GroupFact {
    const { vault, link } = this.parts
    const person = vault.open(sealed, [link.knock]) as Person | undefined
    const opened = vault.open(keyPackage, []) as KeyPackage | undefined
    if (person?.member !== member || opened?.member !== member || this.group === undefined) return { type: "knock-refused", member }
    this.knocks.set(member, opened)
    this.people.set(member, person)
    return { type: "knock-read", member, person }
  }

  private build(change: Change): GroupFact {
    const failed = (failure: GroupFailure): GroupFact => ({ type: "order-failed", order: "build-commit", failure })
    const { group } = this
    if (group === undefined) return failed("refused")
    if (this.pending !== undefined) return failed("busy")
    const packages = change.adds.map((member) => this.knocks.get(member))
    if (packages.includes(undefined) || change.removes.includes(group.own)) return failed("refused")
    const staying = group.leaves.filter(({ leaf }) => !change.removes.includes(leaf))
    const adds = placed(staying, packages as KeyPackage[])
    const [path, leafSecret] = [this.fresh("path"), this.fresh("leaf")]
    const ways = staying.filter(({ leaf }) => leaf !== group.own).map(({ lock }) => [lock])
    const content: CommitContent = {
      kind: "commit",
      by: group.own,
      adds,
      removes: change.removes,
      lock: lockOf(leafSecret),
      path: this.parts.vault.seal(ways, { path }),
      parentLock: lockOf(group.secret),
      pathLock: lockOf(path),
      pskLock: adds.length > 0 ? lockOf(this.parts.link.psk) : undefined,
      spoiled: this.parts.spoils?.() ?? [],
    }
    const message = privateMessage(group.call, group.epoch, "commit", this.parts.vault.seal([[lockOf(group.secret)]], content))
    this.pending = { content, path, leafSecret, message }
    return {
      type: "commit-built",
      bundle: {
        epoch: group.epoch,
        commit: message,
        removes: membersAt(group, change.removes),
        ...this.welcomes(group, packages as KeyPackage[]),
      },
    }
  }

  private welcomes(group: Group, packages: readonly KeyPackage[]) {
    const { pending } = this
    if (pending === undefined || packages.length === 0) return { welcomes: [] }
    const { vault, link } = this.parts
    const next = stepped(group, pending.content, { message: pending.message, path: pending.path, psk: link.psk })
    const seal = ({ member, initLock }: KeyPackage) => ({
      member,
      welcome: vault.seal([[initLock, lockOf(link.psk)]], {
        call: group.call,
        epoch: next.epoch,
        secret: next.secret,
        transcript: next.transcript,
      }),
    })
    return { welcomes: packages.map(seal), tree: vault.sealPlain([], next.leaves) }
  }

  private merge(): GroupFact {
    const { group, pending } = this
    if (group === undefined || pending === undefined) return { type: "order-failed", order: "merge-commit", failure: "refused" }
    const next = stepped(group, pending.content, { message: pending.message, path: pending.path, psk: this.parts.link.psk })
    this.pending = undefined
    const view = this.enter({ ...next, own: group.own, leafSecret: pending.leafSecret })
    return { type: "commit-merged", group: view, removed: membersAt(group, pending.content.removes) }
  }

  private process(seq: number, commit: Uint8Array): GroupFact {
    const refused = (failure: GroupFailure): GroupFact => ({ type: "commit-refused", seq, failure })
    const { group } = this
    const header = readPrivateMessage(commit)
    if (group === undefined || header?.contentType !== "commit") return refused("refused")
    if (this.pending !== undefined) return refused("busy")
    if (header.epoch !== group.epoch) return refused("stale")
    const content = this.parts.vault.open(boxOf(commit), [group.secret]) as CommitContent | undefined
    if (content?.kind !== "commit" || content.by === group.own) return refused("refused")
    // D8: who is added must have been let in by the link.
    if (content.adds.length > 0 && content.pskLock !== lockOf(this.parts.link.psk)) return refused("refused")
    if (content.spoiled.some((member) => group.leaves.some((leaf) => leaf.leaf === group.own && leaf.member === member)))
      return refused("refused")
    if (content.removes.includes(group.own)) {
      this.wipe()
      return { type: "removed-by-commit", seq, by: content.by }
    }
    const opened = this.parts.vault.open(content.path, [group.leafSecret]) as { readonly path: string } | undefined
    if (opened === undefined) return refused("refused")
    const next = stepped(group, content, { message: commit, path: opened.path, psk: this.parts.link.psk })
    const view = this.enter({ ...next, own: group.own, leafSecret: group.leafSecret })
    return { type: "commit-processed", seq, by: content.by, removed: membersAt(group, content.removes), group: view }
  }

  private join({ call, welcome, tree }: Extract<GroupOrder, { do: "join-group" }>): GroupFact {
    const failed: GroupFact = { type: "order-failed", order: "join-group", failure: "refused" }
    const { knocked } = this
    if (knocked === undefined) return failed
    this.knocked = undefined
    const { vault, link } = this.parts
    const opened = vault.open(welcome, [knocked.initSecret, link.psk]) as
      Pick<Group, "call" | "epoch" | "secret" | "transcript"> | undefined
    const leaves = vault.open(tree, []) as readonly LeafNode[] | undefined
    const own = leaves?.find(({ member, lock }) => member === knocked.member && lock === lockOf(knocked.leafSecret))
    if (opened?.call !== call || leaves === undefined || own === undefined) return failed
    return {
      type: "group-joined",
      group: this.enter({ ...opened, own: own.leaf, leaves, leafSecret: knocked.leafSecret, past: undefined }),
    }
  }

  private enter(group: Group): GroupView {
    this.group = group
    const view = viewOf(group)
    if (this.life === undefined) throw new Error("bug: a group without a life")
    this.life.secrets.add(group.secret)
    this.parts.reached({ view, secret: group.secret }, this.life)
    return view
  }

  private seal(message: OutgoingMessage, keep: boolean): GroupFact {
    const { group } = this
    if (group === undefined) return { type: "order-failed", order: "seal-message", failure: "refused" }
    const spoken =
      message.kind === "introduce"
        ? { kind: "introduce" as const, people: membersAt(group, message.leaves).flatMap((member) => this.people.get(member) ?? []) }
        : message
    const content: Spoken = { from: group.own, epoch: group.epoch, message: spoken }
    const box = this.parts.vault.sealPlain([lockOf(group.secret)], content)
    return { type: "message-sealed", epoch: group.epoch, message: privateMessage(group.call, group.epoch, "application", box), keep }
  }

  private open(bytes: Uint8Array): GroupFact {
    const refused = (failure: GroupFailure): GroupFact => ({ type: "message-refused", failure })
    const { group } = this
    const header = readPrivateMessage(bytes)
    if (group === undefined || header?.contentType !== "application") return refused("refused")
    const from =
      header.epoch === group.epoch
        ? { secret: group.secret, members: group.leaves }
        : group.past?.epoch === header.epoch
          ? group.past
          : undefined
    if (from === undefined) return refused("stale")
    const spoken = this.parts.vault.open(boxOf(bytes), [from.secret]) as Spoken | undefined
    const name = [...boxOf(bytes)].join()
    if (spoken === undefined || spoken.from === group.own || this.seen.has(name)) return refused("refused")
    const sender = from.members.find(({ leaf }) => leaf === spoken.from)
    // A1.14: who has been removed says nothing more, not even in the epoch before.
    if (sender === undefined || !group.leaves.some(({ leaf, member }) => leaf === sender.leaf && member === sender.member))
      return refused("refused")
    this.seen.add(name)
    if (spoken.message.kind === "introduce") for (const person of spoken.message.people) this.people.set(person.member, person)
    return { type: "message-opened", from: spoken.from, epoch: spoken.epoch, message: spoken.message }
  }
}
