/** Carries what is due to its receivers: one request at a time to each webhook, several webhooks at once (D40.11, D40.12). */

import type { WebhookId } from "@conclave/api"
import { bugFields, type Log } from "../log.ts"
import type { Seal } from "../organisation/seal.ts"
import { afterAttempt, type Outcome } from "./plan.ts"
import type { Delivery, Webhook, WebhookStore } from "./ports.ts"
import type { Post } from "./post.ts"
import { openSecret } from "./secret.ts"
import { signatureHeaders } from "./signature.ts"

interface CourierParts {
  readonly webhooks: WebhookStore
  readonly seal: Seal
  readonly post: Post
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** 0 to less than 1. */
  readonly chance: () => number
}

export interface Courier {
  /** Breaks off what is under way; it counts as not sent. */
  stop(): Promise<void>
}

const mostAtOnce = 16
/** Looks at least that often, should a clock have been set. */
const longestSleepMs = 60_000
/** After the database has failed. */
const restMs = 30_000
const sweepEveryMs = 3600_000
const kept = { forMs: 30 * 24 * 3600 * 1000, mostDone: 1_000, mostWaiting: 10_000 }

export function courier(parts: CourierParts): Courier {
  const { webhooks, log, now } = parts
  const { deliveries } = webhooks
  const stopping = new AbortController()
  const busy = new Map<WebhookId, Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let turning: Promise<void> | undefined
  let isAskedAgain = false
  let sweptAt = -Infinity

  const sleep = (ms: number): void => {
    clearTimeout(timer)
    if (!stopping.signal.aborted) timer = setTimeout(wake, Math.min(longestSleepMs, Math.max(0, ms))).unref()
  }

  /** One turn at a time; whoever asks during one gets another after it. */
  const wake = (): void => {
    if (stopping.signal.aborted) return
    if (turning !== undefined) {
      isAskedAgain = true
      return
    }
    turning = turn()
      .catch((error: unknown) => {
        log("webhooks-stuck", bugFields(error))
        sleep(restMs)
      })
      .finally(() => {
        turning = undefined
        if (isAskedAgain) wake()
        isAskedAgain = false
      })
  }

  const turn = async (): Promise<void> => {
    const at = now()
    if (at - sweptAt > sweepEveryMs) {
      await deliveries.sweep({ before: at - kept.forMs, mostDone: kept.mostDone, mostWaiting: kept.mostWaiting })
      sweptAt = at
    }
    const free = mostAtOnce - busy.size
    const due = free === 0 ? [] : await deliveries.due(at, { but: [...busy.keys()], most: free })
    for (const delivery of due) busy.set(delivery.webhook, carry(delivery))
    // With all hands full the next that is done wakes us.
    const next = busy.size === mostAtOnce ? undefined : await deliveries.nextDue([...busy.keys()])
    sleep(next === undefined ? longestSleepMs : next - now())
  }

  const carry = async (delivery: Delivery): Promise<void> => {
    try {
      await attempt(delivery, parts, stopping.signal)
      done(delivery.webhook)
    } catch (error) {
      log("webhooks-stuck", bugFields(error))
      // What cannot be noted would be sent again at once.
      setTimeout(done, restMs, delivery.webhook).unref()
    }
  }

  const done = (webhook: WebhookId): void => {
    busy.delete(webhook)
    wake()
  }

  deliveries.onNew(wake)
  wake()
  return {
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await turning
      await Promise.all(busy.values())
    },
  }
}

async function attempt(delivery: Delivery, parts: CourierParts, signal: AbortSignal): Promise<void> {
  const { webhooks, log, now, chance } = parts
  const webhook = await webhooks.get(delivery.webhook)
  if (webhook === undefined) return
  const at = now()
  const outcome = await post(delivery, webhook, { ...parts, at, signal })
  if (signal.aborted) return
  const { attempts, id } = delivery
  const { attempted, standing } = afterAttempt({
    outcome,
    attempts,
    failingSince: webhook.failingSince,
    at: now(),
    tookMs: Math.max(0, Math.round(now() - at)),
    chance: chance(),
  })
  await webhooks.deliveries.attempted(id, attempted, standing)
  if (standing.disabledBecause !== undefined) log("webhook-disabled", { reason: webhook.id })
}

async function post(
  { event, body }: Delivery,
  webhook: Webhook,
  { seal, post, at, signal }: CourierParts & { readonly at: number; readonly signal: AbortSignal },
): Promise<Outcome> {
  const secrets = secretsOf(webhook, seal, at)
  if (secrets === undefined) return { problem: "secret-lost", status: undefined }
  const headers = signatureHeaders({ id: event, seconds: Math.floor(at / 1000), body }, secrets)
  return post({ endpoint: webhook.endpoint, headers, body }, signal)
}

/** Undefined: the key of the data folder is another than when the secret was made. */
function secretsOf({ id, sealedSecret, old }: Webhook, seal: Seal, at: number): readonly Uint8Array[] | undefined {
  const present = openSecret(seal, id, sealedSecret)
  if (present === undefined) return undefined
  const before = old !== undefined && old.until > at ? openSecret(seal, id, old.sealedSecret) : undefined
  return before === undefined ? [present] : [present, before]
}
