/** Recordings' metadata. Their content is for the devices of those who may watch, never for this API (D31). */

import { moment, roomRecordId, teamId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import { z } from "./schema.ts"

const recording = z
  .strictObject({ id: z.string(), room_id: roomRecordId, team_id: teamId, started_at: moment, ended_at: moment, bytes: z.int().min(0) })
  .meta({ id: "Recording" })

export const recordingOperations = {
  listRecordings: operation({
    id: "listRecordings",
    method: "GET",
    path: "/recordings",
    tag: "recordings",
    needs: "rooms.read",
    summary: "Recordings of a team; none in this version",
    description:
      "This version records nothing, so the list is always empty. It is here so that who asks for it gets an answer instead of a guess.",
    query: z.strictObject({ limit: paging.limit, offset: paging.offset, team_id: teamId.optional() }),
    answer: { status: 200, body: pageOf(recording) },
  }),
} as const
