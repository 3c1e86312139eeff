import { Hand, MonitorUp, MonitorX, Users } from "lucide-react"
import { Toolbar } from "react-aria-components/Toolbar"
import { useWords } from "../i18n/use-words.ts"
import { Control } from "../ui/control.tsx"
import type { CallActions, CallView } from "../view/call.ts"
import { clockText } from "./clock.ts"
import { CameraControl, MicrophoneControl } from "./device-controls.tsx"
import { LeaveControl } from "./leave-control.tsx"
import { MoreControl, type MoreParts } from "./more-menu.tsx"
import { newsText } from "./news.ts"
import { ReactionsControl } from "./reactions-menu.tsx"
import { Seal } from "./seal.tsx"
import { SelfView } from "./self-view.tsx"
import type { StageControl } from "./use-stage.ts"
import { useWindow } from "./use-window.ts"

export type PanelName = "people" | "security" | "rules" | "statistics"

/** What of the strip is open from the start, for the gallery. */
export type StripMenu = "more" | "reactions" | "leave"

/** CSS pixels. Narrower, the reactions stand in "More"; narrower still, sharing too (L30). */
const width = { reactions: 1100, share: 640 }

interface StripProps {
  readonly view: CallView
  readonly actions: CallActions
  readonly panel: PanelName | undefined
  readonly panelId: string
  readonly toggle: (panel: PanelName) => void
  readonly more: MoreParts
  readonly stage: StageControl
  readonly firstMenu?: StripMenu | undefined
}

/** Where you are, what you can do, yourself. */
export function Strip(props: StripProps) {
  const { view, panel, panelId, toggle } = props
  const say = useWords()
  return (
    <footer className="strip">
      <div className="where">
        <h1 className="room" dir="auto">
          {view.topic ?? say("call.untitled")}
        </h1>
        <Seal seal={view.seal} isOpen={panel === "security"} panelId={panelId} onPress={() => toggle("security")} />
        {view.news !== undefined && (
          <p className="news narrow" aria-hidden="true">
            {newsText(view.news, say, view)}
          </p>
        )}
      </div>
      <Controls {...props} />
      <Me {...props} />
    </footer>
  )
}

function Controls({ view, actions, panel, panelId, toggle, more, firstMenu }: StripProps) {
  const say = useWords()
  const window = useWindow()
  const isListener = view.role === "listener"
  const isUp = view.hands.some(({ isSelf }) => isSelf)
  const [hasReactions, hasShare] = [window.width >= width.reactions, window.width >= width.share]
  return (
    <Toolbar className="controls" aria-label={say("call.controls")}>
      <MicrophoneControl
        state={view.microphone.state}
        onPress={actions.toggleMicrophone}
        isListener={isListener}
        isPushedToTalk={view.isPushedToTalk}
      />
      <CameraControl state={view.camera.state} onPress={actions.toggleCamera} isListener={isListener} />
      {hasShare && <ShareControl sharing={view.sharing} onPress={actions.toggleShare} />}
      <Control icon={Hand} className="apart" look={isUp ? "up" : "on"} onPress={() => actions.raiseHand(!isUp)}>
        {say(isUp ? "doings.hand-down" : "doings.hand")}
      </Control>
      {hasReactions && <ReactionsControl onReact={actions.react} isOpen={firstMenu === "reactions"} />}
      <Control
        icon={Users}
        className="apart"
        look={panel === "people" ? "open" : "on"}
        isExpanded={panel === "people"}
        controls={panelId}
        onPress={() => toggle("people")}
      >
        {say("call.people-button")}
      </Control>
      <MoreControl
        view={view}
        actions={actions}
        parts={more}
        toggle={toggle}
        hasShare={!hasShare}
        hasReactions={!hasReactions}
        isOpen={firstMenu === "more"}
      />
      <LeaveControl
        canEnd={view.role === "host" && view.tiles.length > 0}
        onLeave={actions.leave}
        onEndForAll={actions.endForAll}
        isAsking={firstMenu === "leave"}
      />
    </Toolbar>
  )
}

function ShareControl({ sharing, onPress }: { sharing: CallView["sharing"]; onPress: () => void }) {
  const say = useWords()
  if (sharing === "unavailable") return null
  const words = { "hosts-only": "call.share-hosts", off: "call.share", starting: "call.share-starting", on: "call.share-stop" } as const
  return (
    <Control
      icon={sharing === "on" ? MonitorX : MonitorUp}
      look={sharing === "on" ? "open" : "on"}
      isDisabled={sharing === "starting"}
      onPress={onPress}
    >
      {say(words[sharing])}
    </Control>
  )
}

/** The clock gives its place to what just happened. The spoken line is always there, so that screen readers hear it change. */
function Me({ view, actions, stage }: Pick<StripProps, "view" | "actions" | "stage">) {
  const say = useWords()
  const isSpotlit = view.spotlight === view.selfId
  return (
    <div className="me">
      <p className={view.news === undefined ? "hidden-text" : "news"} role="status">
        {view.news !== undefined && <span key={view.news.id}>{newsText(view.news, say, view)}</span>}
      </p>
      {view.news === undefined && (
        <time className="clock" dateTime={`PT${view.minutes}M`}>
          {clockText(view.minutes, say)}
        </time>
      )}
      <SelfView
        self={view.self}
        selfId={view.selfId}
        stage={stage}
        isSpotlit={isSpotlit}
        {...(view.canModerate && { onSpotlight: () => actions.spotlight(isSpotlit ? undefined : view.selfId) })}
      />
    </div>
  )
}
