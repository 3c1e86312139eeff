import { ChevronLeft, ChevronRight } from "lucide-react"
import { useState, type CSSProperties } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { TileView } from "../view/call.ts"
import { pageSize, pagesOf, placesOn, shapeOf, stepFor, type Seating } from "./grid.ts"
import type { TileDoings } from "./tile-menu.tsx"
import { isNamed, Tile } from "./tile.tsx"
import { useGlide } from "./use-glide.ts"
import { useSeating } from "./use-seating.ts"
import { useWindow } from "./use-window.ts"

/** What is not stage in the window's height and width (tokens: strip, margins). Pixels. */
const around = { width: 32, height: 108 }

/** The grid of faces. Places are kept (L4, L5); a panel beside it changes sizes, not columns (L8). */
export function Faces({ tiles, doings }: { tiles: readonly TileView[]; doings: TileDoings }) {
  const window = useWindow()
  const [page, turnTo] = useState(0)
  const [isHeld, hold] = useState(false)
  const shape = shapeOf(window)
  const size = pageSize(shape, { width: window.width - around.width, height: window.height - around.height })
  const speaking = tiles.filter((tile) => isNamed(tile) && tile.isSpeaking).map(({ id }) => id)
  const ids = tiles.map(({ id }) => id)
  const { seating, listening } = useSeating(
    ids,
    (state) => unseen(speaking, placesOn(state.seating, { page, size, loud: state.listening.loud })),
    isHeld,
  )
  const pages = pagesOf(seating, size)
  const shown = Math.min(page, pages - 1)
  const places = placesOn(seating, { page: shown, size, loud: listening.loud })
  const { cols, rows } = stepFor(shape, pages > 1 ? size : seating.length)
  const glide = useGlide(`${cols}x${rows} ${places.map((place) => (place.kind === "taken" ? place.id : "-")).join(" ")}`)
  const byId = new Map(tiles.map((tile) => [tile.id, tile]))
  return (
    <>
      <div
        className="box"
        onPointerEnter={(event) => hold(event.pointerType === "mouse")}
        onPointerLeave={() => hold(false)}
        onFocus={() => hold(true)}
        onBlur={() => hold(false)}
      >
        <ul className="grid" ref={glide} style={{ "--cols": cols, "--rows": rows } as CSSProperties}>
          {places.map((place, index) => (
            <Seat
              key={place.kind === "taken" ? place.id : `empty ${index}`}
              tile={place.kind === "taken" ? byId.get(place.id) : undefined}
              doings={doings}
            />
          ))}
        </ul>
      </div>
      {pages > 1 && <Pager page={shown} pages={pages} turnTo={turnTo} />}
    </>
  )
}

const unseen = (speaking: readonly string[], places: Seating): string[] =>
  speaking.filter((id) => !places.some((place) => place.kind === "taken" && place.id === id))

/** A place: somebody's, or kept empty for a while. */
function Seat({ tile, doings }: { tile: TileView | undefined; doings: TileDoings }) {
  if (tile === undefined)
    return (
      <li className="place" aria-hidden="true">
        <div className="tile blank" />
      </li>
    )
  return (
    <li className="place">
      <Tile tile={tile} doings={doings} />
    </li>
  )
}

function Pager({ page, pages, turnTo }: { page: number; pages: number; turnTo: (page: number) => void }) {
  const say = useWords()
  return (
    <nav className="pager">
      <button
        type="button"
        className="button quiet icon-only"
        aria-label={say("call.previous-page")}
        disabled={page === 0}
        onClick={() => turnTo(page - 1)}
      >
        <ChevronLeft className="icon turns" aria-hidden="true" />
      </button>
      <span role="status">{say("call.page", { page: page + 1, pages })}</span>
      <button
        type="button"
        className="button quiet icon-only"
        aria-label={say("call.next-page")}
        disabled={page === pages - 1}
        onClick={() => turnTo(page + 1)}
      >
        <ChevronRight className="icon turns" aria-hidden="true" />
      </button>
    </nav>
  )
}
