/** What a screen shows of what people do together. */

import type { MemberId } from "@conclave/wire"
import type { Gathering, Seat } from "./gathering.ts"
import type { Reaction } from "./reaction.ts"
import { isHeard } from "./speaking.ts"
import { spans } from "./spans.ts"
import type { Spotlight, State } from "./state.ts"

export interface GatheringView {
  /** Raised hands, longest up first: by their owners' clocks. */
  readonly hands: readonly MemberId[]
  /** The newest of each member, for six seconds; a new `id` is a new one. This person's own among them. */
  readonly reactions: ReadonlyMap<MemberId, { readonly id: number; readonly what: Reaction }>
  /** Whom a host or co-host put before everyone. */
  readonly spotlight?: MemberId
  /** Somebody asks this person to unmute. */
  readonly unmuteAsked?: { readonly by: MemberId }
  /** Others who say that they speak, or did within 4 s; who said it last stands first. In large calls only (`manyFrom`). */
  readonly speakers: readonly MemberId[]
  /** Everybody who ever said so, in the same order, while they are here. */
  readonly spoke: readonly MemberId[]
  readonly vp9: Opening
}

/** Who of the others here opens a codec, by what each said: `unknown` where nobody said no and somebody said nothing yet. */
export type Opening = "everyone" | "unknown" | "not-everyone"

export function viewOf(gathering: Gathering): GatheringView {
  const { reactions, voices, ask } = gathering
  const spotlight = newestSpotlight(gathering)?.member
  const isHere = gathering.seats.some(({ member }) => member === spotlight)
  return {
    hands: handsOf(gathering),
    reactions: new Map(reactions.map(({ member, id, what }) => [member, { id, what }])),
    ...(spotlight && isHere && { spotlight }),
    ...(ask && { unmuteAsked: { by: ask.by } }),
    speakers: voices.filter((voice) => isHeard(gathering, voice)).map(({ member }) => member),
    spoke: voices.map(({ member }) => member),
    vp9: openingOf(gathering.seats.filter(({ isSelf }) => !isSelf)),
  }
}

function openingOf(others: readonly Seat[]): Opening {
  const said = others.filter(({ state }) => state !== undefined)
  if (said.some(({ said: { vp9 } }) => vp9 !== true)) return "not-everyone"
  return said.length === others.length ? "everyone" : "unknown"
}

const stateOf = ({ own }: Gathering, seat: Seat): State => (seat.isSelf ? own : seat.said)

function handsOf(gathering: Gathering): MemberId[] {
  const up = gathering.seats.flatMap((seat) => {
    const { hand } = stateOf(gathering, seat)
    return hand === undefined ? [] : [{ hand, member: seat.member }]
  })
  return up.toSorted((a, b) => a.hand - b.hand || (a.member < b.member ? -1 : 1)).map(({ member }) => member)
}

/** Of hosts' and co-hosts' the newest; of two alike the same on every device. */
export function newestSpotlight(gathering: Gathering): Spotlight | undefined {
  const said = gathering.seats.flatMap((seat) => {
    const { spotlight } = stateOf(gathering, seat)
    const counts = seat.isModerator && spotlight !== undefined && spotlight.at <= gathering.now + spans.clockAhead
    return counts ? [{ spotlight, by: seat.member }] : []
  })
  return said.toSorted((a, b) => b.spotlight.at - a.spotlight.at || (a.by < b.by ? -1 : 1))[0]?.spotlight
}
