import { ArrowLeft } from "lucide-react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { useMoments } from "../parts/moment.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import { DeleteRoom } from "./delete-room.tsx"
import { KindSign, nameOf } from "./kind.tsx"
import { RoomSettings } from "./room-settings.tsx"
import type { RoomActions, RoomView } from "./room-view.ts"
import { RoomSealing } from "./room-sealing.tsx"
import { RoomTokens } from "./room-tokens.tsx"
import { WaysIn } from "./ways-in.tsx"

interface ScreenProps {
  readonly view: RoomView
  readonly actions: RoomActions
  /** For the gallery: what is asked about its encryption. */
  readonly firstWish?: "on" | "off"
}

/** What one room is and how one comes in; what may be changed is offered to who may. */
export function RoomScreen({ view, actions, firstWish }: ScreenProps) {
  const say = dashboardWords.useWords()
  const { day } = useMoments()
  return (
    <>
      <a className="back small" href="/dashboard/rooms">
        <ArrowLeft className="icon s turns" aria-hidden="true" />
        {say("room.back")}
      </a>
      <Shown
        loaded={view.room}
        onAgain={actions.again}
        gone={
          <Empty isAlone title={say("room.gone")}>
            {say("room.gone-what")}
          </Empty>
        }
      >
        {(room) => (
          <>
            <header className="about">
              <h1>
                <bdi>{nameOf(room)}</bdi>
              </h1>
              <p>
                <KindSign kind={room.kind} />
                <span className="sub">
                  {say("room.made-on")} {day(room.created_at)}
                  {room.external_id !== null && (
                    <>
                      {" · "}
                      {say("room.external")}: <bdi>{room.external_id}</bdi>
                    </>
                  )}
                </span>
              </p>
              <p className="soft">{say(`kind.${room.kind}-what`)}</p>
            </header>
            <div className="board two">
              <div className="stack">
                <WaysIn room={room} view={view} actions={actions} />
                {room.kind !== "sealed-by-link" && <RoomTokens room={room} view={view} actions={actions} />}
              </div>
              <div className="stack">
                <RoomSealing room={room} view={view} actions={actions} firstWish={firstWish} />
                {view.mayChange && <RoomSettings room={room} actions={actions} />}
                {view.mayChange && <DeleteRoom room={room} actions={actions} />}
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  )
}
