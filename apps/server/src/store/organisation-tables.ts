/** The rows of the organisation (migration 0003). */

import type { MaybeWhole, Whole } from "./columns.ts"

export interface OrganisationTables {
  organisation: { id: string; name: string; made_at: Whole }
  accounts: { id: string; email: string; name: string; role: string; password_hash: string; made_at: Whole }
  teams: { id: string; name: string; made_at: Whole }
  memberships: { team: string; account: string; role: string }
  authenticator_apps: { account: string; sealed_seed: Uint8Array; last_step: Whole }
  recovery_codes: { account: string; hash: string }
  passkeys: {
    id: string
    account: string
    credential: string
    public_key: Uint8Array
    counter: Whole
    name: string
    made_at: Whole
    used_at: MaybeWhole
  }
  sessions: { id: string; hash: string; account: string; made_at: Whole; seen_at: Whole; proven_at: Whole; agent: string }
  invitations: {
    id: string
    hash: string
    account: string | null
    role: string
    team: string | null
    team_role: string | null
    by_account: string
    made_at: Whole
    expires_at: Whole
  }
}
