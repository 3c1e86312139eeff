/** The password at the door, as a member inside plays its part (D18): whom it answers, what it counts, when a host must decide. */

import type { MemberId } from "@conclave/wire"
import type { Person } from "./engine-port.ts"
import { enqueue } from "./outbox.ts"
import { order } from "./orders.ts"
import { isSteward, ownRole } from "./roles.ts"
import { notify, put, type Candidate, type Seated, type Turn } from "./session.ts"
import { staleAt } from "./watch.ts"

/** D18.7: so many guesses in a call, and newcomers need a host. */
export const mostGuesses = 5
/** Remembered; more change nothing. */
const mostCounted = 200

/** What the password has to say of somebody whom the other rules let in. */
export function passwordAnswer(session: Seated, candidate: Candidate, isReturn: boolean): "add" | "prove" | "ask" | "wait" {
  const { stage } = session
  const { passwordVersion } = stage.group.policy
  if (passwordVersion === undefined) return "add"
  // D18.9: it began with another password, and knocks anew with this one.
  if (candidate.password !== passwordVersion) return "wait"
  if (candidate.proof !== "none") return candidate.proof === "proved" ? "add" : "wait"
  const { guesses } = stage.standing
  // Who was here is held to its own guesses: others' must not keep it out after a reload (D11).
  const spent = isReturn ? guesses.filter((device) => device === candidate.person?.device).length : guesses.length
  const isAdmitted = isSteward(ownRole(session)) && stage.admitted.some(({ device }) => device === candidate.person?.device)
  if (isAdmitted) return "prove"
  if (spent >= mostGuesses) return "ask"
  const open = stage.candidates.filter(({ proof }) => proof === "answering" || proof === "open").length
  return spent + open >= mostGuesses ? "wait" : "prove"
}

/** Answers the next knock, or hears the next answer to ours. */
export function proveNext(session: Seated, isDue: (candidate: Candidate) => boolean): Turn | undefined {
  const { candidates } = session.stage
  const heard = candidates.find(({ proof, box }) => proof === "open" && box !== undefined)
  if (heard?.box !== undefined) {
    const { member } = heard.knock
    return order(changed(session, member, { box: undefined }), { do: "hear-door", member, box: heard.box })
  }
  const due = candidates.find(isDue)
  if (due === undefined) return undefined
  const { member } = due.knock
  return order(changed(session, member, { proof: "answering" }), { do: "answer-door", member })
}

/** The engine answered a knock: from here on it is a guess (D18.7). */
export function doorAnswered(session: Seated, member: MemberId, box: Uint8Array): Turn {
  const isHere = session.stage.candidates.some(({ knock, proof }) => knock.member === member && proof === "answering")
  if (!isHere || session.socket.state !== "ready") return [session]
  const open = changed(session, member, { proof: "open", answeredAt: session.now })
  return [open, { do: "send", envelope: { type: "door", member, box: new Uint8Array(box) } }]
}

/** A box of a knocker that we answered; any other is nobody's. */
export const boxHeard = (session: Seated, member: MemberId | undefined, box: Uint8Array): Seated =>
  member === undefined ? session : changed(session, member, { box })

/** D18.6: only a right tag proves. A knock that cannot be answered leads nowhere. */
export function doorHeard(session: Seated, member: MemberId, isProved: boolean): Seated {
  if (isProved) return changed(session, member, { proof: "proved" }, "open")
  const { candidates } = session.stage
  return put(session, { candidates: candidates.filter(({ knock, proof }) => knock.member !== member || proof !== "answering") })
}

function changed(session: Seated, member: MemberId, change: Partial<Candidate>, only?: Candidate["proof"]): Seated {
  const isMeant = ({ knock, proof }: Candidate): boolean => knock.member === member && (only === undefined || proof === only)
  return put(session, { candidates: session.stage.candidates.map((each) => (isMeant(each) ? { ...each, ...change } : each)) })
}

/** D18.7: a run that was answered and led nowhere is a guess: its time is up, or its device knocks anew. The others are told. */
export function countGuesses(session: Seated, failed: readonly Candidate[]): Seated {
  return failed.reduce((next, candidate) => (isGuess(next, candidate) ? countGuess(next, candidate.person) : next), session)
}

export const overdueRuns = ({ stage, now }: Seated): readonly Candidate[] => stage.candidates.filter((each) => staleAt(each) <= now)

function isGuess({ stage }: Seated, { proof, password, person }: Candidate): boolean {
  const isOpen = proof === "open" && password === stage.group.policy.passwordVersion
  // Whoever is in by another knock of its own knows the password.
  return isOpen && person !== undefined && !stage.people.some(({ device }) => device === person.device)
}

function countGuess(session: Seated, person: Person | undefined): Seated {
  if (person === undefined) return session
  const { device } = person
  const counted = guessHeard(session, device)
  // A host's yes was for one try.
  const spent = put(counted, { admitted: counted.stage.admitted.filter((each) => each.device !== device) })
  return spent.stage.peers.length === 0 ? spent : enqueue(spent, { message: { kind: "guess", device }, keep: true })
}

/** D18.7: counted for the call, whoever saw it. Hosts are told when it is enough. */
export function guessHeard(session: Seated, device: string): Seated {
  const { standing, group } = session.stage
  if (group.policy.passwordVersion === undefined || standing.guesses.length >= mostCounted) return session
  const counted = put(session, { standing: { ...standing, guesses: [...standing.guesses, device] } })
  const isEnough = standing.guesses.length + 1 === mostGuesses
  return isEnough && isSteward(ownRole(session)) ? (notify(counted, { kind: "guesses" }) as Seated) : counted
}
