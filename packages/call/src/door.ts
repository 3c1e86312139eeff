/** Knocks as the rules see them: let in, shown to a host, or turned away (D8.11, D8.12, D17.30, D17.31). */

import { limits, type MemberId, type ServerEnvelope } from "@conclave/wire"
import type { GroupFact, Person } from "./engine-port.ts"
import { enqueue } from "./outbox.ts"
import { order } from "./orders.ts"
import { countGuesses, overdueRuns, passwordAnswer, proveNext } from "./password.ts"
import { isSteward, ownRole, roleOf } from "./roles.ts"
import { andThen, andThenIn, put, type Candidate, type Output, type Seated, type Turn } from "./session.ts"
import { isBlocked, setBlock } from "./standing.ts"
import { timings } from "./timings.ts"
import { staleAt } from "./watch.ts"

/** Knocks held at once; the oldest go first. The group keeper holds as many. */
const mostHeld = 200

type Knocks = Extract<ServerEnvelope, { type: "nominated" }>["knocks"]

/** A candidate whose knock was read. */
export interface Reader extends Candidate {
  readonly person: Person
}

export const isRead = (candidate: Candidate): candidate is Reader => candidate.person !== undefined

/** Knocks the server hands us. One we hold already is told about again: the server may have forgotten. */
export function nominated(session: Seated, knocks: Knocks): Seated {
  const { candidates, group } = session.stage
  const isAsked = (member: MemberId): boolean => knocks.some((knock) => knock.member === member)
  const held = candidates.map((each) => (isAsked(each.knock.member) ? { ...each, isDeferred: false } : each))
  // A server that names a knock twice does not put somebody at the door twice.
  const isFirst = ({ member }: Knocks[number], i: number): boolean => knocks.findIndex((knock) => knock.member === member) === i
  const fresh = knocks
    .filter(isFirst)
    .filter(({ member }) => !held.some(({ knock }) => knock.member === member) && !group.members.some((each) => each.member === member))
    .map((knock): Candidate => ({
      knock,
      at: session.now,
      since: session.now,
      person: undefined,
      earlier: [],
      isDeferred: false,
      ...unproved,
    }))
  return put(session, { candidates: [...held, ...fresh].slice(-mostHeld) })
}

const unproved = { password: undefined, proof: "none", answeredAt: undefined, box: undefined } as const

/** The engine opened a knock. Of two knocks of one device the newer one counts; the person has waited since the first. */
export function knockRead(session: Seated, { member, person, password }: Extract<GroupFact, { type: "knock-read" }>): Seated {
  const { candidates } = session.stage
  const isOlder = (each: Candidate): boolean =>
    each.knock.member !== member && each.person?.device === person.device && each.person.since <= person.since
  const older = candidates.filter(isOlder)
  const read = (each: Candidate): Candidate => ({
    ...each,
    person,
    password,
    since: Math.min(each.since, ...older.map(({ since }) => since)),
    earlier: older.flatMap(({ knock, earlier }) => [...earlier, knock.member]).slice(-8),
  })
  const left = candidates.filter((each) => !isOlder(each))
  const placed = put(session, { candidates: left.map((each) => (each.knock.member === member ? read(each) : each)) })
  // D18.7: it could not prove the one before.
  return countGuesses(placed, older)
}

/** What becomes of a knock, by the rules and by what people here decided. `wait`: nothing, by us. */
type Answer = "add" | "prove" | "ask" | "refuse" | "block" | "wait"

export function answerTo(session: Seated, reader: Reader): Answer {
  const { stage } = session
  const { person } = reader
  // D11.22: who removed itself could not commit. D11.20: a knock older than a join of its device is a leftover.
  if (person.device === stage.self.device || isLeftover(session, person)) return "wait"
  if (isBlocked(stage, person.device)) return "block"
  if (isNew(session)) return "wait"
  // D18.6: who comes back proves the password as well, by itself, with what its device kept.
  if (isReturn(session, person)) return passwordAnswer(session, reader, true)
  if (!stage.standing.isKnown) return "wait"
  if (isShut(session, person)) return "refuse"
  const isAdmitted = isSteward(ownRole(session)) && stage.admitted.some(({ device }) => device === person.device)
  const isWelcome = !stage.group.policy.waitingRoom || isAdmitted || isVouchedFor(session, person)
  return isWelcome ? passwordAnswer(session, reader, false) : "ask"
}

/** D39.36: in a room sealed by identity, who is vouched for comes in without a decision; by the server only while no provider is named. */
function isVouchedFor({ stage }: Seated, { level }: Person): boolean {
  const { kind, issuers } = stage.group.policy
  return kind === "identity" && (level === "organisation" || (level === "account" && issuers.length === 0))
}

/** Who has just come does not know everybody yet, and might add a device that stands at a leaf (A1.02). */
const isNew = ({ stage, now }: Seated): boolean =>
  now - stage.since < timings.newness && stage.peers.some((peer) => !stage.people.some(({ member }) => member === peer.member))

function isLeftover({ stage }: Seated, person: Person): boolean {
  const joins = [...stage.people, ...stage.candidates.flatMap((each) => each.person ?? [])]
  return joins.some((other) => other.device === person.device && other.since > person.since)
}

/** D8.12: here before, and no person removed it. D8.15: hosts and co-hosts need nobody's word, the rules name them. */
export const isReturn = ({ stage }: Seated, { device }: Person): boolean =>
  stage.standing.former.includes(device) ||
  stage.people.some((person) => person.device === device) ||
  isSteward(roleOf(stage.group.policy, device))

