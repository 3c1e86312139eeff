/** Everything a screen needs to show a call, decided here, where a test can see it. Draws nothing, holds nothing. */

import type { CallId, Epoch, MemberId, ProblemCode } from "@conclave/wire"
import { atDoor } from "./door.ts"
import type { Leaf, MediaState, Person, PolicyView, RemoveReason, Role } from "./engine-port.ts"
import { canTakeOver, isSteward, ownRole, roleAt } from "./roles.ts"
import { isSeated, type Alarm, type Millis, type Notice, type Seated, type Session } from "./session.ts"
import { silenceWindow } from "./timings.ts"
import { isQuiet, mustPause } from "./watch.ts"

export type CallView =
  | { readonly phase: "idle" }
  /** `tries`: joins that failed so far. `nextTryAt` when the server is away. */
  | { readonly phase: "connecting"; readonly tries: number; readonly nextTryAt: Millis | undefined; readonly notices: readonly Notice[] }
  /** `isWaiting`: a person in the call decides; `doorWords` are what it reads beside the name (D17.30). */
  | {
      readonly phase: "knocking"
      readonly since: Millis
      readonly isWaiting: boolean
      readonly doorWords: readonly string[] | undefined
      readonly notices: readonly Notice[]
    }
  /** D4.14: the call begins when a host comes. */
  | { readonly phase: "waiting-for-host"; readonly since: Millis; readonly notices: readonly Notice[] }
  /** D18: a person is asked for the room's password. */
  | { readonly phase: "asking-password"; readonly isWrong: boolean }
  | InView
  | { readonly phase: "leaving" }
  | { readonly phase: "removed"; readonly by: Person | undefined; readonly why: Exclude<RemoveReason, "ended"> }
  | { readonly phase: "ended"; readonly reason: "left" }
  /** D8.30. `by` is undefined where its name was not known yet. */
  | { readonly phase: "ended"; readonly reason: "ended-by-host"; readonly by: Person | undefined }
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
  /** The signed rules in force. */
  readonly policy: PolicyView
  /** Our own role (D4.13). */
  readonly role: Role
  /** Who waits for a host's word; empty for others than hosts and co-hosts. */
  readonly atDoor: readonly { readonly member: MemberId; readonly person: Person; readonly since: Millis }[]
  /** Devices kept out of this call; empty for others than hosts and co-hosts. */
  readonly blocked: readonly { readonly device: string; readonly name: string | undefined }[]
  /** D5.1: this device may make itself host. */
  readonly canTakeOver: boolean
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
  /** Undefined as long as `person` is. */
  readonly role: Role | undefined
  readonly heardAt: Millis
  /** Not heard for two heartbeats. */
  readonly isQuiet: boolean
  readonly isLeaving: boolean
  /** What it says it sends; undefined before its first heartbeat. */
  readonly media: MediaState | undefined
  /** What else it says of itself (D34.10), for whoever reads states. Undefined before its first heartbeat, and as long as `person` is. */
  readonly state: string | undefined
}

/** The screen's whole knowledge of the session. `now` may be later than the machine's last turn, never earlier. */
export function callViewOf(heard: Session, now: Millis = heard.now): CallView {
  const session = { ...heard, now: Math.max(now, heard.now) }
  const { stage, notices } = session
  switch (stage.phase) {
    case "idle":
      return { phase: "idle" }
    case "arriving":
    case "founding":
      if (session.door !== undefined) return beforeDoor(session, session.door)
      return connecting(session)
    case "joining":
      return connecting(session)
    case "knocking":
      return {
        phase: "knocking",
        since: stage.since,
        isWaiting: stage.isWaiting,
        doorWords: stage.self?.doorWords ?? session.door?.words,
        notices,
      }
    case "waiting-for-host":
      return { phase: "waiting-for-host", since: stage.since, notices }
    case "in":
      return isSeated(session) ? inViewOf(session) : { phase: "idle" }
    case "leaving":
      return { phase: "leaving" }
    default:
      return stage
  }
}

function connecting({ tries, socket, notices }: Session): CallView {
  return { phase: "connecting", tries, nextTryAt: socket.state === "waiting" ? socket.retryAt : undefined, notices }
}

/** Between two knocks nothing has changed for who waits. Without a socket it shows. */
function beforeDoor(session: Session, { since, words, ...door }: NonNullable<Session["door"]>): CallView {
  const { socket, notices } = session
  if (socket.state === "waiting") return connecting(session)
  if (door.for === "host") return { phase: "waiting-for-host", since, notices }
  return { phase: "knocking", since, isWaiting: true, doorWords: words, notices }
}

function inViewOf(session: Seated): InView {
  const { stage, socket } = session
  const { call, member, since, group, self, alarm } = stage
  // A listener sends nothing, which is no alarm (D4.13).
  const isPaused = stage.isPaused && mustPause(session)
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
    ...rulesOf(session),
    silenceWindow: silenceWindow(group.members.length),
    notices,
  }
}

function rulesOf(session: Seated): Pick<InView, "policy" | "role" | "atDoor" | "blocked" | "canTakeOver"> {
  const { group, standing } = session.stage
  const role = ownRole(session)
  return {
    policy: group.policy,
    role,
    atDoor: atDoor(session).map(({ knock, person, since }) => ({ member: knock.member, person, since })),
    blocked: isSteward(role) ? standing.blocked.map(({ device, name }) => ({ device, name })) : [],
    canTakeOver: canTakeOver(session),
  }
}

/** A newcomer's name often arrives after the notice that it came. */
const named = (notice: Notice, people: readonly Person[]): Notice =>
  "person" in notice && notice.person === undefined ? { ...notice, person: people.find(({ member }) => member === notice.member) } : notice

function membersOf(session: Seated): MemberView[] {
  const { stage, now, media, state } = session
  return stage.group.members.map(({ leaf, member }) => {
    const person = stage.people.find((each) => each.member === member)
    const peer = stage.peers.find((each) => each.leaf === leaf)
    const role = roleAt(session, leaf)
    if (peer === undefined)
      return { leaf, member, isSelf: true, person, role, heardAt: now, isQuiet: false, isLeaving: false, media, state }
    const { heardAt, leavingAt } = peer
    return {
      leaf,
      member,
      isSelf: false,
      person,
      role,
      heardAt,
      isQuiet: isQuiet(session, peer),
      isLeaving: leavingAt !== undefined,
      media: peer.media,
      state: person === undefined ? undefined : peer.state,
    }
  })
}
