/** What holds for a member until it says otherwise: its hand, whom it put before everyone, what it can show. Travels with every heartbeat (D34.10). */

import { parseMemberId, shape, type MemberId } from "@conclave/wire"
import { parseObject } from "./word.ts"

export interface State {
  /** Since when the hand is up, ms since 1970 by its owner's clock. */
  readonly hand?: number
  /** `member: null`: nobody any more. Of hosts' and co-hosts' the newest counts. */
  readonly spotlight?: Spotlight
  /** Its device opens and shows VP9 (D22.8). */
  readonly vp9?: true
}

export interface Spotlight {
  readonly member: MemberId | null
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Nothing to say. */
export const noState: State = {}

const mostCharacters = 200
/** The last millisecond that a date can be. */
export const latest = 8.64e15

const { fields, optional, whole } = shape
const memberOrNobody: shape.Shape<{ readonly id: MemberId | null }> = (value) => {
  if (value === null) return { id: null }
  const id = parseMemberId(value)
  return id && { id }
}
const onlyTrue: shape.Shape<true> = (value) => (value === true ? true : undefined)
const readSpotlight = fields({ at: whole(0, latest), member: memberOrNobody })
const readState = fields({ hand: optional(whole(0, latest)), spotlight: optional(readSpotlight), vp9: optional(onlyTrue) })

/** Prints a state in its one spelling. Nothing to say is the empty text. */
export function printState({ hand, spotlight, vp9 }: State): string {
  if (hand === undefined && spotlight === undefined && vp9 === undefined) return ""
  const said = spotlight && { at: spotlight.at, member: spotlight.member }
  return JSON.stringify({ ...(hand !== undefined && { hand }), ...(said && { spotlight: said }), ...(vp9 && { vp9 }) })
}

/** Reads a state. Undefined for anything but its one spelling. */
export function parseState(text: string): State | undefined {
  if (text === "") return noState
  const read = readState(parseObject(text, mostCharacters))
  if (read === undefined) return undefined
  const { hand, spotlight, vp9 } = read
  const state: State = {
    ...(hand !== undefined && { hand }),
    ...(spotlight && { spotlight: { at: spotlight.at, member: spotlight.member.id } }),
    ...(vp9 && { vp9 }),
  }
  return printState(state) === text ? state : undefined
}
