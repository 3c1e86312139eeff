/** The rows of webhooks and of usage (migration 0006). Times are milliseconds since 1970. */

import type { MaybeWhole, Whole } from "./columns.ts"

export interface WebhookTables {
  webhooks: {
    id: string
    team: string
    name: string
    endpoint: string
    /** A list. */
    events: string
    disabled_because: string | null
    failing_since: MaybeWhole
    sealed_secret: Uint8Array
    old_sealed_secret: Uint8Array | null
    old_until: MaybeWhole
    last_place: Whole
    /** "account" or "key", and which. */
    by_kind: string
    by_id: string
    made_at: Whole
    updated_at: Whole
  }
  deliveries: {
    id: string
    webhook: string
    place: Whole
    event: string
    type: string
    body: string
    state: string
    is_replay: number
    attempts: number
    created_at: Whole
    last_at: MaybeWhole
    next_at: MaybeWhole
    status: number | null
    problem: string | null
    took_ms: MaybeWhole
  }
  /** `day` as in 2026-11-21, UTC. */
  usage_days: { team: string; day: string; calls: Whole; participant_ms: Whole; peak: Whole }
}
