import { useEffect, useState } from "react"
import { pathOf } from "../address.ts"
import { makeRoom } from "../session/make-room.ts"
import { StateScreen } from "../state/state-screen.tsx"
import type { RoomAddress } from "../view/room.ts"
import type { StateView } from "../view/state.ts"
import { RoomPage } from "./room-page.tsx"

type Making =
  { readonly at: "making" } | { readonly at: "made"; readonly address: RoomAddress } | { readonly at: "refused"; readonly why: StateView }

/** `/new`: makes a room at once, puts its link in the address bar and goes to its lobby. */
export function NewRoomPage() {
  const [making, set] = useState<Making>({ at: "making" })
  useEffect(() => {
    void firstRoom().then((made) => {
      if ("kind" in made) return set({ at: "refused", why: made })
      history.replaceState(null, "", pathOf(made))
      set({ at: "made", address: made })
    })
  }, [])
  if (making.at === "made") return <RoomPage opened={{ kind: "link", ...making.address }} />
  const view = making.at === "making" ? ({ kind: "making-room" } as const) : making.why
  return <StateScreen view={view} actions={{ act: (action) => location.assign(action === "back-to-start" ? "/" : "/new") }} />
}

let making: ReturnType<typeof makeRoom> | undefined

/** One room per page load, however often React draws this page. */
const firstRoom = (): ReturnType<typeof makeRoom> => (making ??= makeRoom())
