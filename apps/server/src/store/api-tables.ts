/** The rows of REST v1. Times are milliseconds since 1970. */

import type { MaybeWhole, Whole } from "./columns.ts"

export interface ApiTables {
  developer_keys: {
    id: string
    team: string
    name: string
    /** SHA-256, base64url. */
    hash: string
    /** Of the secret before, which holds until then. */
    old_hash: string | null
    old_until: MaybeWhole
    /** A list. */
    scopes: string
    created_at: Whole
    created_by: string | null
    expires_at: Whole
    last_used_at: MaybeWhole
  }
  room_records: {
    id: string
    team: string
    kind: string
    link: string | null
    friendly_url: string
    topic: string | null
    privacy: string
    external_id: string | null
    default_role: string
    /** Lists. */
    roles: string
    tags: string
    is_locked: number
    max_participants: number | null
    expires_at: MaybeWhole
    created_at: Whole
    updated_at: Whole
    version: Whole
    opening: string | null
    key_hash: string | null
  }
  /** Of `by_key` and `by_account` one is null. */
  room_tokens: {
    id: string
    room: string
    /** SHA-256, base64url. */
    hash: string
    role: string
    name: string | null
    external_id: string | null
    by_key: string | null
    by_account: string | null
    created_at: Whole
    expires_at: Whole
  }
  /** `status` null: not done yet. `answer` null once done: it held a secret. */
  requests: { asker: string; key: string; hash: string; at: Whole; status: number | null; answer: string | null }
}
