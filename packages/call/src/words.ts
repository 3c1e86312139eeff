/** What members say to each other beside the machine's own messages: carried, bounded, never read (D34.10 to D34.13). */

import type { Epoch } from "@conclave/wire"
import type { CallMessage, Leaf } from "./engine-port.ts"
import { personAt } from "./adopt.ts"
import { enqueue } from "./outbox.ts"
import { put, type Peer, type Seated, type Session, type Turn } from "./session.ts"
import { mustPause } from "./watch.ts"
import { wordBounds } from "./word-bounds.ts"

const isText = (text: string, most: number): boolean => text.length <= most && text.isWellFormed()

/** D34.10: what holds from now on. Told at once where there is somebody to tell. */
export function stateChanged(session: Session, state: string): Session {
  if (!isText(state, wordBounds.state)) return session
  const changed = { ...session, state }
  return changed.stage.phase === "in" ? { ...changed, stage: { ...changed.stage, beatAt: session.now } } : changed
}

/** D34.11: a word is for this moment. Who cannot be heard now, or may not be, is not heard later either. */
export function sayWord(session: Seated, body: string): Seated {
  const { outbox, peers } = session.stage
  const isHeard = session.socket.state === "ready" && peers.length > 0 && !mustPause(session)
  const waiting = outbox.filter(({ message }) => message.kind === "word").length
  if (!isHeard || !isText(body, wordBounds.word) || waiting >= wordBounds.waiting) return session
  return enqueue(session, { message: { kind: "word", body }, keep: false })
}

interface Heard {
  readonly from: Leaf
  readonly epoch: Epoch
  readonly message: Extract<CallMessage, { kind: "word" }>
}

/** Hands a word on, unless it is of nobody we can name (D34.12) or of somebody who says too much (D34.13). */
export function wordHeard(session: Seated, { from, epoch, message }: Heard): Turn {
  const peer = session.stage.peers.find(({ leaf }) => leaf === from)
  if (peer === undefined || personAt(session, from) === undefined) return [session]
  const left = wordsLeft(session, peer)
  if (left < 1) return [session]
  const words = { left: left - 1, at: session.now }
  const counted = put(session, { peers: session.stage.peers.map((each) => (each === peer ? { ...peer, words } : each)) })
  return [counted, { do: "hear-word", from: peer.member, epoch, body: message.body }]
}

const wordsLeft = ({ now }: Seated, { words }: Peer): number =>
  Math.min(wordBounds.burst, words.left + ((now - words.at) / 1000) * wordBounds.perSecond)
