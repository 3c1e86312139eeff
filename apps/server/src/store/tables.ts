/** The rows of the database. Names are text, bytes are blobs, lists are JSON text; numbers are whole. */

import type { ApiTables } from "./api-tables.ts"
import type { MaybeWhole, Whole } from "./columns.ts"
import type { OrganisationTables } from "./organisation-tables.ts"
import type { WebhookTables } from "./webhook-tables.ts"

export interface Tables extends ApiTables, OrganisationTables, WebhookTables {
  /** `keys` and `replaced` are lists; `replaced` is the newest first. */
  rooms: { id: string; access_hash: string; shelf: Uint8Array; version: Whole; keys: string; replaced: string }
  /** `ended` keeps a used-up name from being used again. */
  calls: { id: string; room: string; settled: Whole; ended: number }
  members: {
    call: string
    member: string
    session_hash: string
    joined: Whole
    /** Order of coming. */
    place: Whole
    /** The entry since which it is out. */
    out_at: MaybeWhole
    pass_hash: string | null
  }
  entries: {
    call: string
    seq: Whole
    type: string
    epoch: Whole
    /** Commits only, so that their unique index concerns nothing else. */
    attempt: number | null
    sender: string | null
    adds: string | null
    removes: string | null
    /** Void entries only. */
    of_seq: MaybeWhole
    body: Uint8Array | null
  }
  trees: { call: string; seq: Whole; tree: Uint8Array }
  welcomes: { call: string; member: string; seq: Whole; epoch: Whole; welcome: Uint8Array }
}
