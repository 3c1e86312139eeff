import { Link, LogOut, MonitorUp, MonitorX, SlidersHorizontal, Users } from "lucide-react"
import { Toolbar } from "react-aria-components/Toolbar"
import type { Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import { Control } from "../ui/control.tsx"
import { Video } from "../ui/video.tsx"
import type { CallActions, CallView } from "../view/call.ts"
import { CameraControl, MicrophoneControl } from "./device-controls.tsx"
import { newsText } from "./news.ts"
import { Seal } from "./seal.tsx"
import { Initials } from "./tile.tsx"

export type PanelName = "people" | "security" | "rules"

interface StripProps {
  readonly view: CallView
  readonly actions: CallActions
  readonly panel: PanelName | undefined
  readonly panelId: string
  readonly toggle: (panel: PanelName) => void
}

/** Where you are, what you can do, yourself. */
export function Strip({ view, actions, panel, panelId, toggle }: StripProps) {
  const say = useWords()
  const isListener = view.role === "listener"
  return (
    <footer className="strip">
      <div className="where">
        <h1 className="room" dir="auto">
          {view.topic ?? say("call.untitled")}
        </h1>
        <Seal seal={view.seal} isOpen={panel === "security"} panelId={panelId} onPress={() => toggle("security")} />
        {view.news !== undefined && (
          <p className="news narrow" aria-hidden="true">
            {newsText(view.news, say)}
          </p>
        )}
      </div>
      <Toolbar className="controls" aria-label={say("call.controls")}>
        <MicrophoneControl state={view.microphone.state} onPress={actions.toggleMicrophone} isListener={isListener} />
        <CameraControl state={view.camera.state} onPress={actions.toggleCamera} isListener={isListener} />
        <ShareControl sharing={view.sharing} onPress={actions.toggleShare} />
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
        <Control
          icon={SlidersHorizontal}
          look={panel === "rules" ? "open" : "on"}
          isExpanded={panel === "rules"}
          controls={panelId}
          onPress={() => toggle("rules")}
        >
          {say("call.room-button")}
        </Control>
        <Control icon={Link} className="tight" onPress={actions.copyLink}>
          {say("call.link")}
        </Control>
        <Control icon={LogOut} className="apart" look="leave" onPress={actions.leave}>
          {say("call.leave")}
        </Control>
      </Toolbar>
      <Me view={view} say={say} />
    </footer>
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
function Me({ view, say }: { view: CallView; say: Say }) {
  return (
    <div className="me">
      <p className={view.news === undefined ? "hidden-text" : "news"} role="status">
        {view.news !== undefined && <span key={view.news.id}>{newsText(view.news, say)}</span>}
      </p>
      {view.news === undefined && (
        <time className="clock" dateTime={`PT${view.minutes}M`}>
          {say("call.minutes", { count: view.minutes })}
        </time>
      )}
      <div className="self">
        {view.self.picture === undefined ? (
          <>
            <Initials name={view.self.name} />
            <span className="hidden-text">{say("call.self-off")}</span>
          </>
        ) : (
          <Video picture={view.self.picture} label={say("call.self")} isMirrored />
        )}
      </div>
    </div>
  )
}
