import type { Say } from "../i18n/words.ts"
import type { RosterEntry } from "../view/security.ts"

const weight = { guest: 2, account: 3, organisation: 4, person: 5 } as const

/** Whom to look at first: changed keys and names like others, then who has no name yet, then guests, then who can vouch for more. You come last. */
export function inOrderOfDoubt(roster: readonly RosterEntry[]): readonly RosterEntry[] {
  return [...roster].sort((a, b) => doubt(a) - doubt(b))
}

function doubt({ who, isSelf }: RosterEntry): number {
  if (isSelf) return 9
  if (!who.known) return 1
  if (who.isKeyChanged || who.looksLike !== undefined) return 0
  return weight[who.level]
}

/** Whether one sentence can say it for all: nobody here is vouched for. */
export const areAllGuests = (roster: readonly RosterEntry[]): boolean =>
  roster.every(({ who }) => who.known && who.level === "guest" && !who.isKeyChanged)

/** The line under a name: who vouches for it. */
export function noteOf({ who, isSelf }: RosterEntry, say: Say): string | undefined {
  if (isSelf) return who.known ? who.note : undefined
  if (!who.known) return say("people.unnamed-note")
  if (who.note !== undefined) return who.note
  return who.level === "guest" || who.level === "account" ? say(`level.${who.level}-note`) : undefined
}
