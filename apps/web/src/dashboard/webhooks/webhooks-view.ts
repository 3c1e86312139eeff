/** Webhooks of teams, and what was sent by them. */

import type { WebhookEventName } from "@conclave/api"
import type { Answer } from "../../adapters/api.ts"
import type { Delivery, PageOf, ShownWebhook, Team, Webhook } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"

export interface WebhooksView {
  readonly webhooks: Loaded<PageOf<Webhook>>
  readonly offset: number
  /** Where one can be made; none: this role makes none. */
  readonly makeIn: readonly Team[]
  readonly mayChange: (team: string) => boolean
  readonly teamName: (team: string) => string | undefined
}

/** What a person says about a webhook. */
export interface WebhookDraft {
  readonly name: string
  readonly endpoint: string
  readonly events: readonly WebhookEventName[]
}

export interface WebhooksActions {
  readonly again: () => void
  readonly turn: (offset: number) => void
  readonly make: (draft: WebhookDraft, team: string | undefined) => Promise<Answer<ShownWebhook>>
  readonly change: (webhook: string, draft: WebhookDraft, isEnabled: boolean) => Promise<Answer<Webhook>>
  readonly rotate: (webhook: string, overlapHours: number) => Promise<Answer<ShownWebhook>>
  readonly test: (webhook: string) => Promise<Answer<Delivery>>
  readonly remove: (webhook: string) => Promise<Answer<undefined>>
  readonly deliveries: (webhook: string) => Promise<Answer<PageOf<Delivery>>>
  readonly replay: (webhook: string, delivery: string) => Promise<Answer<Delivery>>
}

/** What each part about one webhook is given. */
export interface WebhookProps {
  readonly of: Webhook
  readonly actions: WebhooksActions
}
