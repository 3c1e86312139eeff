import type { Tls } from "../config.ts"
import type { EntryKey } from "../entry/entry-key.ts"
import type { Issuer } from "../issuers.ts"
import type { Log } from "../log.ts"
import type { Probes } from "../media/probes.ts"
import type { OrganisationParts } from "../organisation/parts.ts"
import type { Relay } from "../relay/open-relay.ts"
import type { OpenRooms } from "../rooms/open-rooms.ts"
import type { MediaServer } from "../rooms/ports.ts"
import type { Stores } from "../store/all-stores.ts"
import type { AllowedHosts } from "../webhooks/endpoint.ts"
import type { Origins } from "./origins.ts"

/** What the HTTP side is made of. */
export interface AppParts extends Stores {
  readonly accounts: OrganisationParts
  /** Signs statements about who enters. */
  readonly entryKey: EntryKey
  readonly media: MediaServer
  readonly probes: Probes
  /** Undefined: there is none. */
  readonly relay: Relay | undefined
  readonly log: Log
  readonly now: () => number
  readonly tls: Tls | undefined
  readonly clientFolder: string
  /** Identity providers of the organisation (D19). */
  readonly issuers: readonly Issuer[]
  /** `host:port` of receivers in the operator's own network. */
  readonly webhookHosts: AllowedHosts
  /** Known once the port is. */
  readonly origins: () => Origins
  /** The rooms that somebody is in. */
  readonly rooms: OpenRooms
}
