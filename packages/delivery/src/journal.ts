/** The rows of one room kept in memory: what any store promises, in its shortest form. For tests and simulations. */

import type { CallId, Entry, Epoch, MemberId, Seq } from "@conclave/wire"
import { asMade, type RoomBase } from "./room.ts"
import type { SavedCall, SavedMember, SavedRoom, SavedTrial } from "./saved.ts"
import type { RoomChange, Row, TokenHash } from "./turns.ts"

interface KeptMember {
  readonly member: MemberId
  readonly sessionHash: TokenHash
  readonly joined: Seq
  readonly out: Seq | undefined
}

interface KeptCall {
  readonly id: CallId
  readonly members: Map<MemberId, KeptMember>
  readonly entries: Entry[]
  readonly trees: Map<Seq, Uint8Array>
  readonly welcomes: Map<MemberId, { readonly seq: Seq; readonly epoch: Epoch; readonly welcome: Uint8Array }>
  settled: Seq
}

/** A welcome as it was stored. */
export interface KeptWelcome {
  readonly seq: Seq
  readonly epoch: Epoch
  readonly welcome: Uint8Array
  readonly tree: Uint8Array
}

export interface Journal {
  /** Keeps all rows. The caller decides when that counts as durable. */
  write(rows: readonly Row[]): void
  /** Replaces what is kept for the room. */
  changeRoom(change: RoomChange): void
  /** What a restart finds. */
  load(): SavedRoom
  /** Entries with `after` < seq <= `upTo`, in order. */
  entries(call: CallId, after: Seq, upTo: Seq): Entry[]
  welcome(call: CallId, member: MemberId): KeptWelcome | undefined
}

export function memoryJournal(base: RoomBase): Journal {
  let call: KeptCall | undefined
  let kept: Omit<SavedRoom, "call"> = asMade(base)
  return {
    write(rows) {
      for (const row of rows) {
        if (row.row === "call")
          call = { id: row.call, members: new Map(), entries: [], trees: new Map(), welcomes: new Map(), settled: 0 as Seq }
        else if (row.row === "call-ended") call = undefined
        else if (call?.id === row.call) keep(call, row)
        else throw new Error("bug: a row of no call")
      }
    },
    changeRoom({ version, accessHash, shelf, replaced }) {
      kept = { id: base.id, version, accessHash, shelf, replaced }
    },
    load: () => ({ ...kept, call: call === undefined ? undefined : savedCallOf(call) }),
    entries: (id, after, upTo) => (call?.id === id ? call.entries.filter(({ seq }) => seq > after && seq <= upTo) : []),
    welcome(id, member) {
      const kept = call?.id === id ? call.welcomes.get(member) : undefined
      const tree = kept === undefined ? undefined : call?.trees.get(kept.seq)
      return kept === undefined || tree === undefined ? undefined : { ...kept, tree }
    },
  }
}

function keep(call: KeptCall, row: Exclude<Row, { row: "call" | "call-ended" }>): void {
  switch (row.row) {
    case "member":
      call.members.delete(row.member)
      call.members.set(row.member, { member: row.member, sessionHash: row.sessionHash, joined: row.joined, out: undefined })
      return
    case "entry":
      call.entries.push(row.entry)
      return
    case "tree":
      call.trees.set(row.seq, row.tree)
      return
    case "welcome":
      call.welcomes.set(row.member, row)
      return
    case "member-out":
    case "member-back": {
      const known = call.members.get(row.member)
      if (known !== undefined) call.members.set(row.member, { ...known, out: row.row === "member-out" ? row.seq : undefined })
      return
    }
    case "settled":
      call.settled = Math.max(call.settled, row.seq) as Seq
  }
}

function savedCallOf(call: KeptCall): SavedCall {
  const last = call.entries.findLast((entry) => entry.type !== "message")
  const members = [...call.members.values()]
  return {
    id: call.id,
    epoch: last === undefined ? (0 as Epoch) : last.type === "commit" ? ((last.epoch + 1) as Epoch) : last.epoch,
    attempt: last?.type === "void" ? attemptOf(call, last.of) + 1 : 0,
    head: call.entries.at(-1)?.seq ?? (0 as Seq),
    members: members.filter(({ out }) => out === undefined).map(savedMemberOf),
    former: members.filter(({ out }) => out !== undefined).map(({ member }) => member),
    voided: call.entries.flatMap((entry) => (entry.type === "void" ? entry.of : [])),
    open: last?.type === "commit" && call.settled < last.seq ? openTrialOf(members, last) : undefined,
  }
}

const savedMemberOf = ({ member, sessionHash, joined }: KeptMember): SavedMember => ({ member, sessionHash, joined })

function attemptOf(call: KeptCall, seq: Seq): number {
  const entry = call.entries.find((one) => one.seq === seq)
  if (entry?.type !== "commit") throw new Error("bug: void of no commit")
  return entry.attempt
}

const openTrialOf = (
  members: readonly KeptMember[],
  { seq, epoch, attempt, from, adds }: Extract<Entry, { type: "commit" }>,
): SavedTrial => ({
  seq,
  epoch,
  attempt,
  from,
  added: adds,
  removed: members.filter(({ out }) => out === seq).map(savedMemberOf),
})
