/** What webhooks keep. Times are milliseconds since 1970. Every promise rejects with Problem `storage-failed` when it cannot. */

import type { DeliveryId, DeliveryProblem, DeliveryState, SentEventName, TeamId, WebhookEventName, WebhookId } from "@conclave/api"
import type { Page, Wanted } from "../api/ports.ts"

/** Something that happened to what is a team's. `data` is what its receivers are told, besides what every event says of itself. */
export interface Happened {
  readonly type: WebhookEventName
  readonly team: TeamId
  readonly at: number
  readonly data: Readonly<Record<string, unknown>>
}

export interface Webhook {
  readonly id: WebhookId
  readonly team: TeamId
  readonly name: string
  readonly endpoint: string
  readonly events: readonly WebhookEventName[]
  /** Undefined: it is enabled. */
  readonly disabledBecause: "by-hand" | "failing" | "key-revoked" | undefined
  /** The first failure after the last success. */
  readonly failingSince: number | undefined
  /** Sealed under the server's key: the database alone signs nothing. */
  readonly sealedSecret: Uint8Array<ArrayBuffer>
  /** The secret before the last rotation. */
  readonly old: { readonly sealedSecret: Uint8Array<ArrayBuffer>; readonly until: number } | undefined
  readonly createdBy: { readonly kind: "account" | "key"; readonly id: string }
  readonly createdAt: number
  readonly updatedAt: number
}

/** One sending of one event to one webhook. */
export interface Delivery {
  readonly id: DeliveryId
  readonly webhook: WebhookId
  /** The same for every attempt and replay. */
  readonly event: string
  readonly type: SentEventName
  /** What is sent, letter for letter. */
  readonly body: string
  readonly state: DeliveryState
  readonly isReplay: boolean
  readonly attempts: number
  readonly createdAt: number
  readonly lastAt: number | undefined
  /** Undefined: there will be no attempt any more. */
  readonly nextAt: number | undefined
  readonly status: number | undefined
  readonly problem: DeliveryProblem | undefined
  readonly tookMs: number | undefined
}

/** What an attempt came to, as it is kept. */
export interface Attempted {
  readonly state: DeliveryState
  readonly at: number
  readonly nextAt: number | undefined
  readonly status: number | undefined
  readonly problem: DeliveryProblem | undefined
  readonly tookMs: number
}

/** How a webhook stands after an attempt. */
export type Standing = Pick<Webhook, "failingSince" | "disabledBecause">

export interface WebhookStore {
  /** `too-many`: the team has `most` already. */
  add(webhook: Webhook, most: number): Promise<"done" | "too-many">
  get(id: WebhookId): Promise<Webhook | undefined>
  list(wanted: Wanted<WebhookId>): Promise<Page<Webhook>>
  /** Name, endpoint, events, whether it is enabled. False: it is gone. */
  change(webhook: Webhook): Promise<boolean>
  /** Another secret; the one before signs too until then. */
  rotate(id: WebhookId, sealedSecret: Uint8Array<ArrayBuffer>, times: { readonly oldUntil: number; readonly at: number }): Promise<void>
  /** With its deliveries. */
  remove(id: WebhookId): Promise<void>
  readonly deliveries: DeliveryStore
}

export interface DeliveryStore {
  /** Keeps what happened for every webhook that wants to hear of it (D40.6). For what is in no other transaction. */
  tell(happened: readonly Happened[]): Promise<void>
  /** One for this webhook alone, whatever it wants to hear of. Undefined: the webhook is gone. */
  add(
    webhook: WebhookId,
    fresh: Pick<Delivery, "event" | "type" | "body" | "isReplay"> & { readonly at: number },
  ): Promise<Delivery | undefined>
  get(webhook: WebhookId, id: DeliveryId): Promise<Delivery | undefined>
  list(
    webhook: WebhookId,
    wanted: Omit<Wanted<DeliveryId>, "teams"> & { readonly state: DeliveryState | undefined },
  ): Promise<Page<Delivery>>
  /** The first due delivery of each enabled webhook but these, the longest due first. */
  due(at: number, wanted: { readonly but: readonly WebhookId[]; readonly most: number }): Promise<readonly Delivery[]>
  /** When the next one is due of webhooks but these. */
  nextDue(but: readonly WebhookId[]): Promise<number | undefined>
  /** What an attempt came to, and how the webhook stands after it, both or neither. */
  attempted(id: DeliveryId, outcome: Attempted, standing: Standing): Promise<void>
  /** Drops what was made before, and of each webhook's all but the newest that are done and the newest that wait. */
  sweep(bounds: SweepBounds): Promise<void>
  counts(): Promise<Counts>
  /** Calls when something new is due. */
  onNew(listener: () => void): void
}

export interface SweepBounds {
  readonly before: number
  readonly mostDone: number
  readonly mostWaiting: number
}

export interface Counts {
  readonly waiting: number
  readonly oldestWaiting: number | undefined
  readonly failing: number
}
