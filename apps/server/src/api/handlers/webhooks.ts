/** Webhooks (D40.2 to D40.5, D40.13). */

import { ApiProblem, operations, webhookEvents, type TeamId, type WebhookEventName, type WebhookId } from "@conclave/api"
import { authorise } from "../../organisation/authorise.ts"
import { endpointIn } from "../../webhooks/endpoint.ts"
import { newEvent } from "../../webhooks/event.ts"
import type { Webhook, WebhookStore } from "../../webhooks/ports.ts"
import { freshSecret } from "../../webhooks/secret.ts"
import { handler, type Context, type Found } from "../handler.ts"
import { freshId } from "../new-key.ts"
import type { HandlerParts } from "./parts.ts"
import { teamAsked, teamsAsked } from "./teams-asked.ts"
import { deliveryAnswer, webhookAnswer } from "./webhook-answer.ts"

const mostOfTeam = 20

export function webhookHandlers(parts: HandlerParts) {
  const { webhooks, accounts, organisation, log } = parts
  const { teams } = organisation
  const find = ({ params }: { params: { webhook: WebhookId } }) => findWebhook(webhooks, params.webhook)
  return {
    listWebhookEvents: handler(operations.listWebhookEvents, {
      find: () => Promise.resolve({ object: {}, thing: undefined }),
      act: () => Promise.resolve(allEvents),
    }),
    listWebhooks: handler(operations.listWebhooks, {
      find: ({ query }, context) => teamsAsked(context, { named: query.team_id, needs: "webhooks.read", teams }),
      act: async ({ query: { limit, offset, order, after } }, wanted, { now }) => {
        const { found, total } = await webhooks.list({ teams: wanted, limit, offset, order, after })
        return { data: found.map((one) => webhookAnswer(one, now)), total_count: total }
      },
    }),
    createWebhook: handler(operations.createWebhook, {
      find: ({ body }, context) => teamAsked(context, { named: body.team_id, needs: "webhooks.write", teams }),
      act: async ({ body: { name, endpoint, events, is_enabled } }, team, context) => {
        mayHear(context, team, events)
        demandEndpoint(parts, endpoint)
        const { now } = context
        const id = freshId<WebhookId>()
        const secret = freshSecret(accounts.seal, id)
        const facts = { id, team, name, endpoint, events: [...new Set(events)], sealedSecret: secret.sealed, old: undefined }
        const standing = { disabledBecause: is_enabled ? undefined : ("by-hand" as const), failingSince: undefined }
        const webhook: Webhook = { ...facts, ...standing, createdBy: makerOf(context), createdAt: now, updatedAt: now }
        if ((await webhooks.add(webhook, mostOfTeam)) === "too-many") throw new ApiProblem("too-many-webhooks")
        log("webhook-made", { reason: id })
        return { ...webhookAnswer(webhook, now), secret: secret.text }
      },
    }),
    getWebhook: handler(operations.getWebhook, { find, act: (_, webhook, { now }) => Promise.resolve(webhookAnswer(webhook, now)) }),
    changeWebhook: handler(operations.changeWebhook, {
      find,
      act: async ({ body }, before, context) => {
        if (body.events !== undefined) mayHear(context, before.team, body.events)
        // Where to: whoever sends it elsewhere reads there what the one before was told.
        else if (body.endpoint !== undefined) mayHear(context, before.team, before.events)
        if (body.endpoint !== undefined) demandEndpoint(parts, body.endpoint)
        const { now } = context
        const after = changed(before, body, now)
        if (!(await webhooks.change(after))) throw new ApiProblem("not-found")
        log("webhook-changed", { reason: before.id })
        return webhookAnswer(after, now)
      },
    }),
    deleteWebhook: handler(operations.deleteWebhook, {
      find,
      act: async (_, { id }) => {
        await webhooks.remove(id)
        log("webhook-deleted", { reason: id })
        return undefined
      },
    }),
    rotateWebhookSecret: handler(operations.rotateWebhookSecret, {
      find,
      act: async ({ body: { overlap_hours } }, before, { now }) => {
        const secret = freshSecret(accounts.seal, before.id)
        const times = { oldUntil: now + overlap_hours * 3600 * 1000, at: now }
        await webhooks.rotate(before.id, secret.sealed, times)
        log("webhook-rotated", { reason: before.id })
        const old = { sealedSecret: before.sealedSecret, until: times.oldUntil }
        return { ...webhookAnswer({ ...before, old, updatedAt: now }, now), secret: secret.text }
      },
    }),
    testWebhook: handler(operations.testWebhook, {
      find,
      act: async (_, { id, team }, { now }) => {
        const { id: event, body } = newEvent({ type: "webhook_test", team, at: now, data: {} })
        const made = await webhooks.deliveries.add(id, { event, type: "webhook_test", body, isReplay: false, at: now })
        if (made === undefined) throw new ApiProblem("not-found")
        return deliveryAnswer(made)
      },
    }),
    listDeliveries: handler(operations.listDeliveries, {
      find,
      act: async ({ query: { limit, offset, order, after, state } }, { id }) => {
        const { found, total } = await webhooks.deliveries.list(id, { limit, offset, order, after, state })
        return { data: found.map(deliveryAnswer), total_count: total }
      },
    }),
    replayDelivery: handler(operations.replayDelivery, {
      find,
      act: async ({ params }, { id }, { now }) => {
        const before = await webhooks.deliveries.get(id, params.delivery)
        if (before === undefined) throw new ApiProblem("no-such-delivery")
        const { event, type, body } = before
        const made = await webhooks.deliveries.add(id, { event, type, body, isReplay: true, at: now })
        if (made === undefined) throw new ApiProblem("not-found")
        return deliveryAnswer(made)
      },
    }),
  }
}

