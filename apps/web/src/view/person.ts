/** Who people are, as far as this device knows. */

/** Who vouches for a name (D21): nobody, this server, an organisation each client asks, or the person in front of you. */
export type Level = "guest" | "account" | "organisation" | "person"

/** Somebody whose name the group has vouched for by a device key (D17). */
export interface NamedPerson {
  readonly known: true
  readonly name: string
  readonly level: Level
  /** Their device key is not the one this device verified before. Outranks the level. */
  readonly isKeyChanged: boolean
  /** What stands under the level in the roster: the issuer, or when it was verified. Empty for guests and accounts. */
  readonly note?: string
  /** Somebody else here whose name can be taken for this one (D21): that name as it is written. */
  readonly looksLike?: string
}

/** A leaf of the group whose name has not come yet, or could not be verified. Nothing of it may be shown (D23). */
export interface UnnamedPerson {
  readonly known: false
}

/** What the room's signed policy lets somebody do (D4.13). */
export type Role = "host" | "co-host" | "member" | "listener"

export type WhoView = NamedPerson | UnnamedPerson
