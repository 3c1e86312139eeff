/** The people of the organisation and who is invited to it. */

import type { Answer } from "../../adapters/api.ts"
import type { Invitation, OrganisationRole, PageOf, Person, ShownInvitation, Team, TeamRole } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"

export interface PeopleView {
  readonly people: Loaded<PageOf<Person>>
  readonly offset: number
  /** Whose page it is. */
  readonly self: string
  /** Undefined: this role invites nobody. */
  readonly inviting: InvitingView | undefined
  /** Roles that whoever looks at the page may give. */
  readonly rolesToGive: readonly OrganisationRole[]
  readonly mayActOn: (person: Person) => boolean
  readonly teamName: (team: string) => string | undefined
}

export interface InvitingView {
  readonly invitations: Loaded<PageOf<Invitation>>
  readonly teams: readonly Team[]
  /** Who manages one team only invites into that team. */
  readonly needsTeam: boolean
}

export interface InvitationWishes {
  readonly role: OrganisationRole
  /** Undefined: into none. */
  readonly team: string | undefined
  readonly teamRole: TeamRole
}

export interface PeopleActions {
  readonly again: () => void
  readonly turn: (offset: number) => void
  readonly setRole: (account: string, role: OrganisationRole) => Promise<Answer<Person>>
  readonly recover: (account: string) => Promise<Answer<ShownInvitation>>
  readonly signOut: (account: string) => Promise<Answer<undefined>>
  readonly sendAway: (account: string) => Promise<Answer<undefined>>
  readonly invite: (wishes: InvitationWishes) => Promise<Answer<ShownInvitation>>
  readonly withdraw: (invitation: string) => Promise<Answer<undefined>>
  readonly againInvitations: () => void
}

/** What each part about one person is given. */
export interface PersonProps {
  readonly person: Person
  readonly view: PeopleView
  readonly actions: PeopleActions
}