const allEvents = {
  data: Object.entries(webhookEvents).map(([name, { needs, means }]) => ({ name: name as WebhookEventName, needs, means })),
  total_count: Object.keys(webhookEvents).length,
}

async function findWebhook(webhooks: WebhookStore, id: WebhookId): Promise<Found<Webhook> | undefined> {
  const thing = await webhooks.get(id)
  return thing && { object: { team: thing.team }, thing }
}

function makerOf({ by }: Context): Webhook["createdBy"] {
  if (by.subject.kind === "account") return { kind: "account", id: by.subject.account }
  if (by.key === undefined) throw new Error("bug: nobody makes a webhook")
  return { kind: "key", id: by.key }
}

/** D40.3: being sent something is reading it. */
function mayHear({ by }: Context, team: TeamId, events: readonly WebhookEventName[]): void {
  for (const name of events) {
    const { needs } = webhookEvents[name]
    if (authorise(by.subject, needs, { team }) === "denied")
      throw new ApiProblem("denied", { detail: `To be sent ${name} takes the permission ${needs}.` })
  }
}

function demandEndpoint({ webhookHosts }: HandlerParts, endpoint: string): void {
  if (endpointIn(endpoint, webhookHosts) === undefined) throw new ApiProblem("endpoint-refused")
}

interface Change {
  readonly name?: string | undefined
  readonly endpoint?: string | undefined
  readonly events?: readonly WebhookEventName[] | undefined
  readonly is_enabled?: boolean | undefined
}

function changed(before: Webhook, { name, endpoint, events, is_enabled }: Change, now: number): Webhook {
  const standing =
    is_enabled === undefined
      ? {}
      : is_enabled
        ? { disabledBecause: undefined, failingSince: undefined }
        : { disabledBecause: "by-hand" as const }
  return {
    ...before,
    ...standing,
    name: name ?? before.name,
    endpoint: endpoint ?? before.endpoint,
    events: events === undefined ? before.events : [...new Set(events)],
    updatedAt: now,
  }
}
