import { Link, LogOut, Mic, MicOff, MonitorUp, MonitorX, Users, Video as Camera, VideoOff } from "lucide-react"
import { Toolbar } from "react-aria-components/Toolbar"
import type { Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import { Control } from "../ui/control.tsx"
import { Video } from "../ui/video.tsx"
import type { CallActions, CallView } from "../view/call.ts"
import type { DeviceState } from "../view/device.ts"
import { newsText } from "./news.ts"
import { Seal } from "./seal.tsx"
import { Initials } from "./tile.tsx"

export type PanelName = "people" | "security"

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
        <MicrophoneControl state={view.microphone.state} onPress={actions.toggleMicrophone} />
        <CameraControl state={view.camera.state} onPress={actions.toggleCamera} />
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

function MicrophoneControl({ state, onPress }: { state: DeviceState; onPress: () => void }) {
  const say = useWords()
  const words = {
    asking: "call.microphone-off",
    on: "call.microphone-on",
    off: "call.microphone-off",
    denied: "call.microphone-blocked",
    busy: "call.microphone-blocked",
    missing: "call.microphone-none",
  } as const
  return (
    <Control icon={state === "on" ? Mic : MicOff} look={state === "on" ? "on" : "off"} onPress={onPress}>
      {say(words[state])}
    </Control>
  )
}

/** The state is in the name for everyone; narrow strips hide the word, the struck sign stays. */
function CameraControl({ state, onPress }: { state: DeviceState; onPress: () => void }) {
  const say = useWords()
  const words = {
    asking: "call.off",
    on: "call.on",
    off: "call.off",
    denied: "call.blocked",
    busy: "call.blocked",
    missing: "call.none",
  } as const
  return (
    <Control icon={state === "on" ? Camera : VideoOff} look={state === "on" ? "on" : "off"} onPress={onPress}>
      {say("call.camera")}
      <span className="wide"> {say(words[state])}</span>
    </Control>
  )
}

function ShareControl({ sharing, onPress }: { sharing: CallView["sharing"]; onPress: () => void }) {
  const say = useWords()
  if (sharing === "unavailable") return null
  const words = { off: "call.share", starting: "call.share-starting", on: "call.share-stop" } as const
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
