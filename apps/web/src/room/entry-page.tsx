import { useEffect, useState } from "react"
import { enter } from "../session/entry.ts"
import { actOnState } from "../session/state-acts.ts"
import { StateScreen } from "../state/state-screen.tsx"
import type { HandedAddress, HandedRoom } from "../view/room.ts"
import type { StateView } from "../view/state.ts"
import { RoomPage } from "./room-page.tsx"

/** How long until a room that is not opened yet is looked at again. */
const againMs = 5_000

type Entering =
  { readonly at: "asking" } | { readonly at: "in"; readonly room: HandedRoom } | { readonly at: "out"; readonly why: StateView }

/** `/o/` and `/t/`: asks the server to be let in, then goes to the lobby as every room does. */
export function EntryPage({ address }: { address: HandedAddress }) {
  const [entering, set] = useState<Entering>({ at: "asking" })
  const retry = (): void => {
    begun = undefined
    void entry(address).then((found) => set("opening" in found ? { at: "in", room: found } : { at: "out", why: found }))
  }
  useEffect(() => {
    void entry(address).then((found) => set("opening" in found ? { at: "in", room: found } : { at: "out", why: found }))
  }, [address])
  useEffect(() => {
    if (entering.at !== "out" || entering.why.kind !== "not-opened") return
    const timer = setTimeout(retry, againMs)
    return () => clearTimeout(timer)
  })
  if (entering.at === "in") return <RoomPage opened={entering.room} />
  const nothing = () => undefined
  const parts = { retry, leave: toStart, copyLink: nothing, moveHere: nothing, toLobby: nothing, rejoin: retry, misread: nothing }
  const view = entering.at === "asking" ? ({ kind: "connecting" } as const) : entering.why
  return <StateScreen view={view} actions={{ act: (action) => actOnState(action, parts) }} />
}

const toStart = (): void => location.assign("/")

let begun: ReturnType<typeof enter> | undefined

/** One entry at a time, however often React draws this page: two would furnish two rooms. */
const entry = (address: HandedAddress): ReturnType<typeof enter> => (begun ??= enter(address))
