import { useCallback } from "react"
import { api, type Answer } from "../../adapters/api.ts"
import { may } from "../rights.ts"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { makeSecret } from "./make-secret.ts"
import { RoomScreen } from "./room-screen.tsx"
import type { RoomActions } from "./room-view.ts"

/** `/dashboard/rooms/{id}` */
export function RoomPage({ visit: { account }, room: id }: PageProps & { readonly room: string }) {
  const params = { room: id }
  const load = useCallback(() => api.getRoom({ params: { room: id } }), [id])
  const loadTokens = useCallback(() => api.listRoomTokens({ params: { room: id }, query: { limit: 100 } }), [id])
  const [room, again] = useLoaded(load)
  const [tokens, againTokens] = useLoaded(loadTokens)
  const team = room?.kind === "done" ? room.value.team_id : undefined
  const actions: RoomActions = {
    again,
    againTokens,
    change: (body) => api.changeRoom({ params, body }),
    makeSecret: () => makeSecret(room?.kind === "done" ? room.value : { id, topic: null }),
    makeToken: ({ name, role, minutes }) =>
      api.createRoomToken({ params, body: { name: name === "" ? null : name, role, expires_in_minutes: minutes } }),
    withdrawToken: (token): Promise<Answer<undefined>> => api.deleteRoomToken({ params: { ...params, token } }),
    remove: () => api.deleteRoom({ params }),
    removed: () => location.assign("/dashboard/rooms"),
  }
  const view = {
    room,
    tokens,
    mayChange: team !== undefined && may(account, "rooms.write", team),
    mayOpen: team !== undefined && may(account, "rooms.make-transport-only", team),
  }
  return <RoomScreen view={view} actions={actions} />
}
