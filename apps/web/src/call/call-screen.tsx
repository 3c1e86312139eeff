import { useId, useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import { StateCard } from "../state/state-card.tsx"
import { useTitle } from "../ui/use-title.ts"
import type { CallView } from "../view/call.ts"
import type { RoomActions } from "../view/room.ts"
import type { RulesView } from "../view/rules.ts"
import type { SecurityView } from "../view/security.ts"
import type { StatisticsSource } from "../view/statistics.ts"
import { Asked } from "./asked.tsx"
import { DoorPrompt } from "./door-prompt.tsx"
import { Empty } from "./empty.tsx"
import { Faces } from "./faces.tsx"
import type { MoreParts } from "./more-menu.tsx"
import { Notice } from "./notice.tsx"
import { PeoplePanel } from "./people-panel.tsx"
import { RulesPanel } from "./rules-panel.tsx"
import { SecurityPanel } from "./security-panel.tsx"
import { SharedScreen } from "./share.tsx"
import { StatisticsPanel } from "./statistics-panel.tsx"
import { Strip, type PanelName, type StripMenu } from "./strip.tsx"
import "../styles/call.css"
import "../styles/tile.css"
import "../styles/panel.css"

interface CallProps {
  readonly call: CallView
  readonly security: SecurityView
  readonly rules: RulesView
  /** For the panel that shows them (view/statistics.ts). */
  readonly statistics: StatisticsSource
  readonly actions: RoomActions
  /** Which panel is open at first. Later ones are the person's own business, so no view says it. */
  readonly firstPanel?: PanelName
  /** Whose details, or whose menu, are open at first. */
  readonly firstPerson?: string
  readonly firstMenu?: string
  readonly firstStripMenu?: StripMenu
}

/** What the stage and the settings put into "More". */
const more: MoreParts = {}

/** The call: faces on the stage, one panel beside them, the strip below. */
export function CallScreen(props: CallProps) {
  const { call, security, rules, statistics, actions, firstPanel, firstPerson, firstMenu, firstStripMenu } = props
  const say = useWords()
  const panelId = useId()
  const [panel, open] = useState(firstPanel)
  const [person, show] = useState(firstPerson)
  const close = () => {
    open(undefined)
    show(undefined)
  }
  const toggle = (name: PanelName) => {
    show(undefined)
    open(panel === name ? undefined : name)
  }
  const details = (id: string) => {
    show(id)
    open("security")
  }
  useTitle(`${call.topic ?? say("call.untitled")} · ${say("app.name")}`)
  const shared = { id: panelId, onClose: close, takesFocus: panel !== firstPanel }
  const isDoorInPanel = panel === "people"
  return (
    <div className="call">
      <main className="stage" aria-label={say(call.shares.length === 0 ? "call.people" : "call.people-and-share")}>
        <Stage call={call} actions={actions} />
      </main>
      {panel === "people" && (
        <PeoplePanel
          {...shared}
          view={security}
          door={call.door}
          hands={call.hands}
          canModerate={call.canModerate}
          actions={actions.people}
          callActions={actions.call}
          doorActions={actions.door}
          onDetails={details}
          {...(firstMenu !== undefined && { firstMenu })}
        />
      )}
      {panel === "security" && (
        <SecurityPanel
          {...shared}
          view={security}
          seal={call.seal}
          person={person}
          onPerson={show}
          actions={actions.security}
          onLeave={actions.call.leave}
        />
      )}
      {panel === "rules" && <RulesPanel {...shared} view={rules} actions={actions.rules} />}
      {panel === "statistics" && <StatisticsPanel {...shared} source={statistics} />}
      <div className="notices">
        <Asked call={call} actions={actions.call} isAlone={call.notices.length === 0} />
        <Notice notices={call.notices} actions={actions.call} />
        <DoorPrompt door={isDoorInPanel ? [] : call.door} actions={actions.door} onMore={() => open("people")} />
      </div>
      <Strip view={call} actions={actions.call} panel={panel} panelId={panelId} toggle={toggle} more={more} firstMenu={firstStripMenu} />
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
  const share = call.shares.at(-1)
  if (share !== undefined) return <SharedScreen share={share} tiles={call.tiles} />
  if (call.tiles.length === 0) return <Empty onCopyLink={actions.call.copyLink} />
  return <Faces tiles={call.tiles} />
}
