import { useState, type SyntheticEvent } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { CopyButton } from "../parts/copy-button.tsx"
import { Paging } from "../parts/paging.tsx"
import { Row } from "../parts/row.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import type { Room } from "../shapes.ts"
import { KindSign, nameOf, Privacy } from "./kind.tsx"
import { NewRoom } from "./new-room.tsx"
import type { Making, RoomsActions, RoomsView } from "./rooms-view.ts"

interface ScreenProps {
  readonly view: RoomsView
  readonly actions: RoomsActions
  /** For the gallery. */
  readonly firstMaking?: Partial<Making>
}

/** All rooms that one may see, and beside them making another. */
export function RoomsScreen({ view, actions, firstMaking }: ScreenProps) {
  const say = dashboardWords.useWords()
  return (
    <div className={view.making === undefined ? "board" : "board two"}>
      <section aria-labelledby="rooms-title">
        <div className="title-row">
          <h1 id="rooms-title">{say("rooms.title")}</h1>
          <Search key={view.search} search={view.search} onLook={actions.look} />
        </div>
        <Shown loaded={view.rooms} onAgain={actions.again}>
          {({ data, total_count }) => (
            <>
              {data.length === 0 ? <NoRooms view={view} /> : <Rooms rooms={data} inside={view.inside} />}
              <Paging offset={view.offset} total={total_count} onTurn={actions.turn} />
            </>
          )}
        </Shown>
      </section>
      {view.making !== undefined && (
        <NewRoom view={view.making} actions={actions} {...(firstMaking !== undefined && { first: firstMaking })} />
      )}
    </div>
  )
}

function Search({ search, onLook }: { readonly search: string; readonly onLook: (search: string) => void }) {
  const say = dashboardWords.useWords()
  const [text, type] = useState(search)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onLook(text.trim())
  }
  return (
    <form className="search" role="search" onSubmit={submit}>
      <input
        className="input"
        type="search"
        value={text}
        maxLength={64}
        aria-label={say("rooms.search")}
        placeholder={say("rooms.search")}
        onChange={(event) => type(event.target.value)}
      />
      <button className="button">{say("rooms.search-do")}</button>
    </form>
  )
}

function NoRooms({ view }: { readonly view: RoomsView }) {
  const say = dashboardWords.useWords()
  if (view.search !== "") return <Empty title={say("rooms.none-found", { search: view.search })}>{say("rooms.none-found-todo")}</Empty>
  return <Empty title={say("rooms.none")}>{say(view.making === undefined ? "rooms.none-yours" : "rooms.none-todo")}</Empty>
}

function Rooms({ rooms, inside }: { readonly rooms: readonly Room[]; readonly inside: RoomsView["inside"] }) {
  return (
    <ul className="rows short">
      {rooms.map((room) => (
        <RoomRow key={room.id} room={room} inside={inside.get(room.id) ?? 0} />
      ))}
    </ul>
  )
}

function RoomRow({ room, inside }: { readonly room: Room; readonly inside: number }) {
  const say = dashboardWords.useWords()
  const name = nameOf(room)
  // By its address a room sealed by link does not open.
  const hasAddress = room.topic !== null && room.kind !== "sealed-by-link"
  const open = say(inside > 0 ? "rooms.join" : "rooms.open")
  return (
    <Row
      name={name}
      title={
        <a href={`/dashboard/rooms/${room.id}`}>
          <bdi>{name}</bdi>
        </a>
      }
      sub={inside > 0 ? <b className="live-now">{say("rooms.inside", { count: inside })}</b> : hasAddress && <bdi>{room.friendly_url}</bdi>}
      state={
        <>
          <KindSign kind={room.kind} />
          <Privacy room={room} />
        </>
      }
      actions={
        room.room_url !== null &&
        room.can_be_entered && (
          <>
            <CopyButton text={room.room_url} name={say("rooms.copy-name", { name })} />
            <a className="button" href={room.room_url} aria-label={say("part.of", { act: open, name })}>
              {open}
            </a>
          </>
        )
      }
    />
  )
}
