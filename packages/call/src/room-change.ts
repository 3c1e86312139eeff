/** What the server is to keep of new rules, and when it is told (D3.10.2, D3.10.3). The shell tells it until it has it. */

import type { RoomChange } from "./engine-port.ts"
import { isSeated, put, type Output, type Seated, type Session, type Turn } from "./session.ts"
import { timings } from "./timings.ts"

/**
 * Keeps it back until the group has had time to refuse it: whoever comes must be shown no rules that the group never took. If the
 * commit becomes void we start over, and it goes with all else. A newer one takes its place.
 */
export const keepRoomChange = (session: Seated, change: RoomChange): Seated =>
  put(session, { roomChange: { change, due: session.now + timings.roomChange } })

/** Tells it when it is time. Alone, there is nobody who could not follow. Cut off, we would not hear that it is void. */
export function tellRoomChange(session: Seated): Turn {
  const { roomChange, peers } = session.stage
  if (roomChange === undefined) return [session]
  const isTime = peers.length === 0 || (session.socket.state === "ready" && session.now >= roomChange.due)
  return isTime ? [put(session, { roomChange: undefined }), ...roomChangeLeft(session)] : [session]
}

/** What whoever goes must tell now, or nobody does. */
export const roomChangeLeft = (session: Session): Output[] =>
  isSeated(session) && session.stage.roomChange !== undefined ? [{ do: "change-room", change: session.stage.roomChange.change }] : []
