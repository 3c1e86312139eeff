/** What stands large on the stage. Pure. Rules L21 to L23 of docs/protocol.md. */

import type { ShareView } from "../view/call.ts"
import type { Layout } from "../view/settings.ts"

/** Something that can stand large. A person's `id` is a tile's, or this device's own. */
export type Subject = { readonly kind: "person"; readonly id: string } | { readonly kind: "share"; readonly id: string }

export interface Looking {
  readonly layout: Layout
  readonly shares: readonly Pick<ShareView, "id">[]
  /** Everyone but this device, in order of arrival; those without a verified name are not picked by themselves. */
  readonly people: readonly { readonly id: string; readonly isNamed: boolean }[]
  readonly selfId: string
  /** What this person chose to see large. */
  readonly pinned?: Subject | undefined
  /** Whom a host put before everyone. */
  readonly spotlight?: string | undefined
  /** Who spoke last for long enough. */
  readonly speaker?: string | undefined
  /** Several screens fit beside each other. */
  readonly isRoomy: boolean
}

/** Nobody large, or these: more than one stand side by side. `choices` are what can be switched to by name. */
export type Arrangement =
  { readonly kind: "grid" } | { readonly kind: "large"; readonly subjects: readonly Subject[]; readonly choices: readonly Subject[] }

/** L21: one's own pin, then shared screens, then the host's spotlight, then (unless everyone is alike) who speaks. */
export function arrange(looking: Looking): Arrangement {
  const shares = looking.shares.map(({ id }): Subject => ({ kind: "share", id }))
  const pinned = pinnedIn(looking)
  const choices = shares.length > 0 && pinned?.kind === "person" ? [...shares, pinned] : shares
  if (pinned !== undefined) return isOnlyOne(looking, pinned) ? { kind: "grid" } : { kind: "large", subjects: [pinned], choices }
  // L22: beside each other where there is room, else the newest.
  if (shares.length > 0) return { kind: "large", subjects: looking.isRoomy ? shares : shares.slice(-1), choices }
  const large = spotlitIn(looking) ?? (looking.layout === "grid" ? undefined : speakerIn(looking))
  if (large === undefined || isOnlyOne(looking, large)) return { kind: "grid" }
  return { kind: "large", subjects: [large], choices }
}

const isPresent = ({ people }: Looking, id: string | undefined): id is string => people.some((person) => person.id === id)

/** A pin holds for as long as what is pinned is there. */
function pinnedIn(looking: Looking): Subject | undefined {
  const { pinned, shares, selfId } = looking
  if (pinned?.kind === "share") return shares.some(({ id }) => id === pinned.id) ? pinned : undefined
  return pinned !== undefined && (pinned.id === selfId || isPresent(looking, pinned.id)) ? pinned : undefined
}

/** Nobody stands before themselves: whom a host put there sees the others as before. */
const spotlitIn = (looking: Looking): Subject | undefined =>
  isPresent(looking, looking.spotlight) ? { kind: "person", id: looking.spotlight } : undefined

function speakerIn(looking: Looking): Subject | undefined {
  const { speaker, people } = looking
  const id = isPresent(looking, speaker) ? speaker : (people.find(({ isNamed }) => isNamed) ?? people[0])?.id
  return id === undefined ? undefined : { kind: "person", id }
}

/** Who is alone in the grid is large there already. */
const isOnlyOne = ({ people, shares }: Looking, { kind, id }: Subject): boolean =>
  kind === "person" && shares.length === 0 && people.length === 1 && people[0]?.id === id
