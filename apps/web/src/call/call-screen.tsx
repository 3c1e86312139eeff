import { useCallback, useId, useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import { openSettings } from "../settings/open-settings.ts"
import { CallShortcuts } from "../shortcuts/call-shortcuts.tsx"
import { AriaLocale } from "../ui/aria-locale.tsx"
import { useTitle } from "../ui/use-title.ts"
import type { CallView } from "../view/call.ts"
import type { RoomActions } from "../view/room.ts"
import type { RulesView } from "../view/rules.ts"
import type { SecurityView } from "../view/security.ts"
import type { StatisticsSource } from "../view/statistics.ts"
import { Asked } from "./asked.tsx"
import { DoorPrompt } from "./door-prompt.tsx"
import { FloatingCall } from "./floating.tsx"
import { LayoutChoice } from "./layout-choice.tsx"
import type { MoreParts } from "./more-menu.tsx"
import { Notice } from "./notice.tsx"
import { PeoplePanel } from "./people-panel.tsx"
import { RulesPanel } from "./rules-panel.tsx"
import { SecurityPanel } from "./security-panel.tsx"
import { StatisticsPanel } from "./statistics-panel.tsx"
import { Stage } from "./stage.tsx"
import { Strip, type PanelName, type StripMenu } from "./strip.tsx"
import { Showing } from "./use-shown.tsx"
import { useStage, type StageControl, type StageStart } from "./use-stage.ts"
import "../styles/call.css"
import "../styles/tile.css"
import "../styles/stage.css"
import "../styles/dialog.css"
import "../styles/panel.css"
import "../styles/switch.css"

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
  /** How this person looks at it at first. */
  readonly firstStage?: StageStart
}

/** The call: faces on the stage, one panel beside them, the strip below. */
export function CallScreen(props: CallProps) {
  const { call, security, rules, statistics, actions, firstPanel, firstPerson, firstMenu, firstStripMenu, firstStage } = props
  const say = useWords()
  const panelId = useId()
  const [panel, open] = useState(firstPanel)
  const [person, show] = useState(firstPerson)
  const stage = useStage(firstStage)
  const close = () => {
    open(undefined)
    show(undefined)
  }
  const toggle = (name: PanelName) => {
    show(undefined)
    open(panel === name ? undefined : name)
  }
  const details = useCallback((id: string) => {
    show(id)
    open("security")
  }, [])
  useTitle(`${call.topic ?? say("call.untitled")} · ${say("app.name")}`)
  const shared = { id: panelId, onClose: close, takesFocus: panel !== firstPanel }
  const isDoorInPanel = panel === "people"
  return (
    <AriaLocale>
      <div className="call">
        <Showing show={actions.call.show}>
          <Stage call={call} actions={actions} stage={stage} details={details} />
          {stage.floating.window !== undefined && (
            <FloatingCall call={call} actions={actions.call} pinned={stage.pinned} window={stage.floating.window} />
          )}
        </Showing>
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
        <Strip
          view={call}
          actions={actions.call}
          panel={panel}
          panelId={panelId}
          toggle={toggle}
          more={moreOf(stage)}
          stage={stage}
          firstMenu={firstStripMenu}
        />
        <CallShortcuts call={call} actions={actions.call} stage={stage} toggle={toggle} />
      </div>
    </AriaLocale>
  )
}

/** What the stage puts into "More": only what this browser can do. */
const moreOf = ({ layout, setLayout, floating, full }: StageControl): MoreParts => ({
  layouts: <LayoutChoice layout={layout} onChoose={setLayout} />,
  ...(floating.can && { pictureInPicture: floating.toggle }),
  settings: () => openSettings(),
  shortcuts: () => openSettings("help"),
  ...(full.can && { fullScreen: { isOn: full.is, toggle: full.toggle } }),
})
