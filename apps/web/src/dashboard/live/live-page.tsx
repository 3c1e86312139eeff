import { useCallback, useEffect, useMemo, useState } from "react"
import { api } from "../../adapters/api.ts"
import { pageLength } from "../parts/paging.tsx"
import { may } from "../rights.ts"
import { nameOf } from "../rooms/kind.tsx"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { LiveScreen } from "./live-screen.tsx"
import type { LiveActions } from "./live-view.ts"

/** `/dashboard/live` */
export function LivePage({ visit: { account, team } }: PageProps) {
  const [offset, turn] = useState(0)
  const load = useCallback(() => api.listLiveRooms({ query: { limit: pageLength, offset, team_id: team } }), [offset, team])
  const [calls, again] = useLoaded(load)
  const names = useNames(calls?.kind === "done" ? calls.value.data.map(({ room_id }) => room_id as string) : noRooms)
  const actions = useMemo<LiveActions>(
    () => ({
      again,
      turn,
      participants: (room) => api.listParticipants({ params: { room } }),
      remove: (room, participant) => api.removeParticipant({ params: { room, participant } }),
      end: (room, closed_for_seconds) => api.endCall({ params: { room }, body: { closed_for_seconds } }),
    }),
    [again],
  )
  const view = {
    ...{ calls, names, offset },
    mayEnd: (of: string) => may(account, "live.end", of),
  }
  return <LiveScreen view={view} actions={actions} />
}

const noRooms: readonly string[] = []

/** What rooms are called: the list of calls has their ids only. */
function useNames(rooms: readonly string[]): ReadonlyMap<string, string> {
  const [names, learn] = useState<ReadonlyMap<string, string>>(new Map())
  const wanted = rooms.join()
  useEffect(() => {
    for (const room of wanted.split(",").filter((id) => id !== ""))
      void api.getRoom({ params: { room } }).then((answer) => {
        if (answer.kind === "done") learn((known) => new Map(known).set(room, nameOf(answer.value)))
      })
  }, [wanted])
  return names
}
