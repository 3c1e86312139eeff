/** Calls that are on: metadata that the server has anyway, by pseudonym. Names of people are sealed, so it has none to show (D10). */

import { moment, roomRecordId, teamId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import { oneRoom } from "./rooms.ts"
import { z } from "./schema.ts"

const since = moment.nullable().meta({ description: "Null: from before the server was started." })

const counts = {
  since,
  participants_count: z.int().min(0),
  waiting_count: z.int().min(0).meta({ description: "People who knocked and wait to be let in." }),
}

const liveRoom = z.strictObject({ room_id: roomRecordId, team_id: teamId, ...counts }).meta({ id: "LiveRoom" })

const live = z.strictObject({ is_live: z.boolean(), ...counts }).meta({ id: "Live" })

const participant = z
  .strictObject({
    pseudonym: z.string().meta({ description: "Random, new for every join. Whom it stands for is known inside the call only." }),
    since,
    is_connected: z.boolean(),
  })
  .meta({ id: "Participant" })

const ending = z
  .strictObject({
    closed_for_seconds: z
      .int()
      .min(5)
      .max(3600)
      .default(60)
      .meta({ description: "How long nobody can come back. Afterwards who has the link can begin another call." }),
  })
  .meta({ id: "CallEnding" })

const tag = "live"

export const liveOperations = {
  listLiveRooms: operation({
    id: "listLiveRooms",
    method: "GET",
    path: "/rooms/live",
    tag,
    needs: "live.read",
    summary: "Rooms of a team in which a call is on",
    query: z.strictObject({ limit: paging.limit, offset: paging.offset, team_id: teamId.optional() }),
    answer: { status: 200, body: pageOf(liveRoom) },
  }),
  getLive: operation({
    id: "getLive",
    method: "GET",
    path: "/rooms/{room}/live",
    tag,
    needs: "live.read",
    summary: "Whether a call is on, and how many are in it",
    params: oneRoom,
    answer: { status: 200, body: live },
  }),
  listParticipants: operation({
    id: "listParticipants",
    method: "GET",
    path: "/rooms/{room}/live/participants",
    tag,
    needs: "live.read",
    summary: "Who is in the call, by pseudonym, in the order in which they came",
    params: oneRoom,
    answer: { status: 200, body: pageOf(participant) },
  }),
  removeParticipant: operation({
    id: "removeParticipant",
    method: "DELETE",
    path: "/rooms/{room}/live/participants/{participant}",
    tag,
    needs: "live.end",
    summary: "Ask the members of the call to remove somebody",
    description:
      "A request: this server cannot take anybody out of an end-to-end encrypted group. The nearest member's device does, everybody is shown that it was the organisation's wish, and the device stays out of this call until a host lets it in. Whether and when it was done shows in the list of participants.",
    params: oneRoom.extend({
      participant: z
        .string()
        .regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)
        .meta({ description: "The pseudonym, from `listParticipants`." }),
    }),
    answer: { status: 202 },
    problems: ["no-call", "no-such-participant"],
  }),
  endCall: operation({
    id: "endCall",
    method: "POST",
    path: "/rooms/{room}/live/end",
    tag,
    needs: "live.end",
    summary: "Stop relaying the call that is on",
    description:
      "The server carries nothing of this call any more and keeps the room closed for a while. It takes no keys from anybody, for it has none: who has the link can begin another call afterwards. To shut people out for good, replace the room's secret or delete the room.",
    params: oneRoom,
    body: ending,
    answer: { status: 204 },
    problems: ["no-call"],
  }),
} as const
