import { useCallback, useMemo, useState } from "react"
import { api } from "../../adapters/api.ts"
import { pageLength } from "../parts/paging.tsx"
import { may, teamsWith } from "../rights.ts"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { WebhooksScreen } from "./webhooks-screen.tsx"
import type { WebhookDraft, WebhooksActions } from "./webhooks-view.ts"

/** `/dashboard/webhooks` */
export function WebhooksPage({ visit: { account, teams, team } }: PageProps) {
  const [offset, turn] = useState(0)
  const load = useCallback(() => api.listWebhooks({ query: { limit: pageLength, offset, team_id: team } }), [offset, team])
  const [webhooks, again] = useLoaded(load)
  const actions = useMemo<WebhooksActions>(
    () => ({
      again,
      turn,
      make: (draft, of) => api.createWebhook({ body: { ...bodyOf(draft), ...(of === undefined ? {} : { team_id: of }) } }),
      change: (webhook, draft, is_enabled) => api.changeWebhook({ params: { webhook }, body: { ...bodyOf(draft), is_enabled } }),
      rotate: (webhook, overlap_hours) => api.rotateWebhookSecret({ params: { webhook }, body: { overlap_hours } }),
      test: (webhook) => api.testWebhook({ params: { webhook } }),
      remove: (webhook) => api.deleteWebhook({ params: { webhook } }),
      deliveries: (webhook) => api.listDeliveries({ params: { webhook }, query: { limit: 25 } }),
      replay: (webhook, delivery) => api.replayDelivery({ params: { webhook, delivery } }),
    }),
    [again],
  )
  const view = {
    ...{ webhooks, offset },
    makeIn: teamsWith(account, "webhooks.write", teams).filter(({ id }) => team === undefined || id === team),
    mayChange: (of: string) => may(account, "webhooks.write", of),
    teamName: (of: string) => (teams.length > 1 ? teams.find(({ id }) => id === of)?.name : undefined),
  }
  return <WebhooksScreen view={view} actions={actions} />
}

const bodyOf = ({ name, endpoint, events }: WebhookDraft) => ({ name: name.trim(), endpoint: endpoint.trim(), events: [...events] })
