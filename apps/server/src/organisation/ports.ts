/**
 * What the organisation keeps. Times are milliseconds since 1970, tokens come as their hashes. What a promise confirms survives a
 * power cut; every promise rejects with Problem `storage-failed` when the store cannot.
 */

import type { AccountId, InvitationId, PasskeyId, SessionId, TeamId } from "@conclave/api"
import type { TokenHash } from "@conclave/delivery"
import type { HeldRole } from "./held-role.ts"
import type { OrganisationRole, TeamRole } from "./held-role.ts"
import type { SessionTimes } from "./session-life.ts"

export interface OrganisationStore {
  /** Undefined: nobody has set it up. */
  organisation(): Promise<Organisation | undefined>
  /** The organisation and its first owner, once; false when there is one already. */
  setUp(organisation: Organisation, owner: NewAccount): Promise<boolean>
  rename(name: string): Promise<void>
  readonly accounts: AccountStore
  readonly factors: FactorStore
  readonly sessions: SessionStore
  readonly invitations: InvitationStore
  readonly teams: TeamStore
}

export interface Organisation {
  readonly name: string
  readonly madeAt: number
}

export interface Account {
  readonly id: AccountId
  /** What one logs in with; lower case, unique. Nothing is ever sent there. */
  readonly email: string
  readonly name: string
  readonly role: OrganisationRole
  readonly madeAt: number
}

export interface NewAccount extends Account {
  readonly passwordHash: string
}

/** `limit` at most, the newest first with "desc"; `after` is the id of the last one seen. */
export interface Wanted<Id> {
  readonly limit: number
  readonly offset: number
  readonly order: "asc" | "desc"
  readonly after?: Id | undefined
}

export interface Page<T> {
  readonly found: readonly T[]
  /** Of all pages. */
  readonly total: number
}

export interface AccountStore {
  get(id: AccountId): Promise<Account | undefined>
  /** `passwordHash` undefined: nobody logs in with one until invited anew. */
  byEmail(email: string): Promise<(Account & { readonly passwordHash: string }) | undefined>
  passwordHash(id: AccountId): Promise<string | undefined>
  /** `team`: only who is in it. */
  list(wanted: Wanted<AccountId> & { readonly teams: "all" | readonly TeamId[] }): Promise<Page<Account>>
  rename(id: AccountId, name: string): Promise<void>
  setPassword(id: AccountId, passwordHash: string): Promise<void>
  /** The roles somebody holds, of the organisation and of teams. */
  roles(id: AccountId): Promise<readonly HeldRole[]>
  /** Ends the sessions too. `last-owner`: there would be none left. */
  setRole(id: AccountId, role: OrganisationRole): Promise<"done" | "last-owner">
  /** With all that is the account's own. `last-owner`: there would be none left. */
  remove(id: AccountId): Promise<"done" | "last-owner">
}

/** An authenticator app: its seed, sealed, and the last step whose code was used. */
export interface App {
  readonly sealedSeed: Uint8Array<ArrayBuffer>
  readonly lastStep: number
}

export interface Passkey {
  readonly id: PasskeyId
  readonly account: AccountId
  /** The authenticator's own name for it, base64url. */
  readonly credential: string
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly counter: number
  readonly name: string
  readonly madeAt: number
  readonly usedAt: number | undefined
}

