/** What is to be said inside the group, in the order it will be sealed. */

import { put, type Outgoing, type Seated } from "./session.ts"

/** Puts a message in line for sealing. */
export const enqueue = (session: Seated, ...messages: readonly Outgoing[]): Seated =>
  put(session, { outbox: [...session.stage.outbox, ...messages] })
