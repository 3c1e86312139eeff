import { ChevronRight, Mic, MicOff, Video as Camera, VideoOff } from "lucide-react"
import { lazy, Suspense, useState, type ReactNode } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import { Control } from "../ui/control.tsx"
import { Video } from "../ui/video.tsx"
import type { LobbyView } from "../view/lobby.ts"
import type { LobbyProps } from "./lobby-props.ts"
import { Meter } from "./meter.tsx"

// Scenes come when somebody looks for them: the form is there sooner (L61).
const BackgroundPicker = lazy(() => import("./background-picker.tsx").then((module) => ({ default: module.BackgroundPicker })))

/** The mirror, the microphone's level, and the two switches. */
export function Preview({ view, actions }: LobbyProps) {
  const say = useWords()
  const { camera, microphone } = view
  return (
    <section className="preview" aria-label={say("lobby.preview")}>
      <div className="mirror">
        {view.picture !== undefined && camera.state === "on" && view.background.state !== "starting" ? (
          <Video picture={view.picture} label={say("lobby.picture")} isMirrored />
        ) : (
          <NoPicture view={view} say={say} actions={actions} />
        )}
      </div>
      <div className="under">
        <Hearing view={view} say={say} />
        <div className="controls">
          <Control
            icon={microphone.state === "on" ? Mic : MicOff}
            look={microphone.state === "on" ? "on" : "off"}
            onPress={actions.toggleMicrophone}
          >
            {say(microphone.state === "on" ? "call.microphone-on" : "call.microphone-off")}
          </Control>
          <Control
            icon={camera.state === "on" ? Camera : VideoOff}
            look={camera.state === "on" ? "on" : "off"}
            onPress={actions.toggleCamera}
          >
            {say("call.camera")}
            <span className="wide"> {say(camera.state === "on" ? "call.on" : "call.off")}</span>
          </Control>
        </div>
      </div>
      <Behind view={view} actions={actions} />
    </section>
  )
}

/** Folded where nothing was chosen: most show their room. */
function Behind({ view, actions }: LobbyProps) {
  const say = useWords()
  const [isOpen, setOpen] = useState(view.background.chosen.kind !== "none")
  return (
    <details className="background" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight className="icon s" aria-hidden="true" />
        {say("preparing.background")}
      </summary>
      {isOpen && (
        <Suspense>
          <BackgroundPicker background={view.background} actions={actions} />
        </Suspense>
      )}
    </details>
  )
}

interface NoPictureProps extends LobbyProps {
  readonly say: Say
}

/** Why there is no picture: what happened, what it means, what to do (look.md, voice 1). */
function NoPicture({ view, actions, say }: NoPictureProps) {
  const { camera, background, browser } = view
  switch (camera.state) {
    case "on":
      return <p role="status">{say(background.state === "starting" ? "preparing.background-starting" : "lobby.starting")}</p>
    case "off":
      if (isUncovered(background))
        return (
          <Trouble title={say("preparing.background-failed")} todo={say("preparing.background-failed-todo")}>
            <button type="button" className="button" onClick={actions.toggleCamera}>
              {say("lobby.try-again")}
            </button>
          </Trouble>
        )
      return <p>{say("lobby.camera-off")}</p>
    case "asking":
      return <p role="status">{say("lobby.asking")}</p>
    case "denied":
    case "missing":
    case "busy": {
      const todo = camera.state === "denied" ? say(`preparing.allow-${browser}`) : say(`lobby.camera-${camera.state}-todo`)
      return (
        <Trouble title={say(`lobby.camera-${camera.state}`)} todo={todo}>
          <button type="button" className="button" onClick={actions.askAgain}>
            {say("lobby.try-again")}
          </button>
          <button type="button" className="button quiet" onClick={actions.goOnWithSound}>
            {say("preparing.sound-only")}
          </button>
        </Trouble>
      )
    }
  }
}

/** L71: a background was chosen, and this device cannot put it there. */
const isUncovered = ({ state, chosen }: LobbyView["background"]): boolean =>
  state === "failed" || (state === "unavailable" && chosen.kind !== "none")

function Trouble({ title, todo, children }: { readonly title: string; readonly todo: string; readonly children: ReactNode }) {
  return (
    <div role="alert">
      <VideoOff className="icon big" aria-hidden="true" />
      <h2>{title}</h2>
      <p>{todo}</p>
      <div className="ways-on">{children}</div>
    </div>
  )
}

/** A level where there is one; else a sentence, never an empty bar. */
function Hearing({ view, say }: { view: LobbyView; say: Say }) {
  const { state } = view.microphone
  if (state === "on" && view.level !== undefined) return <Meter level={view.level} />
  const words = {
    on: "lobby.no-level",
    off: "lobby.microphone-off",
    asking: "lobby.microphone-asking",
    denied: "lobby.microphone-denied",
    missing: "lobby.microphone-missing",
    busy: "lobby.microphone-busy",
  } as const
  const isTrouble = state === "denied" || state === "missing" || state === "busy"
  return (
    <p className="hear small soft" role={isTrouble ? "alert" : "status"}>
      {say(words[state])}
    </p>
  )
}
