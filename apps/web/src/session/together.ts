/** What of the gathering stands in the call's view. Pure. */

import type { InView, MemberView } from "@conclave/call"
import type { GatheringView } from "@conclave/collab"
import type { MemberId } from "@conclave/wire"
import type { CallView, NamedTile } from "../view/call.ts"

export interface TogetherParts {
  readonly gathering: GatheringView
  /** Who asks this person to unmute. */
  readonly asker: MemberId | undefined
}

/** Names are the group's, never a word's: who says something is known by the leaf it came from. */
export function togetherOf(
  view: InView,
  { gathering, asker }: TogetherParts,
): Pick<CallView, "hands" | "spotlight" | "ownReaction" | "unmuteAsked"> {
  const named = new Map(view.members.map((each) => [each.member, each]))
  const hands = gathering.hands.flatMap((id) => {
    const { person, isSelf = false } = named.get(id) ?? {}
    return person === undefined ? [] : [{ id, name: person.name, isSelf }]
  })
  const own = gathering.reactions.get(view.member)
  const by = asker === undefined ? undefined : named.get(asker)?.person?.name
  return {
    hands,
    ...(gathering.spotlight === undefined ? {} : { spotlight: gathering.spotlight }),
    ...(own === undefined ? {} : { ownReaction: own }),
    ...(by === undefined ? {} : { unmuteAsked: { by } }),
  }
}

/** What stands on one tile. */
export function tileTogether({ member }: MemberView, { hands, reactions }: GatheringView): Pick<NamedTile, "hand" | "reaction"> {
  const place = hands.indexOf(member) + 1
  const reaction = reactions.get(member)
  return { ...(place === 0 ? {} : { hand: place }), ...(reaction === undefined ? {} : { reaction }) }
}
