import { Mic, MicOff, Video as Camera, VideoOff } from "lucide-react"
import type { ReactNode } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import { Control } from "../ui/control.tsx"
import { Video } from "../ui/video.tsx"
import type { LobbyView } from "../view/lobby.ts"
import type { LobbyProps } from "./lobby-props.ts"
import { Meter } from "./meter.tsx"

/** The mirror, the microphone's level, and the two switches. */
export function Preview({ view, actions }: LobbyProps) {
  const say = useWords()
  const { camera, microphone } = view
  return (
    <section className="preview" aria-label={say("lobby.preview")}>
      <div className="mirror">
        {view.picture !== undefined && camera.state === "on" ? (
          <Video picture={view.picture} label={say("lobby.picture")} isMirrored />
        ) : (
          <NoPicture view={view} say={say}>
            <button type="button" className="button" onClick={actions.askAgain}>
              {say("lobby.try-again")}
            </button>
          </NoPicture>
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
    </section>
  )
}

/** Why there is no picture: what happened, what it means, what to do (look.md, voice 1). */
function NoPicture({ view, say, children }: { view: LobbyView; say: Say; children: ReactNode }) {
  const { state } = view.camera
  switch (state) {
    case "on":
      return <p role="status">{say("lobby.starting")}</p>
    case "off":
      return <p>{say("lobby.camera-off")}</p>
    case "asking":
      return <p role="status">{say("lobby.asking")}</p>
    case "denied":
    case "missing":
    case "busy":
      return (
        <div role="alert">
          <VideoOff className="icon big" aria-hidden="true" />
          <h2>{say(`lobby.camera-${state}`)}</h2>
          <p>{say(`lobby.camera-${state}-todo`)}</p>
          {children}
        </div>
      )
  }
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
