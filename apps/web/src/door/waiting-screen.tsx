import { LogOut } from "lucide-react"
import { CameraControl, MicrophoneControl } from "../call/device-controls.tsx"
import type { Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import { Control } from "../ui/control.tsx"
import { initialsOf } from "../ui/initials.ts"
import { Groove } from "../ui/mark.tsx"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import { Video } from "../ui/video.tsx"
import type { CallActions } from "../view/call.ts"
import type { WaitingView } from "../view/door.ts"
import "../styles/waiting.css"

interface WaitingProps {
  readonly view: WaitingView
  readonly actions: Pick<CallActions, "toggleMicrophone" | "toggleCamera" | "leave">
}

/** Outside the door: your own face stands where the key goes. */
export function WaitingScreen({ view, actions }: WaitingProps) {
  const say = useWords()
  const title = say(`waiting.${view.for}`)
  useTitle(`${title} · ${say("app.name")}`)
  return (
    <Page className="waiting" footer={<p>{sinceText(view, say)}</p>}>
      <Door view={view} say={say} />
      <div className="text" role="status">
        <h1>{title}</h1>
        <p className="soft">{whatText(view, say)}</p>
      </div>
      {view.words.length > 0 && (
        <div className="read">
          <p className="small soft" id="door-words">
            {say("waiting.words")}
          </p>
          <ol lang="en" aria-labelledby="door-words">
            {view.words.map((word, index) => (
              // A word may come twice.
              <li key={`${index} ${word}`}>{word}</li>
            ))}
          </ol>
        </div>
      )}
      <div className="controls" role="group" aria-label={say("call.controls")}>
        <MicrophoneControl state={view.microphone.state} onPress={actions.toggleMicrophone} />
        <CameraControl state={view.camera.state} onPress={actions.toggleCamera} />
        <Control icon={LogOut} className="apart" look="leave" onPress={actions.leave}>
          {say("call.leave")}
        </Control>
      </div>
    </Page>
  )
}

function Door({ view, say }: { view: WaitingView; say: Say }) {
  return (
    <div className="doorway">
      <Groove box="2 2.4 22.3 19.2" />
      <div className="pic">
        {view.self.picture === undefined ? (
          <span className="initials" aria-hidden="true">
            {initialsOf(view.self.name)}
          </span>
        ) : (
          <Video picture={view.self.picture} label={say("waiting.self")} isMirrored />
        )}
      </div>
    </div>
  )
}

function whatText({ for: what, topic, isHanded }: WaitingView, say: Say): string {
  if (isHanded && what === "door") return say("entry.door-what")
  return topic === undefined ? say(`waiting.${what}-what`) : say(`waiting.${what}-what-topic`, { topic })
}

/** In steps of ten seconds, then minutes: a line that changes each second draws the eye for nothing. */
function sinceText({ for: what, asked }: WaitingView, say: Say): string {
  const minutes = Math.floor(asked / 60)
  if (what === "host") return minutes < 1 ? say("waiting.since-now") : say("waiting.since-minutes", { count: minutes })
  if (minutes >= 1) return say("waiting.asked-minutes", { count: minutes })
  return asked < 10 ? say("waiting.asked-now") : say("waiting.asked-seconds", { count: asked - (asked % 10) })
}
