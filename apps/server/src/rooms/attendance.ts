/** Who is in a room's call, by pseudonym, and since when this run of the server has seen them. Metadata that the server has anyway. */

import type { CallId, MemberId } from "@conclave/wire"
import type { Call, Millis } from "@conclave/delivery"

export interface Attendance {
  readonly call: CallId
  /** Undefined: from before this run of the server. */
  readonly since: Millis | undefined
  /** In the order in which they came. */
  readonly members: readonly Attendee[]
  /** Who knocked and waits. */
  readonly waiting: number
}

export interface Attendee {
  readonly member: MemberId
  readonly since: Millis | undefined
  readonly isConnected: boolean
}

/** What a turn changed. `since` undefined: from before this run of the server. */
export type AttendanceChange =
  | { readonly what: "call-began"; readonly call: CallId }
  | { readonly what: "joined"; readonly call: CallId; readonly member: MemberId }
  | { readonly what: "left"; readonly call: CallId; readonly member: MemberId; readonly since: Millis | undefined }
  | { readonly what: "call-ended"; readonly call: CallId; readonly since: Millis | undefined }

export interface Attending {
  /** To be told after every turn; gives what has changed since the one before, in order. */
  note(call: Call | undefined, at: Millis): readonly AttendanceChange[]
  of(call: Call): Attendance
}

/** `first`: the call that was on when the room was loaded; nobody knows since when. */
export function attending(first: Call | undefined): Attending {
  let known: CallId | undefined = first?.id
  let since: Millis | undefined
  let comings = new Map<MemberId, Millis | undefined>([...(first?.members.keys() ?? [])].map((member) => [member, undefined]))

  const goings = (call: CallId, isIn: (member: MemberId) => boolean): AttendanceChange[] => {
    const gone = [...comings].filter(([member]) => !isIn(member))
    for (const [member] of gone) comings.delete(member)
    return gone.map(([member, from]) => ({ what: "left", call, member, since: from }))
  }

  return {
    note(call, at) {
      const changes: AttendanceChange[] = []
      if (call?.id !== known) {
        if (known !== undefined) changes.push(...goings(known, () => false), { what: "call-ended", call: known, since })
        if (call !== undefined) changes.push({ what: "call-began", call: call.id })
        known = call?.id
        since = at
        comings = new Map()
      }
      if (call === undefined) return changes
      for (const member of call.members.keys()) {
        if (comings.has(member)) continue
        comings.set(member, at)
        changes.push({ what: "joined", call: call.id, member })
      }
      changes.push(...goings(call.id, (member) => call.members.has(member)))
      return changes
    },
    of: (call) => ({
      call: call.id,
      since,
      members: [...comings].flatMap(([member, since]) => {
        const attendee = call.members.get(member)
        return attendee === undefined ? [] : [{ member, since, isConnected: attendee.connection !== undefined }]
      }),
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
