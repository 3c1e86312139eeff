/** The call's log, taken strictly in order: nothing is skipped, nothing happens twice (A1.06, A1.07). */

import type { Entry, Seq } from "@conclave/wire"
import { foundAnew } from "./adopt.ts"
import { clearCommit, mergeCommit } from "./change.ts"
import { loseSocket, order, say, startOver } from "./orders.ts"
import { messageUnread } from "./messages.ts"
import { put, andThenIn, type Inbound, type Seated, type Turn } from "./session.ts"
import { askedLeaves } from "./asked-out.ts"
import { goneLeaves } from "./watch.ts"

/** Signals that may wait at once; a server that sends more loses some. */
const mostWaiting = 5_000

/** Takes entries into the inbox. Old ones are dropped; a hole means the socket is of no use. */
export function entriesReceived(session: Seated, entries: readonly Entry[]): Turn {
  const { inbox, nextSeq } = session.stage
  const fresh = entries.filter((entry) => entry.seq >= nextSeq)
  if (fresh.some((entry, i) => entry.seq !== nextSeq + i)) return loseSocket(session)
  return [put(session, { inbox: [...inbox, ...fresh], nextSeq: nextSeq + fresh.length })]
}

export const signalReceived = (session: Seated, signal: Extract<Inbound, { type: "signal" }>): Turn =>
  session.stage.inbox.length >= mostWaiting ? [session] : [put(session, { inbox: [...session.stage.inbox, signal] })]

/** Takes the oldest entry. What needs the engine leaves it busy; the answer brings us back here. */
export function takeNext(session: Seated): Turn | undefined {
  const [item, ...inbox] = session.stage.inbox
  if (item === undefined) return undefined
  const taken = put(session, { inbox })
  switch (item.type) {
    case "commit":
      return takeCommit(session, taken, item)
    case "void":
      // D9.39: what we applied is void: we are where nobody else is.
      return item.of === session.stage.appliedSeq ? startOver(taken, "commit-void") : [put(taken, { refusal: undefined })]
    case "message":
      return takeMessage(taken, item)
    case "signal":
      return takeMessage(taken, item)
  }
}

function takeCommit(session: Seated, taken: Seated, entry: Extract<Entry, { type: "commit" }>): Turn {
  const { group, pending } = session.stage
  // A1.06: an epoch we have left is never entered again.
  if (entry.epoch < group.epoch) return verdict(taken, entry.seq, false)
  // The others went on without us. A fresh Welcome brings us back (D9).
  if (entry.epoch > group.epoch) return startOver(taken, "stale-epoch")
  if (pending?.stage === "sent") {
    if (isSame(pending.bundle.commit, entry.commit)) return mergeCommit(taken, entry.seq)
    // D9.34: theirs won. Ours describes a group that no longer exists: drop it first, then look at theirs.
    return clearCommit(session)
  }
  return order(taken, { do: "process-commit", seq: entry.seq, commit: entry.commit, gone: goneLeaves(taken), asked: askedLeaves(taken) })
}

/** Which commit it is, is decided by its bytes, never by the name the server puts on it (D34). */
const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Tells the server whether we could apply the commit at `seq`. */
export function verdict(session: Seated, seq: number, applied: boolean): Turn {
  const told = put(session, { verdict: { seq, applied } })
  return session.socket.state === "ready" ? say(told, { type: "verdict", seq: seq as Seq, applied }) : [told]
}

function takeMessage(session: Seated, item: Extract<Inbound, { type: "message" | "signal" }>): Turn {
  const { group, member } = session.stage
  // Our own echo cannot be opened (and `from` is the server's word: hiding a message so is no more than dropping it).
  if (item.from === member || item.epoch < group.epoch - 1) return [session]
  if (item.epoch > group.epoch) return [messageUnread(session)]
  const { message } = item
  return order(session, item.type === "message" ? { do: "open-message", message, seq: item.seq } : { do: "open-message", message })
}

/** We are back; the server's newest entry is `seq`. */
export function resumed(session: Seated, seq: number): Turn {
  // A1.09: a server that forgot what it told us would have us repeat an epoch.
  return seq < session.stage.nextSeq - 1 ? andThenIn([session], (rolled) => foundAnew(rolled, "rolled-back")) : [session]
}
