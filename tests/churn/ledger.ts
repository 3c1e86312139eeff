/** What a crowd of members saw, held against what they were promised: one history, and every message opens. */

import type { Input, Output, Session } from "@conclave/call"
import { readPrivateMessage, type ServerEnvelope } from "@conclave/wire"
import type { HeadlessMember, Witness } from "./headless.ts"

type Seat = Extract<Session["stage"], { phase: "in" }>

/** How long messages of the epoch before still open (A1.14), and a little: both clocks were read at other moments. */
const oldEpochMs = 5_000

/** One membership: a life of one page. */
interface Life {
  readonly key: string
  readonly firstEpoch: number
  epoch: number
  transcript: string
  /** When it entered its epoch. */
  since: number
  endedAt: number | undefined
}

interface Opening {
  readonly message: Uint8Array
}

export class Ledger implements Witness {
  /** Messages given to engines, and those that opened. */
  given = 0
  opened = 0
  /** Not opened, as published: an epoch too old, from before we came, from one who has been removed. */
  late = 0
  /** Not opened, against the promise. Each with its reason. */
  readonly undecryptable: string[] = []
  /** Alarms and calls founded anew because of a split: each is a broken promise too. */
  readonly alarms: string[] = []
  commits = 0
  joins = 0
  #epochs = new Map<string, Map<string, Set<Life>>>()
  readonly #lives = new Map<HeadlessMember, Life>()
  readonly #openings = new Map<HeadlessMember, Opening>()
  readonly #senders = new WeakMap<Uint8Array, string>()
  readonly #unread = new Map<HeadlessMember, number>()
  readonly #noticed = new Map<HeadlessMember, number>()

  heard(_: HeadlessMember, envelope: ServerEnvelope): void {
    if (envelope.type === "signal") this.#senders.set(envelope.message, envelope.from)
    if (envelope.type === "entries")
      for (const entry of envelope.entries) if (entry.type === "message") this.#senders.set(entry.message, entry.from)
  }

  turned(member: HeadlessMember, input: Input, outputs: readonly Output[]): void {
    const { seat } = member
    if (input.type === "engine-answered") this.#answered(member, seat, input.fact)
    this.#follow(member, seat)
    this.#listen(member)
    const order = outputs.flatMap((output) => (output.do === "engine" ? [output.order] : [])).at(-1)
    if (order?.do === "open-message") this.#openings.set(member, { message: order.message })
  }

  /** Epochs in which members of one call have different histories, without lives that ended because their commit was void (D9.39). */
  forks(): string[] {
    return [...this.#epochs].flatMap(([epoch, histories]) => {
      const lasting = [...histories.values()].filter((lives) => lives.size > 1 || [...lives].some((life) => life.endedAt === undefined))
      return lasting.length > 1 ? [`epoch ${epoch}: ${String(lasting.length)} histories`] : []
    })
  }

  /** Epochs that a committer entered alone and left again. */
  voided(): number {
    return [...this.#epochs.values()].filter((histories) => histories.size > 1).length - this.forks().length
  }

  /** The page is gone. */
  crashed(member: HeadlessMember): void {
    this.#end(member)
    for (const book of [this.#openings, this.#unread, this.#noticed]) book.delete(member)
  }

  #follow(member: HeadlessMember, seat: Seat | undefined): void {
    const key = `${member.name} ${String(member.page)} ${String(member.session.life)}`
    const life = this.#lives.get(member)
    if (life !== undefined && (seat === undefined || life.key !== key)) this.#end(member)
    if (seat === undefined) return
    const { epoch, transcript, call } = seat.group
    let now = this.#lives.get(member)
    if (now?.epoch === epoch) return
    if (now === undefined) {
      now = { key, firstEpoch: epoch, epoch, transcript, since: 0, endedAt: undefined }
      this.#lives.set(member, now)
      this.joins++
    }
    Object.assign(now, { epoch, transcript, since: performance.now() })
    const name = `${String(epoch)} of ${call}`
    const histories = this.#epochs.get(name) ?? new Map<string, Set<Life>>()
    if (histories.size === 0) this.commits++
    this.#epochs.set(name, histories)
    histories.set(transcript, (histories.get(transcript) ?? new Set()).add(now))
  }

  #end(member: HeadlessMember): void {
    const life = this.#lives.get(member)
    if (life !== undefined) life.endedAt = performance.now()
    this.#lives.delete(member)
  }

  #answered(member: HeadlessMember, seat: Seat | undefined, fact: { readonly type: string }): void {
    const opening = this.#openings.get(member)
    if (opening === undefined) return
    this.#openings.delete(member)
    if (fact.type === "message-opened") this.opened++
    if (fact.type !== "message-refused" && fact.type !== "message-opened") return
    this.given++
    if (fact.type === "message-opened") return
    const why = this.#promiseOn(member, seat, opening.message)
    if (why === undefined) this.late++
    else this.undecryptable.push(`${member.name}: ${why}`)
  }

  /** What was promised of a message that did not open; undefined when it may stay closed. */
  #promiseOn(member: HeadlessMember, seat: Seat | undefined, message: Uint8Array): string | undefined {
    const life = this.#lives.get(member)
    const header = readPrivateMessage(message)
    if (seat === undefined || life === undefined || header === undefined) return undefined
    const { epoch, members } = seat.group
    const from = this.#senders.get(message)
    if (header.epoch < life.firstEpoch || header.epoch < epoch - 1 || header.epoch > epoch) return undefined
    if (header.epoch < epoch && performance.now() - life.since > oldEpochMs) return undefined
    if (!members.some((one) => one.member === from)) return undefined
    return `a message of epoch ${String(header.epoch)} in epoch ${String(epoch)}, ${String(Math.round(performance.now() - life.since))} ms old`
  }

  #listen(member: HeadlessMember): void {
    const { notices, noticed } = member.session
    const before = this.#noticed.get(member) ?? 0
    this.#noticed.set(member, noticed)
    for (const notice of notices)
      if (notice.number > before && notice.kind === "founded-anew" && notice.reason !== "alone" && notice.reason !== "empty")
        this.alarms.push(`${member.name}: founded anew (${notice.reason})`)
    const alarm = member.seat?.alarm
    if (alarm !== undefined && this.alarms.at(-1) !== `${member.name}: ${alarm.kind}`) this.alarms.push(`${member.name}: ${alarm.kind}`)
  }
}
