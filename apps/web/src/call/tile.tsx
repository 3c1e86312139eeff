import { AudioLines, MicOff, Unplug, UserRound } from "lucide-react"
import type { ReactNode } from "react"
import type { Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import { initialsOf } from "../ui/initials.ts"
import { LevelBadge } from "../ui/level.tsx"
import { Mark } from "../ui/mark.tsx"
import { Video } from "../ui/video.tsx"
import type { NamedTile, TileView } from "../view/call.ts"
import type { NamedPerson } from "../view/person.ts"

/** One person: picture above, caption below, nothing on the face. */
export function Tile({ tile }: { tile: TileView }) {
  return isNamed(tile) ? <Named tile={tile} /> : <Unnamed />
}

export const isNamed = (tile: TileView): tile is NamedTile => tile.who.known

function Named({ tile }: { tile: NamedTile }) {
  const say = useWords()
  const { who, picture } = tile
  return (
    <figure className={`tile ${picture.kind} ${tile.isSpeaking ? "speaking" : ""}`}>
      <div className="pic">
        <Inside tile={tile} say={say} />
      </div>
      <figcaption>
        <span className="name" dir="auto">
          {who.name}
        </span>
        {isException(who) && <LevelBadge person={who} isWordKept={who.level === "guest"} />}
        <Now tile={tile} />
      </figcaption>
    </figure>
  )
}

/** The grid shows exceptions; the roster shows everyone (D21). */
const isException = (who: NamedPerson): boolean =>
  who.isKeyChanged || who.looksLike !== undefined || who.level === "guest" || who.level === "person"

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

function Now({ tile }: { tile: NamedTile }) {
  const say = useWords()
  if (tile.isMuted)
    return (
      <span className="now">
        <MicOff className="icon" aria-hidden="true" />
        <span className="word">{say("tile.muted")}</span>
      </span>
    )
  if (!tile.isSpeaking) return null
  return (
    <span className="now">
      <AudioLines className="icon" role="img" aria-label={say("tile.speaking")} />
    </span>
  )
}
