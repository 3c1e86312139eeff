/** Webhooks and their deliveries as the API shows them: no secret, no body. */

import type { delivery, webhook, z } from "@conclave/api"
import type { Delivery, Webhook } from "../../webhooks/ports.ts"

export const webhookAnswer = (one: Webhook, now: number): z.input<typeof webhook> => ({
  id: one.id,
  team_id: one.team,
  name: one.name,
  endpoint: one.endpoint,
  events: [...one.events],
  is_enabled: one.disabledBecause === undefined,
  disabled_because: one.disabledBecause ?? null,
  failing_since: momentOf(one.failingSince),
  old_secret_until: one.old !== undefined && one.old.until > now ? momentOf(one.old.until) : null,
  created_by: one.createdBy,
  created_at: new Date(one.createdAt).toISOString(),
  updated_at: new Date(one.updatedAt).toISOString(),
})

export const deliveryAnswer = (one: Delivery): z.input<typeof delivery> => ({
  id: one.id,
  webhook_id: one.webhook,
  event_id: one.event,
  event: one.type,
  state: one.state,
  is_replay: one.isReplay,
  attempts: one.attempts,
  created_at: new Date(one.createdAt).toISOString(),
  last_attempt_at: momentOf(one.lastAt),
  next_attempt_at: momentOf(one.nextAt),
  response_status: one.status ?? null,
  problem: one.problem ?? null,
  took_milliseconds: one.tookMs ?? null,
})

const momentOf = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString())
