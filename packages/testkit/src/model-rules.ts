/**
 * What a commit may do, written a second time (D8.10-D8.14): not a line of it is shared with the machine or the real
 * engine, so that a mistake in one of them is a refusal here.
 */

import type { Leaf, Person, RemoveReason } from "@conclave/call"
import { roleUnder, type ModelPolicy } from "./model-policy.ts"

/** What the machine told this engine of the call's past. */
export interface ToldStanding {
  readonly former: readonly string[]
  readonly blocked: readonly string[]
  readonly isUsed: boolean
}

/** What a commit's note says. */
export interface Note {
  readonly adds: readonly Person[]
  readonly removes: readonly { readonly leaf: Leaf; readonly why: RemoveReason }[]
}

export interface RuleFacts {
  readonly policy: ModelPolicy
  /** Undefined where no bundle has been seen yet. */
  readonly personAt: (leaf: Leaf) => Person | undefined
  readonly leaves: readonly Leaf[]
  readonly by: Leaf
  /** Undefined for a newcomer that nobody has told yet. */
  readonly standing: ToldStanding | undefined
  /** Leaves this reader believes to be gone; undefined for the committer itself, who has listened. */
  readonly gone: readonly Leaf[] | undefined
  /** Leaves that this reader heard the organisation wants out. */
  readonly asked: readonly Leaf[] | undefined
  readonly now: number
}

/** A commit that was made in time may be read a little later. */
const lateness = 60_000

/** The rule that a commit breaks, or undefined. */
export function brokenRule(facts: RuleFacts, note: Note): string | undefined {
  if (note.removes.some(({ why }) => why === "ended")) return brokenByEnd(facts, note)
  for (const [i, person] of note.adds.entries()) {
    const broken = brokenByAdd(facts, note, person)
    if (broken !== undefined) return broken
    if (note.adds.findIndex(({ device }) => device === person.device) !== i) return "device-twice"
  }
  const newcomers = note.adds.filter((person) => !isReturn(facts, note, person))
  if (facts.policy.isSingleUse && newcomers.length > 1) return "link-used"
  for (const removal of note.removes) {
    const broken = brokenByRemove(facts, note, removal)
    if (broken !== undefined) return broken
  }
  return undefined
}

const replacedDevices = ({ personAt }: RuleFacts, { removes }: Note): (string | undefined)[] =>
  removes.filter(({ why }) => why === "returned").map(({ leaf }) => personAt(leaf)?.device)

function isReturn(facts: RuleFacts, note: Note, { device }: Person): boolean {
  const replaced = replacedDevices(facts, note)
  // D8.15
  if (["host", "co-host"].includes(roleUnder(facts.policy, device))) return true
  // Who came a moment ago and has heard nothing yet judges no return.
  if (facts.standing === undefined) return true
  return replaced.includes(device) || facts.standing.former.includes(device)
}

function brokenByAdd(facts: RuleFacts, note: Note, person: Person): string | undefined {
  const { policy, standing, personAt, leaves } = facts
  if (standing?.blocked.includes(person.device) === true) return "blocked"
  const own = leaves.find((leaf) => personAt(leaf)?.device === person.device)
  if (own !== undefined && !note.removes.some(({ leaf }) => leaf === own)) return "device-twice"
  if (isReturn(facts, note, person)) return undefined
  if (policy.isLocked) return "locked"
  if (policy.expiry !== undefined && facts.now >= policy.expiry + (facts.gone === undefined ? 0 : lateness)) return "link-expired"
  if (policy.minimumLevel === "organisation" && person.level !== "organisation") return "level-too-low"
  if (policy.isSingleUse && standing?.isUsed === true) return "link-used"
  // D39.36
  const isKnownHere = person.level === "organisation" || (person.level === "account" && policy.issuers.length === 0)
  if (policy.kind === "identity" && isKnownHere) return undefined
  return policy.waitingRoom && !isSteward(facts) ? "waiting-room" : undefined
}

/** D8.31 */
function brokenByEnd({ policy, personAt, leaves, by }: RuleFacts, { adds, removes }: Note): string | undefined {
  const person = personAt(by)
  if (person !== undefined && roleUnder(policy, person.device) !== "host") return "not-host"
  const staying = leaves.filter((leaf) => !removes.some((removal) => removal.leaf === leaf && removal.why === "ended"))
  return adds.length === 0 && staying.join() === String(by) ? undefined : "not-all"
}

/** D8.16: who does not know the committer yet takes the others' word: it is one of many judges. */
function isSteward({ policy, personAt, by }: RuleFacts): boolean {
  const person = personAt(by)
  if (person === undefined) return true
  const role = roleUnder(policy, person.device)
  return role === "host" || role === "co-host"
}

function brokenByRemove(facts: RuleFacts, note: Note, { leaf, why }: Note["removes"][number]): string | undefined {
  const { policy, personAt, gone, asked } = facts
  const person = personAt(leaf)
  switch (why) {
    case "returned":
      return person === undefined || note.adds.some(({ device }) => device === person.device) ? undefined : "not-returned"
    case "left":
    case "silent":
      return gone === undefined || gone.includes(leaf) ? undefined : "not-gone"
    case "organisation":
      return asked === undefined || asked.includes(leaf) ? undefined : "not-asked"
    case "ended":
      return "not-all"
    case "removed": {
      if (!isSteward(facts)) return "not-host"
      const committer = personAt(facts.by)
      const isHost = committer === undefined || roleUnder(policy, committer.device) === "host"
      return isHost || person === undefined || roleUnder(policy, person.device) !== "host" ? undefined : "not-host"
    }
  }
}
