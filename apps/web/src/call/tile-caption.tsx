import { AudioLines, Hand, MicOff, Pin, Spotlight } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import { LevelBadge } from "../ui/level.tsx"
import type { NamedTile } from "../view/call.ts"
import type { NamedPerson } from "../view/person.ts"
import { ReactionSign } from "./reaction-sign.tsx"
import { TileMenu, type TileDoings } from "./tile-menu.tsx"

/** The line under a picture: name, hand, exception, what was sent; at its end the microphone and what can be done. */
export function Caption({ tile, doings }: { tile: NamedTile; doings?: TileDoings }) {
  const { who } = tile
  return (
    <figcaption>
      <span className="name" dir="auto">
        {who.name}
      </span>
      <HandTag place={tile.hand} />
      {isException(who) && <LevelBadge person={who} isWordKept={who.level === "guest"} />}
      <Reacted tile={tile} />
      <span className="end">
        {doings !== undefined && <WhyLarge id={tile.id} doings={doings} />}
        <Weak tile={tile} />
        <Now tile={tile} />
        {doings !== undefined && <TileMenu tile={tile} doings={doings} />}
      </span>
    </figcaption>
  )
}

/** The grid shows exceptions; the roster shows everyone (D21). */
const isException = (who: NamedPerson): boolean =>
  who.isKeyChanged || who.looksLike !== undefined || who.level === "guest" || who.level === "person"

/** Yellow, because it is live: somebody waits to speak, and this is the place in the queue. */
function HandTag({ place }: { place: number | undefined }) {
  const say = useWords()
  if (place === undefined) return null
  return (
    <span className="tag">
      <Hand className="icon" aria-hidden="true" />
      <span className="word">{say("stage.hand")}</span>
      <span aria-hidden="true">{place}</span>
      <span className="hidden-text">{say("stage.hand-place", { place })}</span>
    </span>
  )
}

function Reacted({ tile: { reaction } }: { tile: NamedTile }) {
  const say = useWords()
  if (reaction === undefined) return null
  return (
    <span className="reacted" key={reaction.id}>
      <ReactionSign what={reaction.what} />
      <span className="hidden-text">{say(`doings.reaction.${reaction.what}`)}</span>
    </span>
  )
}

/** Why somebody stands large, when a person decided it. */
function WhyLarge({ id, doings }: { id: string; doings: TileDoings }) {
  const say = useWords()
  if (doings.pinned === id) return <Pin className="icon sign" role="img" aria-label={say("stage.is-pinned")} />
  if (doings.spotlight === id) return <Spotlight className="icon sign" role="img" aria-label={say("stage.is-spotlit")} />
  return null
}

/** Good is not said. */
function Weak({ tile: { quality, picture } }: { tile: NamedTile }) {
  const say = useWords()
  if (quality === undefined || quality === "good" || picture.kind === "lost") return null
  return (
    <svg className={`icon sign bars ${quality}`} viewBox="0 0 24 24" role="img" aria-label={say(`stage.quality-${quality}`)}>
      <path d="M4 20v-5" />
      <path className={quality === "bad" ? "missing" : undefined} d="M12 20v-10" />
      <path className="missing" d="M20 20v-16" />
    </svg>
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
