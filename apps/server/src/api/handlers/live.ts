/** Calls that are on (D37.19, D37.20). */

import { ApiProblem, operations } from "@conclave/api"
import type { MemberId } from "@conclave/wire"
import type { Attendance } from "../../rooms/attendance.ts"
import { handler } from "../handler.ts"
import type { RoomRecord } from "../ports.ts"
import type { HandlerParts } from "./parts.ts"
import { findRoom } from "./rooms.ts"
import { teamsAsked } from "./teams-asked.ts"

export function liveHandlers({ api, organisation, rooms, log }: HandlerParts) {
  const find = ({ params }: { params: { room: string } }) => findRoom(api.rooms, params.room)
  const attendanceOf = async ({ link }: RoomRecord) => (link === undefined ? undefined : rooms.attendance(link))
  return {
    listLiveRooms: handler(operations.listLiveRooms, {
      find: ({ query }, context) => teamsAsked(context, { named: query.team_id, needs: "live.read", teams: organisation.teams }),
      act: async ({ query: { limit, offset } }, teams) => {
        const links = await rooms.inhabited()
        const records = await api.rooms.byLinks(links, teams)
        const page = records.slice(offset, offset + limit)
        const data = await Promise.all(
          page.map(async (record) => ({ room_id: record.id, team_id: record.team, ...countsOf(await attendanceOf(record)) })),
        )
        return { data, total_count: records.length }
      },
    }),
    getLive: handler(operations.getLive, {
      find,
      act: async (_, record) => {
        const attendance = await attendanceOf(record)
        return { is_live: attendance !== undefined, ...countsOf(attendance) }
      },
    }),
    listParticipants: handler(operations.listParticipants, {
      find,
      act: async (_, record) => {
        const members = (await attendanceOf(record))?.members ?? []
        const data = members.map(({ member, since, isConnected }) => ({
          pseudonym: member,
          since: momentOf(since),
          is_connected: isConnected,
        }))
        return { data, total_count: data.length }
      },
    }),
    removeParticipant: handler(operations.removeParticipant, {
      find,
      act: async ({ params }, { id, link }) => {
        const outcome = link === undefined ? "no-call" : await rooms.askRemoval(link, params.participant as MemberId)
        if (outcome !== "asked") throw new ApiProblem(outcome)
        log("removal-asked-by-organisation", { room: id, member: params.participant })
        return undefined
      },
    }),
    endCall: handler(operations.endCall, {
      find,
      act: async ({ body }, { id, link }) => {
        if (link === undefined || !(await rooms.endCall(link, body.closed_for_seconds * 1000))) throw new ApiProblem("no-call")
        log("call-ended-by-organisation", { room: id })
        return undefined
      },
    }),
  }
}

const momentOf = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString())

const countsOf = (attendance: Attendance | undefined) => ({
  since: momentOf(attendance?.since),
  participants_count: attendance?.members.length ?? 0,
  waiting_count: attendance?.waiting ?? 0,
})
