import { useId, useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import { StateCard } from "../state/state-card.tsx"
import { useTitle } from "../ui/use-title.ts"
import type { CallView } from "../view/call.ts"
import type { RoomActions } from "../view/room.ts"
import type { SecurityView } from "../view/security.ts"
import { Empty } from "./empty.tsx"
import { Faces } from "./faces.tsx"
import { Notice } from "./notice.tsx"
import { PeoplePanel } from "./people-panel.tsx"
import { SecurityPanel } from "./security-panel.tsx"
import { SharedScreen } from "./share.tsx"
import { Strip, type PanelName } from "./strip.tsx"
import "../styles/call.css"
import "../styles/tile.css"
import "../styles/panel.css"

interface CallProps {
  readonly call: CallView
  readonly security: SecurityView
  readonly actions: RoomActions
  /** Which panel is open at first. Later ones are the person's own business, so no view says it. */
  readonly firstPanel?: PanelName
}

/** The call: faces on the stage, one panel beside them, the strip below. */
export function CallScreen({ call, security, actions, firstPanel }: CallProps) {
  const say = useWords()
  const panelId = useId()
  const [panel, open] = useState(firstPanel)
  const toggle = (name: PanelName) => open(panel === name ? undefined : name)
  const close = () => open(undefined)
  useTitle(`${call.topic ?? say("call.untitled")} · ${say("app.name")}`)
  const shared = { id: panelId, view: security, onClose: close, takesFocus: panel !== firstPanel }
  return (
    <div className="call">
      <main className="stage" aria-label={say(call.share === undefined ? "call.people" : "call.people-and-share")}>
        <Stage call={call} actions={actions} />
      </main>
      {panel === "people" && <PeoplePanel {...shared} onCopyLink={actions.call.copyLink} onRemove={actions.security.remove} />}
      {panel === "security" && <SecurityPanel {...shared} seal={call.seal} actions={actions.security} onLeave={actions.call.leave} />}
      <Notice notices={call.notices} actions={actions.call} />
      <Strip view={call} actions={actions.call} panel={panel} panelId={panelId} toggle={toggle} />
    </div>
  )
}

function Stage({ call, actions }: { call: CallView; actions: RoomActions }) {
  if (call.interruption !== undefined)
    return (
      <div className="interruption">
        <StateCard view={call.interruption} actions={actions.state} heading={2} />
      </div>
    )
  if (call.share !== undefined) return <SharedScreen share={call.share} tiles={call.tiles} />
  if (call.tiles.length === 0) return <Empty onCopyLink={actions.call.copyLink} />
  return <Faces tiles={call.tiles} />
}
