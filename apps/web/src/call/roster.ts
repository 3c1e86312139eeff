import type { Say } from "../i18n/words.ts"
import type { RosterEntry } from "../view/security.ts"
import type { WhoView } from "../view/person.ts"

const weight = { guest: 2, account: 3, organisation: 4, person: 5 } as const

/** Whom to look at first: changed keys, then who has no name yet, then guests, then who can vouch for more. You come last. */
export function inOrderOfDoubt(roster: readonly RosterEntry[]): readonly RosterEntry[] {
  return [...roster].sort((a, b) => doubt(a) - doubt(b))
}

function doubt({ who, isSelf }: RosterEntry): number {
  if (isSelf) return 9
  if (!who.known) return 1
  return who.isKeyChanged ? 0 : weight[who.level]
}

/** The line under a name: who vouches for it. */
export function noteOf(who: WhoView, say: Say): string | undefined {
  if (!who.known) return say("people.unnamed-note")
  if (who.note !== undefined) return who.note
  return who.level === "guest" || who.level === "account" ? say(`level.${who.level}-note`) : undefined
}
