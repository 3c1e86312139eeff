import type { EntryKey } from "../../entry/entry-key.ts"
import type { Log } from "../../log.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import type { OrganisationStore } from "../../organisation/ports.ts"
import type { OpenRooms } from "../../rooms/open-rooms.ts"
import type { MediaServer, RoomStore } from "../../rooms/ports.ts"
import type { UsageStore } from "../../usage/ports.ts"
import type { AllowedHosts } from "../../webhooks/endpoint.ts"
import type { WebhookStore } from "../../webhooks/ports.ts"
import type { ApiStore } from "../ports.ts"

/** What handlers are made of. */
export interface HandlerParts {
  readonly api: ApiStore
  readonly organisation: OrganisationStore
  readonly accounts: OrganisationParts
  /** Signs statements about who enters. */
  readonly entryKey: EntryKey
  readonly store: RoomStore
  readonly webhooks: WebhookStore
  readonly webhookHosts: AllowedHosts
  readonly usage: UsageStore
  readonly media: Pick<MediaServer, "isAnswering" | "ways">
  /** Whether there is a relay of our own. */
  readonly hasRelay: boolean
  readonly rooms: OpenRooms
  readonly log: Log
  /** Milliseconds since 1970, never going back. */
  readonly now: () => number
}
