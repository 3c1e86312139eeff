/** What members and server say to each other over the socket (docs/protocol.md, section 4). */

import { bytes, fields, flag, just, list, oneOf, optional, tagged, whole, type Read, type Shape } from "./shape.ts"
import { parseCallId, parseEpoch, parseMemberId, parseRoomId, parseSeq } from "./ids.ts"
import { limits } from "./limits.ts"
import { isProblemCode, type ProblemCode } from "./problems.ts"
import { printBody } from "./body.ts"

/** The one version this code speaks. */
export const protocolVersion = 1

/** A resume token: 32 random bytes the server made for one member of one call. Shown to nobody else. */
const session = bytes(32, 32)
/** Tries within an epoch: a void commit opens the next (D9). */
const attempt = whole(0, 1000)
const request = whole(1, 2 ** 31)

const knock = fields({ member: parseMemberId, keyPackage: bytes(1, limits.keyPackage), sealed: bytes(1, limits.knock) })

/** One knocker, as the server passes it on: a pseudonym, a KeyPackage and what only link holders can open (D17). */
export type Knock = Read<typeof knock>

const parcel = fields({ member: parseMemberId, welcome: bytes(1, limits.welcome) })

const fromMember = {
  /**
   * First message on a socket. `access` proves that the sender holds the link (D2). `member`: whom it will resume as; a member
   * that slept through a change of the link comes back by the old one (D3.12).
   */
  hello: fields({
    type: just("hello"),
    version: whole(0, 65535),
    room: parseRoomId,
    access: bytes(32, 32),
    member: optional(parseMemberId),
  }),
  /** Starts a call in an empty room. `member` becomes its only member. */
  found: fields({ type: just("found"), call: parseCallId, member: parseMemberId }),
  /** Asks to be added to the call that is on. */
  knock: fields({
    type: just("knock"),
    call: parseCallId,
    member: parseMemberId,
    keyPackage: bytes(1, limits.keyPackage),
    sealed: bytes(1, limits.knock),
  }),
  /** Comes back on a new socket; asks for everything after `after`. */
  resume: fields({ type: just("resume"), call: parseCallId, member: parseMemberId, session, after: parseSeq }),
  /** Asks for the epoch. `adds` and `removes` are what the sender says the commit does: routing only (D9). */
  commit: fields({
    type: just("commit"),
    request,
    epoch: parseEpoch,
    commit: bytes(1, limits.commit),
    welcomes: list(parcel, limits.batch),
    tree: optional(bytes(1, limits.tree)),
    removes: list(parseMemberId, limits.members),
  }),
  /** Whether the sender could apply the commit at `seq` (D9). */
  verdict: fields({ type: just("verdict"), seq: parseSeq, applied: flag }),
  /**
   * An MLS application message. `keep`: in the log and durable; else passed on once to who is connected, with `to` to these only:
   * what newcomers need to hear costs the others nothing (D17.33).
   */
  message: fields({
    type: just("message"),
    request,
    epoch: parseEpoch,
    keep: flag,
    message: bytes(1, limits.message),
    to: optional(list(parseMemberId, limits.batch)),
  }),
  /** A person must decide about these knocks; who waits is told so (D17.30). */
  defer: fields({ type: just("defer"), members: list(parseMemberId, limits.batch) }),
  /**
   * The password's proof (D18): from a member to the knocker it names, or from a knocker to the member that wrote to it. Passed on
   * once, kept nowhere.
   */
  door: fields({ type: just("door"), member: optional(parseMemberId), box: bytes(1, limits.door) }),
  /** These knocks are refused, for now or for this call; whoever knocked is told which (D17.31). */
  "turn-away": fields({ type: just("turn-away"), members: list(parseMemberId, limits.batch), isBlocked: flag }),
  /** The page goes away. A hint for the last one out; nobody is removed by it (D14). */
  bye: fields({ type: just("bye") }),
} as const

const entry = tagged({
  commit: fields({
    type: just("commit"),
    seq: parseSeq,
    epoch: parseEpoch,
    attempt,
    from: parseMemberId,
    adds: list(parseMemberId, limits.batch),
    removes: list(parseMemberId, limits.members),
    commit: bytes(1, limits.commit),
  }),
  message: fields({ type: just("message"), seq: parseSeq, epoch: parseEpoch, from: parseMemberId, message: bytes(1, limits.message) }),
  /** The commit at `of` is void: nobody applied it, its epoch is open again (D9). */
  void: fields({ type: just("void"), seq: parseSeq, of: parseSeq, epoch: parseEpoch }),
})

