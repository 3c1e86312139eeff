import { useMemo } from "react"
import { useWords } from "../i18n/use-words.ts"
import { StateCard } from "../state/state-card.tsx"
import type { CallView } from "../view/call.ts"
import type { RoomActions } from "../view/room.ts"
import { Empty } from "./empty.tsx"
import { Faces } from "./faces.tsx"
import { shapeOf } from "./grid.ts"
import { Large } from "./large.tsx"
import { Notes } from "./stage-notes.tsx"
import { arrange } from "./subject.ts"
import type { TileDoings } from "./tile-menu.tsx"
import { isNamed } from "./tile.tsx"
import type { StageControl } from "./use-stage.ts"
import { useWindow } from "./use-window.ts"

interface StageProps {
  readonly call: CallView
  readonly actions: RoomActions
  readonly stage: StageControl
  readonly details: (id: string) => void
}

/** From so wide on several screens stand beside each other. Pixels. */
const roomyFrom = 1200

/** Faces, or what is large and faces beside it; or why there are none. */
export function Stage(props: StageProps) {
  const say = useWords()
  const { call } = props
  return (
    <main className="stage" aria-label={say(call.shares.length === 0 ? "call.people" : "call.people-and-share")}>
      <Scene {...props} />
      {call.interruption === undefined && <Notes call={call} onEndSpotlight={() => props.actions.call.spotlight(undefined)} />}
    </main>
  )
}

function Scene({ call, actions, stage, details }: StageProps) {
  const window = useWindow()
  const shape = shapeOf(window)
  const isRoomy = shape === "wide" && window.width >= roomyFrom
  const pinned = stage.pinned?.kind === "person" ? stage.pinned.id : undefined
  const { pin } = stage
  const { spotlight, canModerate } = call
  // One object for as long as it says the same: a tile is drawn anew when it is another (L76).
  const doings: TileDoings = useMemo(
    () => ({
      pinned,
      pin: (id) => pin(id === undefined ? undefined : { kind: "person", id }),
      spotlight,
      canModerate,
      actions: actions.call,
      details,
    }),
    [pinned, pin, spotlight, canModerate, actions.call, details],
  )
  if (call.interruption !== undefined)
    return (
      <div className="interruption">
        <StateCard view={call.interruption} actions={actions.state} heading={2} />
      </div>
    )
  const arrangement = arrange({
    layout: stage.layout,
    shares: call.shares,
    people: call.tiles.map((tile) => ({ id: tile.id, isNamed: isNamed(tile) })),
    selfId: call.selfId,
    pinned: stage.pinned,
    spotlight: call.spotlight,
    speaker: call.speaker,
    isRoomy,
  })
  if (arrangement.kind === "large")
    return <Large {...{ call, stage, doings, shape, isRoomy }} subjects={arrangement.subjects} choices={arrangement.choices} />
  if (call.tiles.length === 0) return <Empty isHanded={call.isHanded === true} onCopyLink={actions.call.copyLink} />
  return <Faces tiles={call.tiles} doings={doings} />
}