export interface FactorStore {
  app(account: AccountId): Promise<App | undefined>
  /** Replaces app and recovery codes together. */
  setApp(account: AccountId, app: App, codes: readonly TokenHash[]): Promise<void>
  /** Recovery codes go with it. */
  removeApp(account: AccountId): Promise<void>
  /** Notes that the code of a step was used; false when that or a later one was before. Of two at once one is true. */
  takeStep(account: AccountId, step: number): Promise<boolean>
  setCodes(account: AccountId, codes: readonly TokenHash[]): Promise<void>
  /** Uses a code up; false when there is none such. Of two at once one is true. */
  takeCode(account: AccountId, code: TokenHash): Promise<boolean>
  codesLeft(account: AccountId): Promise<number>
  /** False: this credential is known already. */
  addPasskey(passkey: Passkey): Promise<boolean>
  passkeys(account: AccountId): Promise<readonly Passkey[]>
  byCredential(credential: string): Promise<Passkey | undefined>
  /** Notes a use if the counter is still what it was; false when another use came between. */
  usePasskey(passkey: Passkey, use: { readonly counter: number; readonly at: number }): Promise<boolean>
  /** False: the account has none such. */
  removePasskey(account: AccountId, id: PasskeyId): Promise<boolean>
}

export interface Session extends SessionTimes {
  readonly id: SessionId
  readonly account: AccountId
  /** What the browser said it is, shortened; for the owner to tell one from another. */
  readonly agent: string
}

export interface SessionStore {
  add(session: Session, hash: TokenHash): Promise<void>
  byHash(hash: TokenHash): Promise<Session | undefined>
  /** The newest first. */
  list(account: AccountId): Promise<readonly Session[]>
  notice(id: SessionId, seenAt: number): Promise<void>
  /** The same session under another token, from now on proven at `provenAt`. The token before is void; false when it was already. */
  rotate(before: TokenHash, after: TokenHash, provenAt: number): Promise<boolean>
  /** False: the account has none such. */
  end(account: AccountId, id: SessionId): Promise<boolean>
  /** All of an account, but for one. */
  endAll(account: AccountId, except?: SessionId): Promise<void>
  /** Forgets what began before, or was last seen before. */
  sweep(before: { readonly madeAt: number; readonly seenAt: number }): Promise<void>
}

export interface Invitation {
  readonly id: InvitationId
  /** Whose account it opens anew; undefined: it makes one. */
  readonly account: AccountId | undefined
  readonly role: OrganisationRole
  readonly team: { readonly id: TeamId; readonly role: TeamRole } | undefined
  readonly by: AccountId
  readonly madeAt: number
  readonly expiresAt: number
}

export interface InvitationStore {
  /** One that opens an account anew replaces the one before for that account. */
  add(invitation: Invitation, hash: TokenHash): Promise<void>
  get(id: InvitationId): Promise<Invitation | undefined>
  byHash(hash: TokenHash): Promise<Invitation | undefined>
  list(wanted: Wanted<InvitationId> & { readonly teams: "all" | readonly TeamId[] }): Promise<Page<Invitation>>
  remove(id: InvitationId): Promise<void>
  /** Makes the account and uses the invitation up, both or neither. `taken`: another account has the e-mail address. */
  accept(id: InvitationId, account: NewAccount): Promise<"done" | "gone" | "taken">
  /** A new password for the account of a recovery; its sessions, app, codes and passkeys go, all or nothing. */
  recover(id: InvitationId, passwordHash: string): Promise<"done" | "gone">
}

export interface Team {
  readonly id: TeamId
  readonly name: string
  readonly madeAt: number
}

export interface TeamStore {
  add(team: Team): Promise<void>
  get(id: TeamId): Promise<Team | undefined>
  /** Teams of this name, as the command line names them. */
  byName(name: string): Promise<readonly Team[]>
  list(wanted: Wanted<TeamId> & { readonly teams: "all" | readonly TeamId[] }): Promise<Page<Team>>
  rename(id: TeamId, name: string): Promise<void>
  /** `in-use`: something is still the team's. Memberships and invitations go with it. */
  remove(id: TeamId): Promise<"done" | "in-use">
  roleIn(team: TeamId, account: AccountId): Promise<TeamRole | undefined>
  members(team: TeamId, wanted: Wanted<AccountId>): Promise<Page<{ readonly account: Account; readonly role: TeamRole }>>
  /** Undefined takes somebody out. Their sessions end. */
  setRole(team: TeamId, account: AccountId, role: TeamRole | undefined): Promise<void>
}
