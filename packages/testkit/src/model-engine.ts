/**
 * The group engine as a model: the same orders and facts as the real one, with symbols for cryptography. An epoch's
 * secret follows from the last one, a fresh secret that the commit seals to everybody who stays, and the link's
 * pre-shared key where it adds somebody. A newcomer gets it from a Welcome sealed to its KeyPackage and that key.
 */

import type { Change, CommitEffect, GroupFact, GroupFailure, GroupOrder, GroupView, Leaf, OutgoingMessage, Person } from "@conclave/call"
import { readPrivateMessage, type CallId, type Epoch, type MemberId } from "@conclave/wire"
import {
  boxOf,
  firstTranscript,
  membersAt,
  placed,
  privateMessage,
  removalsOf,
  stepped,
  viewOf,
  type CommitContent,
  type Group,
  type KeyPackage,
  type LeafNode,
} from "./model-group.ts"
import { ModelDoor } from "./model-door.ts"
import { linkFrom, linkText, type ModelLink } from "./model-link.ts"
import { edited, inForce, isSoundChain, judgePolicy, policyViewOf, signed, type PolicyChain } from "./model-policy.ts"
import type { ModelLife, ModelParts, ModelStep } from "./model-parts.ts"
import { brokenRule, type Note, type RuleFacts, type ToldStanding } from "./model-rules.ts"
import { roomChangeOf } from "./model-room.ts"
import { openMessage, sealMessage } from "./model-speech.ts"
import { lockOf, secretFrom } from "./symbols.ts"

/** What a reader's machine has heard itself of leaves that go. */
interface Witnessed {
  readonly gone: readonly Leaf[]
  readonly asked: readonly Leaf[]
}

/** One member's engine. Answers each order with one fact, at once. */
export class ModelEngine {
  private readonly parts: ModelParts
  private link: ModelLink
  /** The newest rules known: a call is founded with these. */
  private shelved: PolicyChain | undefined
  /** The version that the server showed: no group of an older one is joined (D4.4). */
  private shown = 0
  private standing: ToldStanding | undefined
  private group: Group | undefined
  private pending:
    { readonly content: CommitContent; readonly path: string; readonly leafSecret: string; readonly message: Uint8Array } | undefined
  private knocked: { readonly member: MemberId; readonly leafSecret: string; readonly initSecret: string } | undefined
  private readonly knocks = new Map<MemberId, KeyPackage>()
  private readonly door: ModelDoor
  private readonly people = new Map<MemberId, Person>()
  private readonly seen = new Set<string>()
  private life: ModelLife | undefined

  constructor(parts: ModelParts) {
    this.parts = parts
    this.link = parts.link
    this.door = new ModelDoor(parts, (secret) => this.life?.secrets.add(secret))
  }

  /** What the server keeps for the room; read by whoever has the link. */
  shelf(bytes: Uint8Array): void {
    const chain = this.parts.vault.open(bytes, [this.link.secret]) as PolicyChain | undefined
    if (chain === undefined || !isSoundChain(chain)) return
    this.shown = inForce(chain).version
    if (this.shelved === undefined || this.shown >= inForce(this.shelved).version) this.shelved = chain
  }

