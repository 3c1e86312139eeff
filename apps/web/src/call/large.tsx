import type { CSSProperties } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { CallView } from "../view/call.ts"
import { Choices } from "./choices.tsx"
import type { ScreenShape } from "./grid.ts"
import { SelfLarge } from "./self-view.tsx"
import { SharedScreen } from "./share.tsx"
import type { Subject } from "./subject.ts"
import { isNamed, Tile } from "./tile.tsx"
import type { TileDoings } from "./tile-menu.tsx"
import { useGlide } from "./use-glide.ts"
import type { StageControl } from "./use-stage.ts"

interface LargeProps {
  readonly call: CallView
  readonly stage: StageControl
  readonly doings: TileDoings
  readonly subjects: readonly Subject[]
  readonly choices: readonly Subject[]
  readonly shape: ScreenShape
  /** Several screens fit beside each other. */
  readonly isRoomy: boolean
}

/** What is large, and everyone in a row beside it: above, or at the side where there is room and it was chosen. */
export function Large(props: LargeProps) {
  const { call, stage, doings, subjects, choices, shape, isRoomy } = props
  const isAside = stage.layout === "sidebar" && shape === "wide"
  const isPerson = subjects[0]?.kind === "person"
  const hasRow = stage.hasFaces && call.tiles.length > 0
  return (
    <div className={`speaker ${isAside ? "aside" : ""} ${isPerson ? "of-person" : ""} ${hasRow ? "" : "alone"}`}>
      <div className="subjects">
        {choices.length > 1 && <Choices call={call} choices={choices} subjects={subjects} isRoomy={isRoomy} onChoose={stage.pin} />}
        <div className="several" style={{ "--several": columnsFor(subjects.length) } as CSSProperties}>
          {subjects.map((subject) => (
            <div className="main" key={`${subject.kind} ${subject.id}`}>
              <One subject={subject} {...props} />
            </div>
          ))}
        </div>
      </div>
      {hasRow && <Row call={call} doings={doings} large={isPerson ? subjects[0]?.id : undefined} />}
    </div>
  )
}

/** Two beside each other, four in a square. */
const columnsFor = (count: number): number => Math.ceil(Math.sqrt(count))

function One({ subject, call, stage, doings }: LargeProps & { subject: Subject }) {
  if (subject.kind === "share") {
    const share = call.shares.find(({ id }) => id === subject.id)
    return share === undefined ? null : <SharedScreen share={share} stage={stage} />
  }
  const tile = call.tiles.find(({ id }) => id === subject.id)
  return (
    <ul className="grid" style={{ "--cols": 1, "--rows": 1 } as CSSProperties}>
      <li className="place">
        {tile === undefined ? <SelfLarge self={call.self} onBack={() => stage.pin(undefined)} /> : <Tile tile={tile} doings={doings} />}
      </li>
    </ul>
  )
}

/** Everyone in order of arrival. Whoever stands large keeps the place (L23). It scrolls, by keys too. */
function Row({ call, doings, large }: { call: CallView; doings: TileDoings; large: string | undefined }) {
  const say = useWords()
  const glide = useGlide(call.tiles.map(({ id }) => id).join(" "))
  return (
    <ul className="filmstrip" ref={glide} tabIndex={0} aria-label={say("call.people")}>
      {call.tiles.map((tile) => (
        <li className="place" key={tile.id}>
          <Tile tile={tile} doings={doings} isElsewhere={tile.id === large && isNamed(tile)} />
        </li>
      ))}
    </ul>
  )
}
