/** What the server is told about rooms. */

import type { newRoom, roomChange, z } from "@conclave/api"

export type RoomBody = z.input<typeof newRoom>
export type RoomChange = z.input<typeof roomChange>
