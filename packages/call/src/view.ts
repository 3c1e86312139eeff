/** Everything a screen needs to show a call, decided here, where a test can see it. Draws nothing, holds nothing. */

import type { CallId, Epoch, MemberId, ProblemCode } from "@conclave/wire"
import type { Leaf, MediaState, Person } from "./engine-port.ts"
import { isSeated, type Alarm, type Millis, type Notice, type Seated, type Session } from "./session.ts"
import { silenceWindow } from "./timings.ts"
import { isQuiet } from "./watch.ts"

export type CallView =
  | { readonly phase: "idle" }
  /** `tries`: joins that failed so far. `nextTryAt` when the server is away. */
  | { readonly phase: "connecting"; readonly tries: number; readonly nextTryAt: Millis | undefined; readonly notices: readonly Notice[] }
  | { readonly phase: "knocking"; readonly since: Millis; readonly notices: readonly Notice[] }
  | InView
  | { readonly phase: "leaving" }
  | { readonly phase: "removed"; readonly by: Person | undefined }
  | { readonly phase: "ended"; readonly reason: "left" }
  | { readonly phase: "failed"; readonly problem: ProblemCode }

/** The call itself. `reconnecting` is the same call without a socket: the group, and often the media, are still there. */
export interface InView {
  readonly phase: "in" | "reconnecting"
  readonly call: CallId
  readonly member: MemberId
  /** While reconnecting: since when, and when the next try is due. */
  readonly away: { readonly since: Millis; readonly nextTryAt: Millis | undefined } | undefined
  readonly since: Millis
  readonly epoch: Epoch
  readonly words: readonly string[]
  readonly digits: string
  readonly own: Leaf
  readonly self: Person
  readonly members: readonly MemberView[]
  /** D13: nothing is sent, because somebody shown has not been heard, or there is an alarm. */
  readonly isPaused: boolean
  readonly alarm: Alarm | undefined
  /** The window of D13 that is in force, in ms. */
  readonly silenceWindow: number
  readonly notices: readonly Notice[]
}

/** One leaf of the group, in the order of the tree. */
export interface MemberView {
  readonly leaf: Leaf
  readonly member: MemberId
  readonly isSelf: boolean
  /** Undefined until the key worker has checked its bundle. */
  readonly person: Person | undefined
  readonly heardAt: Millis
  /** Not heard for two heartbeats. */
  readonly isQuiet: boolean
  readonly isLeaving: boolean
  /** What it says it sends; undefined before its first heartbeat. */
  readonly media: MediaState | undefined
}

/** The screen's whole knowledge of the session. `now` may be later than the machine's last turn, never earlier. */
export function callViewOf(heard: Session, now: Millis = heard.now): CallView {
  const session = { ...heard, now: Math.max(now, heard.now) }
  const { stage, socket, notices } = session
  switch (stage.phase) {
    case "idle":
      return { phase: "idle" }
    case "arriving":
    case "founding":
    case "joining":
      return { phase: "connecting", tries: session.tries, nextTryAt: socket.state === "waiting" ? socket.retryAt : undefined, notices }
    case "knocking":
      return { phase: "knocking", since: stage.since, notices }
    case "in":
      return isSeated(session) ? inViewOf(session) : { phase: "idle" }
    case "leaving":
      return { phase: "leaving" }
    default:
      return stage
  }
}

function inViewOf(session: Seated): InView {
  const { stage, socket } = session
  const { call, member, since, group, self, isPaused, alarm } = stage
  const { epoch, words, digits, own } = group
  const isAway = socket.state !== "ready"
  const away = isAway
    ? { since: socket.downSince ?? session.now, nextTryAt: socket.state === "waiting" ? socket.retryAt : undefined }
    : undefined
  const base = { call, member, since, self, isPaused, alarm, epoch, words, digits, own, away }
  const notices = session.notices.map((notice) => named(notice, stage.people))
  return {
    ...base,
    phase: isAway ? "reconnecting" : "in",
    members: membersOf(session),
    silenceWindow: silenceWindow(group.members.length),
    notices,
  }
}

/** A newcomer's name often arrives after the notice that it came. */
const named = (notice: Notice, people: readonly Person[]): Notice =>
  "person" in notice && notice.person === undefined ? { ...notice, person: people.find(({ member }) => member === notice.member) } : notice

function membersOf(session: Seated): MemberView[] {
  const { stage, now, media } = session
  return stage.group.members.map(({ leaf, member }) => {
    const person = stage.people.find((each) => each.member === member)
    const peer = stage.peers.find((each) => each.leaf === leaf)
    if (peer === undefined) return { leaf, member, isSelf: true, person, heardAt: now, isQuiet: false, isLeaving: false, media }
    const { heardAt, leavingAt } = peer
    return {
      leaf,
      member,
      isSelf: false,
      person,
      heardAt,
      isQuiet: isQuiet(session, peer),
      isLeaving: leavingAt !== undefined,
      media: peer.media,
    }
  })
}
