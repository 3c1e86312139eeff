import { useCallback, useMemo, useState } from "react"
import { api } from "../../adapters/api.ts"
import { pageLength } from "../parts/paging.tsx"
import { may, teamsWith } from "../rights.ts"
import type { Team } from "../shapes.ts"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { bodyOf } from "./room-draft.ts"
import { RoomsScreen } from "./rooms-screen.tsx"
import type { MakingView, RoomsActions } from "./rooms-view.ts"

/** `/dashboard/rooms` */
export function RoomsPage({ visit }: PageProps) {
  const { account, teams, team } = visit
  const [offset, turn] = useState(0)
  const [search, look] = useState("")
  const load = useCallback(
    () => api.listRooms({ query: { limit: pageLength, offset, team_id: team, search: search === "" ? undefined : search } }),
    [offset, search, team],
  )
  const loadLive = useCallback(() => api.listLiveRooms({ query: { limit: 100, team_id: team } }), [team])
  const [rooms, again] = useLoaded(load)
  const [live] = useLoaded(loadLive)
  const inside = useMemo(
    () =>
      new Map(
        live?.kind === "done" ? live.value.data.map(({ room_id, participants_count }) => [room_id as string, participants_count]) : [],
      ),
    [live],
  )
  const actions: RoomsActions = {
    again,
    turn,
    look: (text) => {
      turn(0)
      look(text)
    },
    make: ({ draft, team: chosen, isSealed }) => api.createRoom({ body: bodyOf(draft, { team: chosen, isSealed }) }),
    made: ({ id }) => location.assign(`/dashboard/rooms/${id}`),
  }
  return <RoomsScreen view={{ rooms, inside, offset, search, making: makingIn({ account, teams, team }) }} actions={actions} />
}

/** Where this account may make rooms, and where it may open one to the server. */
function makingIn({ account, teams, team }: Pick<PageProps["visit"], "account" | "teams" | "team">): MakingView | undefined {
  const here = (list: readonly Team[]) => list.filter(({ id }) => team === undefined || id === team)
  const where = here(teamsWith(account, "rooms.write", teams))
  if (where.length === 0) return undefined
  return { teams: where, mayOpenIn: where.map(({ id }) => id as string).filter((id) => may(account, "rooms.make-transport-only", id)) }
}
