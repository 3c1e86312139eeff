import { createPortal } from "react-dom"
import { useWords } from "../i18n/use-words.ts"
import type { CallActions, CallView, TileView } from "../view/call.ts"
import { CameraControl, MicrophoneControl } from "./device-controls.tsx"
import { LeaveControl } from "./leave-control.tsx"
import type { Subject } from "./subject.ts"
import { isNamed, Tile } from "./tile.tsx"

interface FloatingProps {
  readonly call: CallView
  readonly actions: CallActions
  readonly pinned: Subject | undefined
  readonly window: Window
}

/** The small window above others: one person, and the three things one must reach at once (L28). */
export function FloatingCall({ call, actions, pinned, window }: FloatingProps) {
  return createPortal(<Inside call={call} actions={actions} pinned={pinned} />, window.document.body)
}

function Inside({ call, actions, pinned }: Omit<FloatingProps, "window">) {
  const say = useWords()
  const tile = whom(call, pinned)
  const isListener = call.role === "listener"
  return (
    <div className="floating">
      <div className="main">
        {tile === undefined ? (
          <p className="soft">{say(call.interruption === undefined ? "call.empty" : "stage.float-stopped")}</p>
        ) : (
          <ul className="grid alone">
            <li className="place">
              <Tile tile={tile} isFloating />
            </li>
          </ul>
        )}
      </div>
      <div className="controls" role="toolbar" aria-label={say("call.controls")}>
        <MicrophoneControl state={call.microphone.state} onPress={actions.toggleMicrophone} isListener={isListener} />
        <CameraControl state={call.camera.state} onPress={actions.toggleCamera} isListener={isListener} />
        <LeaveControl canEnd={false} onLeave={actions.leave} onEndForAll={actions.endForAll} />
      </div>
    </div>
  )
}

/** One's own choice, the host's, whoever speaks, whoever came first; nobody while the call itself says why it shows nothing. */
function whom({ tiles, spotlight, speaker, interruption }: CallView, pinned: Subject | undefined): TileView | undefined {
  if (interruption !== undefined) return undefined
  const here = (id: string | undefined) => tiles.find((tile) => tile.id === id)
  return here(pinned?.id) ?? here(spotlight) ?? here(speaker) ?? tiles.find(isNamed)
}