/** One line of a call's log. Sequence numbers rise by one; `from` is the server's word, never shown (D34). */
export type Entry = Read<typeof entry>

const problemCode: Shape<ProblemCode> = (value) => (isProblemCode(value) ? value : undefined)

const fromServer = {
  /** The room is there and the link fits. `call` is the one that is on, if any. */
  room: fields({ type: just("room"), shelf: bytes(1, limits.shelf), call: optional(parseCallId) }),
  /** You are the founder and its only member. */
  founded: fields({ type: just("founded"), call: parseCallId, session, seq: parseSeq }),
  /** Your knock waits for a member. */
  knocking: fields({ type: just("knocking"), call: parseCallId, session }),
  /** A member said that a person must decide about your knock. Knock anew before it is two minutes old (D17.30). */
  waiting: fields({ type: just("waiting"), call: parseCallId }),
  /** A member added you by the commit at `seq`; `epoch` is the one you join. */
  welcome: fields({
    type: just("welcome"),
    call: parseCallId,
    seq: parseSeq,
    epoch: parseEpoch,
    welcome: bytes(1, limits.welcome),
    tree: bytes(1, limits.tree),
  }),
  /** You are back; `seq` is the newest entry, all between follow. */
  resumed: fields({ type: just("resumed"), call: parseCallId, seq: parseSeq }),
  /** Entries of the log, in order, without holes. */
  entries: fields({ type: just("entries"), entries: list(entry, 1000) }),
  /** A message that is not in the log. */
  signal: fields({ type: just("signal"), epoch: parseEpoch, from: parseMemberId, message: bytes(1, limits.message) }),
  /** You are asked to commit these adds (D9), or to show them to a person: then every member is (D17.30). */
  nominated: fields({ type: just("nominated"), knocks: list(knock, limits.batch) }),
  /** Of the password's proof (D18). `member`: the knocker that sent it; a knocker hears it of whoever answered. */
  door: fields({ type: just("door"), member: optional(parseMemberId), box: bytes(1, limits.door) }),
  /** Your commit or kept message is in the log at `seq`, durably. */
  accepted: fields({ type: just("accepted"), request, seq: parseSeq }),
  /** Your request was refused. For `stale-epoch` the winner follows or has been sent as an entry. */
  refused: fields({ type: just("refused"), request, code: problemCode }),
  /** You refused the commit at `seq`, others applied it: rejoin (D9). */
  outvoted: fields({ type: just("outvoted"), seq: parseSeq }),
  /** The organisation asks the members to remove one of them (D14.6). Nobody is out by it: a member commits it, or nobody does. */
  "removal-asked": fields({ type: just("removal-asked"), member: parseMemberId }),
  /** The call is over for everybody. `split`: most could not apply a commit, found a new one (D9). */
  ended: fields({ type: just("ended"), call: parseCallId, reason: oneOf(["empty", "split"]) }),
  /** The last message was refused and changed nothing; fatal ones close the socket. */
  problem: fields({ type: just("problem"), code: problemCode }),
} as const

const memberEnvelope = tagged(fromMember)
const serverEnvelope = tagged(fromServer)

export type MemberEnvelope = Read<typeof memberEnvelope>
export type ServerEnvelope = Read<typeof serverEnvelope>

/** Reads one socket message from a member. A code says why it was refused. */
export function parseMemberEnvelope(text: string): MemberEnvelope | ProblemCode {
  return parseEnvelope(text, memberEnvelope)
}

/** Reads one socket message from the server, who is not trusted either. */
export function parseServerEnvelope(text: string): ServerEnvelope | ProblemCode {
  return parseEnvelope(text, serverEnvelope)
}

function parseEnvelope<T>(text: string, shape: Shape<T>): T | ProblemCode {
  if (text.length > limits.envelope) return "too-large"
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return "malformed"
  }
  return shape(value) ?? "malformed"
}

/** Prints an envelope of either side: JSON, bytes as base64url. */
export function printEnvelope(envelope: MemberEnvelope | ServerEnvelope): string {
  return printBody(envelope)
}
