/** Who a person is, as this device shows it: name, level, who vouches, and whose name it could be taken for (D21). Pure. */

import type { Person } from "@conclave/call"
import type { NamedPerson } from "../view/person.ts"
import { hostOf } from "./room-rules.ts"

/** What this device knows of somebody beside what the group says. */
export interface Acquaintance {
  readonly isKeyChanged: boolean
  /** When the numbers of both devices were compared, in milliseconds since 1970. */
  readonly verifiedAt?: number
}

export interface WhoParts {
  /** By `Person.device`. Undefined: a stranger. */
  readonly knownAs: (person: Person) => Acquaintance | undefined
  /** The name of somebody else here that can be taken for this one. */
  readonly looksLike: (person: Person) => string | undefined
}

export function whoOf(person: Person, { knownAs, looksLike }: WhoParts): NamedPerson {
  const known = knownAs(person)
  const like = looksLike(person)
  const isVerified = known?.verifiedAt !== undefined
  const note = person.level !== "organisation" || person.issuer === undefined ? undefined : hostOf(person.issuer)
  return {
    known: true,
    name: person.name,
    level: isVerified ? "person" : person.level,
    isKeyChanged: known?.isKeyChanged ?? false,
    ...(note === undefined ? {} : { note }),
    ...(like === undefined ? {} : { looksLike: like }),
  }
}

/** Says of each person whose name it can be taken for. `isConfusable` is symmetric. One of two always keeps its good name: who is vouched for, else who came first. */
export function likenesses(people: readonly Person[], isConfusable: (a: string, b: string) => boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const inOrder = people.toSorted((a, b) => weight(b) - weight(a) || a.since - b.since)
  inOrder.forEach((person, index) => {
    const other = inOrder.slice(0, index).find((earlier) => earlier.device !== person.device && isConfusable(earlier.name, person.name))
    if (other !== undefined) found.set(person.device, other.name)
  })
  return found
}

const weight = ({ level }: Person): number => ["guest", "account", "organisation"].indexOf(level)
