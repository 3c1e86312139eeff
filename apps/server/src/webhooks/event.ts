/** What a receiver is sent. */

import { randomBytes } from "node:crypto"
import type { SentEventName, TeamId } from "@conclave/api"

export interface Event {
  /** The same for every receiver, attempt and replay. */
  readonly id: string
  readonly body: string
}

interface Facts {
  readonly type: SentEventName
  readonly team: TeamId
  /** Milliseconds since 1970. */
  readonly at: number
  readonly data: Readonly<Record<string, unknown>>
}

/** D40.1. The body is kept as text: what is signed is what is sent, letter for letter. */
export function newEvent({ type, team, at, data }: Facts): Event {
  const id = `evt_${randomBytes(16).toString("base64url")}`
  return { id, body: JSON.stringify({ id, type, created_at: new Date(at).toISOString(), team_id: team, data }) }
}
