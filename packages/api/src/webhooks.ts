/** Webhooks: what happens is told to a customer's system, signed. Metadata that the server has anyway, people by pseudonym. */

import { deliveryId, moment, teamId, webhookId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import type { Permission } from "./permissions.ts"
import { z } from "./schema.ts"
import { words } from "./words.ts"

/**
 * The ecosystem's names where we have their meaning. `needs`: who may not read it may not have it sent either (D40.3).
 */
export const webhookEvents = {
  room_created: { needs: "rooms.read", means: "A room was made." },
  room_updated: { needs: "rooms.read", means: "A room was changed; `data.changed` names the fields." },
  room_deleted: { needs: "rooms.read", means: "A room was deleted." },
  session_started: { needs: "live.read", means: "A call began in a room." },
  session_ended: { needs: "live.read", means: "The call in a room is over." },
  participant_joined: { needs: "live.read", means: "Somebody came into a call, by pseudonym." },
  participant_left: { needs: "live.read", means: "Somebody is in the call no more, by pseudonym." },
  key_created: { needs: "keys.read", means: "A developer key was made." },
  key_rotated: { needs: "keys.read", means: "A developer key was given another secret." },
  key_revoked: { needs: "keys.read", means: "A developer key was ended." },
} as const satisfies Record<string, { readonly needs: Permission; readonly means: string }>

export type WebhookEventName = keyof typeof webhookEvents
const eventNames = Object.keys(webhookEvents) as [WebhookEventName, ...WebhookEventName[]]

/** `webhook_test` is sent to one webhook when somebody asks for it, whatever that one wants to hear of. */
const sentNames = [...eventNames, "webhook_test"] as const
export type SentEventName = (typeof sentNames)[number]

/** What went wrong with an attempt, in words that tell nothing of an inner network. */
const deliveryProblems = ["no-public-address", "no-connection", "tls", "timeout", "redirect", "status", "secret-lost"] as const
export type DeliveryProblem = (typeof deliveryProblems)[number]

const endpoint = z
  .string()
  .min(10)
  .max(2000)
  .regex(/^https:\/\/[\x21-\x7e]+$/)
  .meta({
    description: "https, without user name, password or fragment. Its name must have public addresses only; redirects are not followed.",
  })

const events = z.array(z.enum(eventNames)).min(1).max(eventNames.length)

const fields = { name: words(100), endpoint, events, is_enabled: z.boolean() }

const facts = {
  id: webhookId,
  team_id: teamId,
  ...fields,
  disabled_because: z.enum(["by-hand", "failing", "key-revoked"]).nullable().meta({ description: "Null while it is enabled." }),
  failing_since: moment.nullable().meta({ description: "The first failure after the last success. After 5 days it is disabled." }),
  old_secret_until: moment.nullable().meta({ description: "Until then the secret before signs too." }),
  created_by: z
    .strictObject({ kind: z.enum(["account", "key"]), id: z.string() })
    .meta({ description: "Revoking that key disables the webhook; it outlives an account." }),
  created_at: moment,
  updated_at: moment,
}

export const webhook = z.strictObject(facts).meta({ id: "Webhook" })

export const shownWebhook = z
  .strictObject({
    ...facts,
    secret: z.string().meta({ description: "`whsec_` and base64. Shown this once; verify signatures with it." }),
  })
  .meta({ id: "ShownWebhook" })

const newWebhook = z
  .strictObject({ team_id: teamId.optional(), ...fields, is_enabled: fields.is_enabled.default(true) })
  .meta({ id: "NewWebhook" })

const webhookChange = z
  .strictObject(fields)
  .partial()
  .meta({ id: "WebhookChange", description: "What is left out stays. Enabling it again forgets its failures." })

const rotation = z
  .strictObject({
    overlap_hours: z.int().min(0).max(72).default(24).meta({ description: "How long the secret before signs too, beside the new one." }),
  })
  .meta({ id: "WebhookRotation" })

const deliveryStates = ["waiting", "delivered", "given-up"] as const

export type DeliveryState = (typeof deliveryStates)[number]

export const delivery = z
  .strictObject({
    id: deliveryId,
    webhook_id: webhookId,
    event_id: z.string().meta({ description: "`id` in the body and `webhook-id` of the request; the same for every attempt and replay." }),
    event: z.enum(sentNames),
    state: z.enum(deliveryStates),
    is_replay: z.boolean(),
    attempts: z.int().min(0),
    created_at: moment,
    last_attempt_at: moment.nullable(),
    next_attempt_at: moment.nullable().meta({ description: "Null: there will be none." }),
    response_status: z
      .int()
      .nullable()
      .meta({ description: "Of the last attempt; null: nothing answered. Nothing else of an answer is kept." }),
    problem: z.enum(deliveryProblems).nullable(),
    took_milliseconds: z.int().min(0).nullable(),
  })
  .meta({ id: "WebhookDelivery" })

const eventName = z.strictObject({ name: z.enum(eventNames), means: z.string(), needs: z.string() }).meta({ id: "WebhookEvent" })

const oneWebhook = z.strictObject({ webhook: webhookId })
const tag = "webhooks"

export const webhookOperations = {
  listWebhookEvents: operation({
    id: "listWebhookEvents",
    method: "GET",
    path: "/events",
    tag,
    needs: "nobody-signed-in",
    summary: "What a webhook can tell of, and the right that it takes to be told",
    answer: { status: 200, body: pageOf(eventName) },
  }),
  listWebhooks: operation({
    id: "listWebhooks",
    method: "GET",
    path: "/webhooks",
    tag,
    needs: "webhooks.read",
    summary: "Webhooks of a team, without their secrets",
    query: z.strictObject({ ...paging, after: webhookId.optional(), team_id: teamId.optional() }),
    answer: { status: 200, body: pageOf(webhook) },
  }),
  createWebhook: operation({
    id: "createWebhook",
    method: "POST",
    path: "/webhooks",
    tag,
    needs: "webhooks.write",
    summary: "Make a webhook; its secret is shown once",
    description: "Every event that it wants to hear of takes the right to read it: see `GET /events`.",
    body: newWebhook,
    answer: { status: 201, body: shownWebhook },
    problems: ["endpoint-refused", "too-many-webhooks"],
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  getWebhook: operation({
    id: "getWebhook",
    method: "GET",
    path: "/webhooks/{webhook}",
    tag,
    needs: "webhooks.read",
    summary: "One webhook",
    params: oneWebhook,
    answer: { status: 200, body: webhook },
  }),
  changeWebhook: operation({
    id: "changeWebhook",
    method: "PATCH",
    path: "/webhooks/{webhook}",
    tag,
    needs: "webhooks.write",
    summary: "Change a webhook, switch it off or on again",
    params: oneWebhook,
    body: webhookChange,
    answer: { status: 200, body: webhook },
    problems: ["endpoint-refused"],
    needsFreshLogin: true,
  }),
  deleteWebhook: operation({
    id: "deleteWebhook",
    method: "DELETE",
    path: "/webhooks/{webhook}",
    tag,
    needs: "webhooks.write",
    summary: "Delete a webhook with its deliveries",
    params: oneWebhook,
    answer: { status: 204 },
  }),
  rotateWebhookSecret: operation({
    id: "rotateWebhookSecret",
    method: "POST",
    path: "/webhooks/{webhook}/rotate",
    tag,
    needs: "webhooks.write",
    summary: "Give a webhook another secret; it is shown once",
    params: oneWebhook,
    body: rotation,
    answer: { status: 200, body: shownWebhook },
    isAnswerSecret: true,
    needsFreshLogin: true,
  }),
  testWebhook: operation({
    id: "testWebhook",
    method: "POST",
    path: "/webhooks/{webhook}/test",
    tag,
    needs: "webhooks.write",
    summary: "Send a `webhook_test` to see whether it arrives",
    params: oneWebhook,
    answer: { status: 202, body: delivery },
  }),
  listDeliveries: operation({
    id: "listDeliveries",
    method: "GET",
    path: "/webhooks/{webhook}/deliveries",
    tag,
    needs: "webhooks.read",
    summary: "What was sent, or waits to be",
    description: "The newest 1,000 that are done, of 30 days at most.",
    params: oneWebhook,
    query: z.strictObject({ ...paging, after: deliveryId.optional(), state: z.enum(deliveryStates).optional() }),
    answer: { status: 200, body: pageOf(delivery) },
  }),
  replayDelivery: operation({
    id: "replayDelivery",
    method: "POST",
    path: "/webhooks/{webhook}/deliveries/{delivery}/replay",
    tag,
    needs: "webhooks.write",
    summary: "Send one again, with the same body and id, as a delivery of its own",
    params: z.strictObject({ webhook: webhookId, delivery: deliveryId }),
    answer: { status: 202, body: delivery },
    problems: ["no-such-delivery"],
  }),
} as const
