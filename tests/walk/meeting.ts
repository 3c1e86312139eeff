/** A meeting of real engines: one commit at a time goes to everybody, and after each everybody must agree on everything. */

import type { EngineModule, Member } from "@conclave/mls-engine"
import type { Chance } from "@conclave/testkit"
import { check, checkRefused, checkSpoken, hex, viewOf } from "./checks.ts"

/** One who is in, and the pseudonym it joined under. */
export interface Guest {
  readonly identity: Uint8Array
  readonly engine: Member
}

/** What a commit of the walk does, in people. */
export interface Plan {
  readonly by: Guest
  readonly adds?: readonly Guest[]
  readonly removes?: readonly Guest[]
  readonly policy?: Uint8Array
}

const lifetimeSeconds = 6 * 3600
const pskId = new TextEncoder().encode("walk")
const nothing = new Uint8Array()
/** So many of the removed are asked after each commit whether they still know anything. */
const ghostsKept = 6

export class Meeting {
  readonly #module: EngineModule
  readonly #chance: Chance
  readonly #nowSeconds = Math.floor(Date.now() / 1000)
  readonly #psk: Uint8Array
  #groupId: Uint8Array
  #policy: Uint8Array
  #guests: readonly Guest[]
  #ghosts: readonly Guest[] = []
  #epoch = 0

  constructor(module: EngineModule, chance: Chance) {
    this.#module = module
    this.#chance = chance
    this.#psk = chance.bytes(32)
    this.#groupId = chance.bytes(16)
    this.#policy = chance.bytes(40)
    this.#guests = [this.#founder()]
  }

  get guests(): readonly Guest[] {
    return this.#guests
  }

