import { useCallback, useState } from "react"
import { api } from "../../adapters/api.ts"
import { pageLength } from "../parts/paging.tsx"
import { may, teamsWith } from "../rights.ts"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { KeysScreen } from "./keys-screen.tsx"
import type { KeysActions } from "./keys-view.ts"

/** `/dashboard/keys` */
export function KeysPage({ visit: { account, teams, team } }: PageProps) {
  const [offset, turn] = useState(0)
  const [now] = useState(Date.now)
  const load = useCallback(() => api.listKeys({ query: { limit: pageLength, offset, team_id: team } }), [offset, team])
  const [keys, again] = useLoaded(load)
  const actions: KeysActions = {
    again,
    turn,
    make: ({ name, team: of, scopes, days }) =>
      api.createKey({ body: { name, scopes: [...scopes], expires_in_days: days, ...(of === undefined ? {} : { team_id: of }) } }),
    rotate: (key, overlap_hours) => api.rotateKey({ params: { key }, body: { overlap_hours } }),
    revoke: (key) => api.revokeKey({ params: { key } }),
  }
  const view = {
    ...{ keys, offset, now },
    makeIn: teamsWith(account, "keys.write", teams).filter(({ id }) => team === undefined || id === team),
    mayChange: (of: string) => may(account, "keys.write", of),
    teamName: (of: string) => (teams.length > 1 ? teams.find(({ id }) => id === of)?.name : undefined),
  }
  return <KeysScreen view={view} actions={actions} />
}
