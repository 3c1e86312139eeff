import { useCallback, useMemo, useState } from "react"
import { api } from "../../adapters/api.ts"
import { pageLength } from "../parts/paging.tsx"
import { may } from "../rights.ts"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { TeamsScreen } from "./teams-screen.tsx"
import type { TeamsActions } from "./teams-view.ts"

/** `/dashboard/teams` */
export function TeamsPage({ visit: { account } }: PageProps) {
  const [offset, turn] = useState(0)
  const load = useCallback(() => api.listTeams({ query: { limit: pageLength, offset, order: "asc" } }), [offset])
  const [teams, again] = useLoaded(load)
  const actions = useMemo<TeamsActions>(
    () => ({
      again,
      turn,
      make: (name) => api.createTeam({ body: { name } }),
      rename: (team, name) => api.changeTeam({ params: { team }, body: { name } }),
      remove: (team) => api.deleteTeam({ params: { team } }),
      members: (team) => api.listTeamMembers({ params: { team }, query: { limit: 100, order: "asc" } }),
      people: () => api.listPeople({ query: { limit: 100, order: "asc" } }),
      setMember: (team, of, role) => api.setTeamMember({ params: { team, account: of }, body: { role } }),
      takeOut: (team, of) => api.removeTeamMember({ params: { team, account: of } }),
    }),
    [again],
  )
  const view = {
    ...{ teams, offset },
    mayMake: may(account, "teams.write"),
    mayFill: (team: string) => may(account, "people.change", team),
  }
  return <TeamsScreen view={view} actions={actions} />
}