  /** Someone outside, with a new pseudonym or with the one it had before. */
  newcomer(identity: Uint8Array = this.#chance.bytes(16)): Guest {
    const engine = new this.#module.Member(identity, this.#nowSeconds, lifetimeSeconds)
    engine.storePsk(pskId, this.#psk)
    return { identity, engine }
  }

  /** D33: who is left alone founds a new group. */
  foundAnew(): void {
    this.#bury(this.#guests)
    this.#groupId = this.#chance.bytes(16)
    this.#guests = [this.#founder()]
    this.#epoch = 0
  }

  /** Commits the plan, has everybody apply it, and checks that all of them now agree. */
  commit({ by, adds = [], removes = [], policy }: Plan): void {
    const early = this.#spoken()
    const plan = { by, adds, removes, leaf: by.engine.ownLeaf() }
    const made = by.engine.commit({
      adds: adds.map(({ engine }) => engine.keyPackage()),
      removes: removes.map(({ engine }) => engine.ownLeaf()),
      psk: adds.length > 0 ? pskId : undefined,
      policy,
    })
    const others = this.#guests.filter((guest) => guest !== by)
    this.#race(others)
    for (const guest of others) this.#apply(guest, made.commit, plan)
    by.engine.mergeCommit()
    this.#epoch += 1
    this.#policy = policy ?? this.#policy
    adds.forEach((guest, index) => this.#join(guest, made.welcomes[index], made.tree))
    const stayed = this.#guests.filter((guest) => !removes.includes(guest))
    this.#guests = [...stayed, ...adds]
    this.#bury(removes)
    this.#checkAgreement(made.tree)
    this.#checkLate(early, stayed, removes)
    this.#checkSpeech()
  }

  close(): void {
    for (const guest of [...this.#guests, ...this.#ghosts]) discard(guest)
  }

  #founder(): Guest {
    const founder = this.newcomer()
    founder.engine.create(this.#groupId, this.#policy)
    return founder
  }

  /** Others build commits in the same epoch; they will lose it. */
  #race(others: readonly Guest[]): void {
    if (others.length > 0 && this.#chance.happens(0.25)) this.#chance.pick(others).engine.commit({})
  }

  #apply({ engine, ...guest }: Guest, commit: Uint8Array, plan: Required<Omit<Plan, "policy">> & { readonly leaf: number }): void {
    // A loser may drop its own commit before it looks at the winner, or after.
    const clearsFirst = engine.hasPending() && this.#chance.happens(0.5)
    if (clearsFirst) engine.clearCommit()
    const staged = engine.process(commit)
    check(staged.kind === "commit" && staged.hasPath && staged.other === 0, "a commit is a commit with a path")
    check(staged.sender === plan.leaf, "a commit is its sender's")
    check(
      staged.adds.map(({ identity }) => hex(identity)).join() === plan.adds.map(({ identity }) => hex(identity)).join(),
      "it adds whom it adds",
    )
    check(staged.removes.length === plan.removes.length, "it removes as many as it removes")
    check(
      staged.selfRemoved === plan.removes.some((removed) => removed.engine === engine),
      `who is removed knows it (${hex(guest.identity)})`,
    )
    if (engine.hasPending()) {
      checkRefused(() => engine.accept(), "pending-commit")
      engine.clearCommit()
    }
    // The removed keep all they had, instead of merging their removal; it must not be enough.
    if (staged.selfRemoved) engine.refuse()
    else engine.accept()
  }

  #join({ engine }: Guest, welcome: Uint8Array | undefined, tree: Uint8Array | undefined): void {
    check(welcome !== undefined && tree !== undefined, "every joiner has a Welcome and a tree")
    check(engine.join(welcome, tree).epoch === this.#epoch, "a joiner enters the new epoch")
    engine.acceptJoin()
  }

  #bury(removed: readonly Guest[]): void {
    const all = [...this.#ghosts, ...removed]
    for (const guest of all.slice(0, -ghostsKept)) discard(guest)
    this.#ghosts = all.slice(-ghostsKept)
  }

  #checkAgreement(tree: Uint8Array | undefined): void {
    const [first] = this.#guests
    check(first !== undefined, "somebody is left")
    const { engine } = first
    const view = viewOf(engine)
    check(engine.epoch() === this.#epoch && hex(engine.groupId()) === hex(this.#groupId), "the epoch is the one counted")
    check(hex(engine.policy()) === hex(this.#policy), "the policy is the one committed")
    for (const guest of this.#guests) check(viewOf(guest.engine) === view, "all agree")
    check(tree === undefined || hex(engine.tree()) === hex(tree), "the tree beside a Welcome is the tree")
    const secret = hex(engine.export("walk", nothing, 32))
    for (const ghost of this.#ghosts) check(hex(ghost.engine.export("walk", nothing, 32)) !== secret, "the removed know nothing new")
  }

  /** A message that will arrive one commit late, now and then. */
  #spoken(): Spoken | undefined {
    return this.#chance.happens(0.3) ? this.#say() : undefined
  }

  #say(): Spoken {
    const from = this.#chance.pick(this.#guests)
    const data = this.#chance.bytes(this.#chance.below(300))
    return { from, sender: from.engine.ownLeaf(), epoch: this.#epoch, data, message: from.engine.encrypt(data, nothing) }
  }

  /** A message of the epoch before: from who stayed it opens, from who was removed it does not (A1.14). */
  #checkLate(said: Spoken | undefined, stayed: readonly Guest[], removed: readonly Guest[]): void {
    if (said === undefined) return
    for (const { engine } of stayed.filter((guest) => guest !== said.from)) {
      if (removed.includes(said.from)) checkRefused(() => engine.process(said.message), "removed-sender")
      else checkSpoken(engine.process(said.message), said)
    }
  }

  #checkSpeech(): void {
    const said = this.#say()
    for (const guest of this.#guests) {
      if (guest === said.from) checkRefused(() => guest.engine.process(said.message), "own-message")
      else checkSpoken(guest.engine.process(said.message), said)
    }
    for (const { engine } of this.#ghosts) checkRefused(() => engine.process(said.message), "wrong-epoch", "wrong-group")
  }
}

interface Spoken {
  readonly from: Guest
  readonly sender: number
  readonly epoch: number
  readonly data: Uint8Array
  readonly message: Uint8Array
}

function discard({ engine }: Guest): void {
  engine.wipe()
  engine.free()
}