  /** A person typed this at the door, or a host chose it. */
  password(text: string, of: "door" | "room"): void {
    this.door.give(text, of)
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
        return this.process(order)
      case "answer-door":
        return this.door.answer(order.member, this.link)
      case "hear-door":
        return this.door.hear(order, this.link)
      case "check-door":
        return this.door.check(order.box, this.link)
      case "join-group":
        return this.join(order)
      case "seal-message":
        return this.seal(order.message, order.keep)
      case "open-message":
        return this.open(order.message)
      case "set-standing":
        this.standing = { former: order.former, blocked: order.blocked, isUsed: order.isUsed }
        return { type: "standing-set" }
      case "wipe-group":
        this.wipe()
        return { type: "group-wiped" }
    }
  }

  private wipe(): void {
    this.group = undefined
    this.standing = undefined
    this.pending = undefined
    this.knocked = undefined
    this.knocks.clear()
    this.door.wipe()
    this.people.clear()
    this.seen.clear()
  }

  private fresh(label: string): string {
    const secret = secretFrom(label, [...this.parts.chance.bytes(16)].join(","))
    this.life?.secrets.add(secret)
    return secret
  }

  private begin(call: CallId, member: MemberId): Person {
    this.life = { call, member, name: this.parts.name, secrets: new Set([this.link.secret, this.link.knock, this.link.psk]) }
    const self: Person = { member, name: this.parts.name, device: this.parts.device, since: this.parts.now(), level: "guest" }
    this.people.set(member, self)
    return self
  }

  private found(call: CallId, member: MemberId): GroupFact {
    if (this.group !== undefined) return { type: "order-failed", order: "found-group", failure: "busy" }
    if (this.shelved === undefined) return { type: "order-failed", order: "found-group", failure: "refused" }
    const { joinBeforeHost, hosts } = inForce(this.shelved)
    // D4.14
    if (!joinBeforeHost && !hosts.includes(this.parts.device)) return { type: "order-failed", order: "found-group", failure: "host-needed" }
    // D18.11
    if (!this.door.mayFound(inForce(this.shelved))) return { type: "order-failed", order: "found-group", failure: "host-needed" }
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
      chain: this.shelved,
      past: undefined,
    })
    return { type: "group-founded", group, self }
  }

  private knock(call: CallId, member: MemberId): GroupFact {
    if (this.group !== undefined) return { type: "order-failed", order: "make-knock", failure: "busy" }
    const version = this.shelved && inForce(this.shelved).passwordVersion
    if (!this.door.begin(member, version)) return { type: "order-failed", order: "make-knock", failure: "password-needed" }
    const self = this.begin(call, member)
    const [leafSecret, initSecret] = [this.fresh("leaf"), this.fresh("init")]
    this.knocked = { member, leafSecret, initSecret }
    const { vault } = this.parts
    const { link } = this
    const keyPackage = vault.sealPlain([], { member, leafLock: lockOf(leafSecret), initLock: lockOf(initSecret) } satisfies KeyPackage)
    return {
      type: "knock-made",
      member,
      keyPackage,
      sealed: vault.sealPlain([lockOf(link.knock)], { ...self, ...(version !== undefined && { password: version }) }),
      self,
    }
  }

  private readKnock({ member, keyPackage, sealed }: Extract<GroupOrder, { do: "read-knock" }>): GroupFact {
    const { vault } = this.parts
    const { link } = this
    const said = vault.open(sealed, [link.knock]) as (Person & { readonly password?: number }) | undefined
    const { password, ...person } = said ?? ({} as Partial<Person & { readonly password: number }>)
    const opened = vault.open(keyPackage, []) as KeyPackage | undefined
    if (person.member !== member || opened?.member !== member || this.group === undefined) return { type: "knock-refused", member }
    this.knocks.set(member, opened)
    this.people.set(member, person as Person)
    if (password !== undefined) this.door.heard(member, password)
    return { type: "knock-read", member, person: person as Person, ...(password !== undefined && { password }) }
  }

  private build(change: Change): GroupFact {
    const failed = (failure: GroupFailure): GroupFact => ({ type: "order-failed", order: "build-commit", failure })
    const { group } = this
    if (group === undefined) return failed("refused")
    if (this.pending !== undefined) return failed("busy")
    const packages = change.adds.map((member) => this.knocks.get(member))
    const gone = change.removes.map(({ leaf }) => leaf)
    const policy = change.policy && this.newPolicy(group, change.policy)
    const isBad = packages.includes(undefined) || gone.includes(group.own) || (change.policy !== undefined && policy === undefined)
    // D18.6
    const isProved = (member: MemberId): boolean => this.door.hasProved(member, inForce(group.chain))
    if (isBad || (this.parts.isLawless?.() !== true && !change.adds.every(isProved))) return failed("refused")
    const note: Note = { adds: change.adds.map((member) => this.people.get(member) as Person), removes: change.removes }
    if (this.parts.isLawless?.() !== true && brokenRule(this.factsOf(group, group.own, undefined), note) !== undefined)
      return failed("refused")
    const staying = group.leaves.filter(({ leaf }) => !gone.includes(leaf))
    const adds = placed(staying, packages as KeyPackage[])
    const isNewPassword = policy !== undefined && change.policy !== undefined && "set" in change.policy && change.policy.set === "password"
    const version = policy && inForce(policy).passwordVersion
    const password = isNewPassword && version !== undefined ? this.door.chosen(version) : undefined
    if (isNewPassword && version !== undefined && password === undefined) return failed("refused")
    const linkSecret = change.policy !== undefined && "newSecret" in change.policy ? this.fresh("link") : undefined
    const [path, leafSecret] = [this.fresh("path"), this.fresh("leaf")]
    const ways = staying.filter(({ leaf }) => leaf !== group.own).map(({ lock }) => [lock])
    const content: CommitContent = {
      kind: "commit",
      by: group.own,
      adds,
      removes: gone,
      note,
      chain: policy,
      linkSecret,
      password,
      lock: lockOf(leafSecret),
      path: this.parts.vault.seal(ways, { path }),
      parentLock: lockOf(group.secret),
      pathLock: lockOf(path),
      pskLock: adds.length > 0 ? lockOf(this.psk(group)) : undefined,
      spoiled: this.parts.spoils?.() ?? [],
    }
    const message = privateMessage(group.call, group.epoch, "commit", this.parts.vault.seal([[lockOf(group.secret)]], content))
    this.pending = { content, path, leafSecret, message }
    return {
      type: "commit-built",
      bundle: {
        epoch: group.epoch,
        commit: message,
        removes: membersAt(group, gone),
        ...this.welcomes(group, packages as KeyPackage[]),
      },
    }
  }

  private psk(group: Group): string {
    return this.door.psk(inForce(group.chain), this.link)
  }

  private factsOf(group: Group, by: Leaf, seen: Witnessed | undefined): RuleFacts {
    const personAt = (leaf: Leaf): Person | undefined => {
      const found = group.leaves.find((node) => node.leaf === leaf)
      return found && this.people.get(found.member)
    }
    const leaves = group.leaves.map(({ leaf }) => leaf)
    const { gone, asked } = seen ?? { gone: undefined, asked: undefined }
    return { policy: inForce(group.chain), personAt, leaves, by, standing: this.standing, gone, asked, now: this.parts.now() }
  }

  private devicesAt(group: Group): string[] {
    return group.leaves.flatMap(({ member }) => this.people.get(member)?.device ?? [])
  }

  /** The chain after an edit, signed as far as this device can; undefined where the members would refuse it. */
  private newPolicy(group: Group, edit: NonNullable<Change["policy"]>): PolicyChain | undefined {
    const { device, hasRoomKey } = this.parts
    const target = "of" in edit ? group.leaves.find(({ leaf }) => leaf === edit.of)?.member : undefined
    const next = edited(inForce(group.chain), edit, { own: device, at: target && this.people.get(target)?.device })
    const chain = next && signed(group.chain, next, { device, hasRoomKey })
    const isGood =
      chain !== undefined && (this.parts.isLawless?.() === true || judgePolicy(group.chain, chain, this.devicesAt(group)) === undefined)
    return isGood ? chain : undefined
  }

  private welcomes(group: Group, packages: readonly KeyPackage[]) {
    const { pending } = this
    if (pending === undefined || packages.length === 0) return { welcomes: [] }
    const { vault } = this.parts
    const next = stepped(group, pending.content, { message: pending.message, path: pending.path, psk: this.psk(group) })
    const seal = ({ member, initLock }: KeyPackage) => ({
      member,
      welcome: vault.seal([[initLock, lockOf(this.psk(group))]], {
        call: group.call,
        epoch: next.epoch,
        secret: next.secret,
        transcript: next.transcript,
        chain: next.chain,
        by: group.own,
      }),
    })
    return { welcomes: packages.map(seal), tree: vault.sealPlain([], next.leaves) }
  }

  private merge(): GroupFact {
    const { group, pending } = this
    if (group === undefined || pending === undefined) return { type: "order-failed", order: "merge-commit", failure: "refused" }
    const { content } = pending
    const next = stepped(group, content, { message: pending.message, path: pending.path, psk: this.psk(group) })
    this.pending = undefined
    const effect = this.takeEffect(group, { ...next, own: group.own, leafSecret: pending.leafSecret }, content)
    if (content.chain === undefined) return { type: "commit-merged", ...effect }
    const { room, vault, device } = this.parts
    const room1 = roomChangeOf({ room, vault, device, chain: content.chain, link: this.link })
    return { type: "commit-merged", ...effect, room: room1 }
  }

  /** Enters the next epoch and says what is new in it. */
  private takeEffect(before: Group, next: Group, content: CommitContent): CommitEffect {
    const facts = this.factsOf(before, content.by, { gone: [], asked: [] })
    const step: ModelStep = {
      ...{ by: facts.personAt(content.by), note: content.note, policy: facts.policy, at: facts.now },
      removed: content.note.removes.map(({ leaf }) => facts.personAt(leaf)),
    }
    for (const person of content.note.adds) this.people.set(person.member, person)
    if (content.linkSecret !== undefined) {
      this.link = linkFrom(content.linkSecret, inForce(next.chain).secretVersion)
      for (const secret of [this.link.secret, this.link.knock, this.link.psk]) this.life?.secrets.add(secret)
    }
    if (content.chain !== undefined) this.shelved = content.chain
    if (content.password !== undefined) this.door.keep(content.password)
    if (inForce(next.chain).passwordVersion === undefined) this.door.drop()
    const group = this.enter(next, step)
    const effect = {
      group,
      people: content.note.adds,
      removes: removalsOf(before, content.note),
      policyChanged: content.chain !== undefined,
    }
    return content.linkSecret === undefined ? effect : { ...effect, link: linkText(this.link) }
  }

  private process({ seq, commit, gone, asked = [] }: Extract<GroupOrder, { do: "process-commit" }>): GroupFact {
    const seen: Witnessed = { gone, asked }
    const refused = (failure: GroupFailure): GroupFact => ({ type: "commit-refused", seq, failure })
    const { group } = this
    const header = readPrivateMessage(commit)
    if (group === undefined || header?.contentType !== "commit") return refused("refused")
    if (this.pending !== undefined) return refused("busy")
    if (header.epoch !== group.epoch) return refused("stale")
    const content = this.parts.vault.open(boxOf(commit), [group.secret]) as CommitContent | undefined
    if (content?.kind !== "commit" || content.by === group.own) return refused("refused")
    // D8: who is added must have been let in by the link.
    if (content.adds.length > 0 && content.pskLock !== lockOf(this.psk(group))) return refused("refused")
    if (content.spoiled.some((member) => group.leaves.some((leaf) => leaf.leaf === group.own && leaf.member === member)))
      return refused("refused")
    const own = content.note.removes.find(({ leaf }) => leaf === group.own)
    if (own !== undefined) {
      // D8.32
      const rule = content.note.removes.some(({ why }) => why === "ended") ? this.ruleAgainst(group, content, seen) : undefined
      this.wipe()
      return { type: "removed-by-commit", seq, by: content.by, why: own.why, ...(rule !== undefined && { rule }) }
    }
    const rule = this.ruleAgainst(group, content, seen)
    if (rule !== undefined) return { type: "commit-refused", seq, failure: "refused", by: content.by, rule }
    const opened = this.parts.vault.open(content.path, [group.leafSecret]) as { readonly path: string } | undefined
    if (opened === undefined) return refused("refused")
    const next = stepped(group, content, { message: commit, path: opened.path, psk: this.psk(group) })
    const effect = this.takeEffect(group, { ...next, own: group.own, leafSecret: group.leafSecret }, content)
    return { type: "commit-processed", seq, by: content.by, ...effect }
  }

  /** D8.10-D8.13, D4.12 */
  private ruleAgainst(group: Group, content: CommitContent, seen: Witnessed): string | undefined {
    const { note, adds, removes, chain } = content
    const isNamed = note.adds.length === adds.length && note.adds.every(({ member }, i) => adds[i]?.member === member)
    if (!isNamed || note.removes.map(({ leaf }) => leaf).join() !== removes.join()) return "note-mismatch"
    if (chain !== undefined && adds.length + removes.length > 0) return "policy-not-alone"
    if (chain !== undefined) return judgePolicy(group.chain, chain, this.devicesAt(group))
    return brokenRule(this.factsOf(group, content.by, seen), note)
  }

  private join({ call, welcome, tree }: Extract<GroupOrder, { do: "join-group" }>): GroupFact {
    const failed: GroupFact = { type: "order-failed", order: "join-group", failure: "refused" }
    const { knocked } = this
    if (knocked === undefined) return failed
    this.knocked = undefined
    const { vault } = this.parts
    const { link } = this
    const psk = this.shelved === undefined ? link.psk : this.door.pskAtDoor(inForce(this.shelved), link)
    const opened = vault.open(welcome, [knocked.initSecret, psk]) as
      (Pick<Group, "call" | "epoch" | "secret" | "transcript" | "chain"> & { readonly by: Leaf }) | undefined
    const leaves = vault.open(tree, []) as readonly LeafNode[] | undefined
    const own = leaves?.find(({ member, lock }) => member === knocked.member && lock === lockOf(knocked.leafSecret))
    if (opened?.call !== call || leaves === undefined || own === undefined) return failed
    // D4.4: not a group of other rules, nor of older ones than the server shows.
    const isOurs = isSoundChain(opened.chain) && inForce(opened.chain).version >= this.shown
    if (!isOurs) return failed
    if (!this.door.mayEnter(inForce(opened.chain))) return failed
    return {
      type: "group-joined",
      by: opened.by,
      group: this.enter({ ...opened, own: own.leaf, leaves, leafSecret: knocked.leafSecret, past: undefined }),
    }
  }

  private enter(group: Group, step?: ModelStep): GroupView {
    this.group = group
    const { device, hasRoomKey, room } = this.parts
    const honest = policyViewOf(room, inForce(group.chain), { device, hasRoomKey })
    const view = viewOf(group, this.parts.isLawless?.() === true ? { ...honest, hosts: [...honest.hosts, device], canSign: true } : honest)
    if (this.life === undefined) throw new Error("bug: a group without a life")
    this.life.secrets.add(group.secret)
    this.parts.reached({ view, secret: group.secret, step, isHonest: this.parts.isLawless?.() !== true }, this.life)
    return view
  }

  private seal(message: OutgoingMessage, keep: boolean): GroupFact {
    const { group, people } = this
    if (group === undefined) return { type: "order-failed", order: "seal-message", failure: "refused" }
    return { type: "message-sealed", epoch: group.epoch, message: sealMessage(this.parts.vault, group, { message, people }), keep }
  }

  private open(bytes: Uint8Array): GroupFact {
    const opened = this.group === undefined ? undefined : openMessage(this.parts.vault, this.group, { bytes, seen: this.seen })
    if (opened === undefined || typeof opened === "string") return { type: "message-refused", failure: opened ?? "refused" }
    if (opened.message.kind === "introduce") for (const person of opened.message.people) this.people.set(person.member, person)
    return { type: "message-opened", ...opened }
  }
}
