import { Unplug, UserRound } from "lucide-react"
import { memo, type ReactNode } from "react"
import type { Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import { initialsOf } from "../ui/initials.ts"
import { Mark } from "../ui/mark.tsx"
import { Video } from "../ui/video.tsx"
import type { NamedTile, TileView } from "../view/call.ts"
import { Caption } from "./tile-caption.tsx"
import type { TileDoings } from "./tile-menu.tsx"
import { useShow } from "./use-shown.tsx"

interface TileProps {
  readonly tile: TileView
  /** Absent where nothing can be done, as in the small window. */
  readonly doings?: TileDoings
  /** This person stands large elsewhere: the place is kept, the picture is there. */
  readonly isElsewhere?: boolean
  readonly isFloating?: boolean
}

/** One person: picture above, caption below, nothing on the face. Drawn anew only when something of this person changed (L76). */
export const Tile = memo(function Tile(props: TileProps) {
  const { tile } = props
  return isNamed(tile) ? <Named {...props} tile={tile} /> : <Unnamed />
})

export const isNamed = (tile: TileView): tile is NamedTile => tile.who.known

function Named({ tile, doings, isElsewhere = false, isFloating = false }: TileProps & { tile: NamedTile }) {
  const say = useWords()
  const { picture } = tile
  return (
    <figure className={`tile ${picture.kind} ${tile.isSpeaking ? "speaking" : ""}`}>
      {isElsewhere ? (
        <div className="pic">
          <Initials name={tile.who.name} />
          <span className="hidden-text">{say("stage.large")}</span>
        </div>
      ) : (
        <Picture tile={tile} isFloating={isFloating} say={say} />
      )}
      <Caption tile={tile} {...(doings !== undefined && { doings })} />
    </figure>
  )
}

/** Where a picture stands is where one is asked for, whether or not there is one yet (L24). */
function Picture({ tile, isFloating, say }: { tile: NamedTile; isFloating: boolean; say: Say }) {
  const place = useShow(tile.id, "camera", isFloating)
  return (
    <div className="pic" ref={place}>
      <Inside tile={tile} say={say} />
    </div>
  )
}

function Inside({ tile, say }: { tile: NamedTile; say: Say }) {
  const { who, picture } = tile
  switch (picture.kind) {
    case "live":
      return <Video picture={picture.picture} />
    case "lost":
      return (
        <>
          {picture.picture !== undefined && <Video picture={picture.picture} />}
          <Over sign={<Unplug className="icon" aria-hidden="true" />}>{say("tile.reconnecting")}</Over>
        </>
      )
    case "off":
      return (
        <>
          <Initials name={who.name} />
          <span className="hidden-text">{say("tile.camera-off")}</span>
        </>
      )
    case "not-fetched":
      return (
        <>
          <Initials name={who.name} />
          <span className="hidden-text">{say("stage.sound-only")}</span>
        </>
      )
    case "sealed":
      return (
        <Over sign={<Mark state="open" />} more={say("tile.sealed-todo")}>
          {say("tile.sealed", { name: who.name })}
        </Over>
      )
    case "waiting":
      return <Over sign={<Initials name={who.name} />}>{say("tile.waiting")}</Over>
  }
}

/** D23: without a verified name neither picture nor sound, only the fact. */
function Unnamed() {
  const say = useWords()
  return (
    <figure className="tile unnamed">
      <div className="pic">
        <Over sign={<UserRound className="icon" aria-hidden="true" />} more={say("tile.unnamed-todo")}>
          {say("tile.unnamed")}
        </Over>
      </div>
      <figcaption />
    </figure>
  )
}

export function Initials({ name }: { name: string }) {
  return (
    <span className="initials" aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

function Over({ sign, children, more }: { sign: ReactNode; children: ReactNode; more?: string }) {
  return (
    <div className="over">
      {sign}
      <span>{children}</span>
      {more !== undefined && <small className="wide">{more}</small>}
    </div>
  )
}
