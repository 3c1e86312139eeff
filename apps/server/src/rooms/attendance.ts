/** Who is in a room's call, by pseudonym, and since when this run of the server has seen them. Metadata that the server has anyway. */

import type { CallId, MemberId } from "@conclave/wire"
import type { Call, Millis } from "@conclave/delivery"

export interface Attendance {
  readonly call: CallId
  /** Undefined: from before this run of the server. */
  readonly since: Millis | undefined
  readonly members: readonly Attendee[]
  /** Who knocked and waits. */
  readonly waiting: number
}

export interface Attendee {
  readonly member: MemberId
  readonly since: Millis | undefined
  readonly isConnected: boolean
}

export interface Attending {
  /** To be told after every turn. */
  note(call: Call | undefined, at: Millis): void
  of(call: Call): Attendance
}

/** `first`: the call that was on when the room was loaded; nobody knows since when. */
export function attending(first: Call | undefined): Attending {
  let known: CallId | undefined = first?.id
  let since: Millis | undefined
  let comings = new Map<MemberId, Millis | undefined>([...(first?.members.keys() ?? [])].map((member) => [member, undefined]))
  return {
    note(call, at) {
      if (call?.id !== known) {
        known = call?.id
        since = at
        comings = new Map()
      }
      if (call === undefined) return
      for (const member of call.members.keys()) if (!comings.has(member)) comings.set(member, at)
      for (const member of comings.keys()) if (!call.members.has(member)) comings.delete(member)
    },
    of: (call) => ({
      call: call.id,
      since,
      members: [...call.members].map(([member, { connection }]) => ({
        member,
        since: comings.get(member),
        isConnected: connection !== undefined,
      })),
      waiting: [...call.waiting.values()].filter((knock) => knock.goneAt === undefined).length,
    }),
  }
}

/**
 * Whether people may be in the call. Who lost the socket still is for a while; of a call from before a restart to which nobody has come
 * back nobody is.
 */
export const isInhabited = (call: Call | undefined): call is Call =>
  call !== undefined && (!call.isAsleep || [...call.members.values()].some(({ connection }) => connection !== undefined))