/** D8.11: nobody may add this newcomer, host or not. */
function isShut({ stage, now, wallAhead }: Seated, person: Person): boolean {
  const { isLocked, expiry, minimumLevel, isSingleUse } = stage.group.policy
  const isExpired = expiry !== undefined && now + wallAhead >= expiry
  return (
    isLocked || isExpired || (minimumLevel === "organisation" && person.level !== "organisation") || (isSingleUse && stage.standing.isUsed)
  )
}

/** Knocks that our next commit adds. D8.11: a link for one lets in one. */
export function admissible(session: Seated): Reader[] {
  const good = session.stage.candidates.filter(isRead).filter((each) => answerTo(session, each) === "add")
  if (!session.stage.group.policy.isSingleUse) return good
  const [first] = good.filter(({ person }) => !isReturn(session, person))
  return good.filter((each) => each === first || isReturn(session, each.person))
}

/** The next knock to read. */
export function readNextKnock(session: Seated): Turn | undefined {
  const next = session.stage.candidates.find((each) => !isRead(each))
  if (next === undefined) return undefined
  const { member, keyPackage, sealed } = next.knock
  return order(session, { do: "read-knock", member, keyPackage, sealed })
}

/** The next step of a password's proof. */
export const proveDoor = (session: Seated): Turn | undefined =>
  proveNext(session, (each) => isRead(each) && answerTo(session, each) === "prove")

/** Tells the server what we cannot decide, and whom nobody will let in. */
export function answerDoor(session: Seated): Turn {
  const read = session.stage.candidates.filter(isRead).map((each) => ({ each, answer: answerTo(session, each) }))
  const of = (...answers: readonly Answer[]): Reader[] => read.flatMap(({ each, answer }) => (answers.includes(answer) ? [each] : []))
  const asked = of("ask").filter(({ isDeferred }) => !isDeferred)
  const deferred = put(session, {
    candidates: session.stage.candidates.map((each) => (asked.includes(each as Reader) ? { ...each, isDeferred: true } : each)),
  })
  const told: Turn =
    asked.length === 0
      ? [session]
      : [deferred, ...batches(membersOf(asked)).map((members): Output => ({ do: "send", envelope: { type: "defer", members } }))]
  return andThenIn(
    andThenIn(told, (next) => turnAway(next, of("refuse"), false)),
    (next) => turnAway(next, of("block"), true),
  )
}

const membersOf = (candidates: readonly Candidate[]): MemberId[] => candidates.map(({ knock }) => knock.member)

function turnAway(session: Seated, candidates: readonly Candidate[], isToBlock: boolean): Turn {
  if (candidates.length === 0) return [session]
  const members = membersOf(candidates)
  const left = put(session, { candidates: session.stage.candidates.filter(({ knock }) => !members.includes(knock.member)) })
  return [
    left,
    ...batches(members).map((some): Output => ({ do: "send", envelope: { type: "turn-away", members: some, isBlocked: isToBlock } })),
  ]
}

/** As many as fit in one envelope. */
const batches = (members: readonly MemberId[]): MemberId[][] =>
  Array.from({ length: Math.ceil(members.length / limits.batch) }, (_, i) => members.slice(i * limits.batch, (i + 1) * limits.batch))

/** Who stands before the door and needs a person's word. Shown to hosts and co-hosts. */
export const atDoor = (session: Seated): Reader[] =>
  isSteward(ownRole(session)) ? session.stage.candidates.filter(isRead).filter((each) => answerTo(session, each) === "ask") : []

const isNamed = (candidate: Candidate, member: MemberId): boolean => candidate.knock.member === member || candidate.earlier.includes(member)

/** A host or co-host lets people in. It holds for the device, should it knock again meanwhile. */
export function admit(session: Seated, members: readonly MemberId[] | "all"): Seated {
  const meant = atDoor(session).filter((each) => members === "all" || members.some((member) => isNamed(each, member)))
  const fresh = meant.map(({ person }) => ({ device: person.device, at: session.now }))
  return put(session, { admitted: [...session.stage.admitted, ...fresh].slice(-mostHeld) })
}

/** A host or co-host sends somebody away, perhaps for this call. */
export function refuse(session: Seated, member: MemberId, isToBlock: boolean): Turn {
  const meant = session.stage.candidates.filter(isRead).find((each) => isNamed(each, member))
  if (meant === undefined || !isSteward(ownRole(session))) return [session]
  const { device } = meant.person
  const blocked = isToBlock ? tellBlock(setBlock(session, device, true), device, true) : session
  const unadmitted = put(blocked, { admitted: blocked.stage.admitted.filter((each) => each.device !== device) })
  return andThen([unadmitted], () => turnAway(unadmitted, [meant], isToBlock))
}

/** A host or co-host lets a blocked device knock again. */
export function unblock(session: Seated, device: string): Seated {
  const isOurs = isSteward(ownRole(session)) && isBlocked(session.stage, device)
  return isOurs ? tellBlock(setBlock(session, device, false), device, false) : session
}

const tellBlock = (session: Seated, device: string, isToBeBlocked: boolean): Seated =>
  session.stage.peers.length === 0
    ? session
    : enqueue(session, { message: { kind: "block", devices: [device], isBlocked: isToBeBlocked }, keep: true })

/** Whether something we said about blocks is still on its way: a commit must not overtake it. */
export const isTellingBlocks = ({ stage }: Seated): boolean =>
  [...stage.outbox, ...stage.unconfirmed, ...(stage.sealing === undefined ? [] : [stage.sealing])].some(
    ({ message }) => message.kind === "block",
  )

/** Knocks that led nowhere go; who waits for a person's word is kept until its next knock is overdue. */
export function dropStale(heard: Seated): Seated {
  const session = countGuesses(heard, overdueRuns(heard))
  const { stage, now } = session
  return put(session, {
    candidates: stage.candidates.filter((each) => now < staleAt(each)),
    admitted: stage.admitted.filter(({ at }) => now - at < timings.admission),
  })
}
