/** The room's rules as every member's device checks them (D4): hosts set them, everyone reads them. */

/** What stands in the signed policy and concerns people. */
export interface Rules {
  readonly waitingRoom: boolean
  readonly isLocked: boolean
  readonly joinBeforeHost: boolean
  readonly share: "everyone" | "hosts"
  /** What somebody is who has no other role. */
  readonly joinAs: "member" | "listener"
  readonly minimumLevel: "guest" | "organisation"
  readonly isSingleUse: boolean
  /** Milliseconds since 1970 after which nobody new comes in by this link. */
  readonly expiry?: number
  readonly topic?: string
  /** Newcomers are asked for a password (D18); which one, nobody is shown. */
  readonly hasPassword: boolean
}

/** One change at a time; the group agrees on each by itself. */
export type RuleEdit =
  | { readonly set: "waitingRoom" | "isLocked" | "joinBeforeHost" | "isSingleUse"; readonly to: boolean }
  | { readonly set: "share"; readonly to: Rules["share"] }
  | { readonly set: "joinAs"; readonly to: Rules["joinAs"] }
  | { readonly set: "minimumLevel"; readonly to: Rules["minimumLevel"] }
  /** `to`: milliseconds from now; undefined: no end. */
  | { readonly set: "expiry"; readonly to: number | undefined }
  | { readonly set: "topic"; readonly to: string | undefined }
  /** Whether this organisation's word counts in this room. */
  | { readonly set: "organisation"; readonly id: string; readonly to: boolean }

export interface RulesView {
  /** Rooms of the kinds that their server opens have no link secret to replace (D39.34). */
  readonly hasLink: boolean
  readonly rules: Rules
  /** A host on a device that can sign. */
  readonly canEdit: boolean
  /** Verified names of the hosts who are here: whom to ask. */
  readonly hosts: readonly string[]
  /** Those whose word counts here, and those that this server is set up with. Guests can be shut out once one counts. */
  readonly organisations: readonly OrganisationView[]
}

export interface OrganisationView {
  readonly id: string
  /** Its host, as people know it. */
  readonly name: string
  readonly doesCount: boolean
}

export interface RulesActions {
  readonly edit: (edit: RuleEdit) => void
  /** A new link secret for everyone inside; the old link stops working. Asked for in a dialog before. */
  readonly replaceLink: () => void
  /** A new password, or none. */
  readonly setPassword: (text: string | undefined) => void
}
