import { useEffect, useRef, useState } from "react"
import type { PanelName } from "../call/strip.tsx"
import { isNamed } from "../call/tile.tsx"
import type { StageControl } from "../call/use-stage.ts"
import { useWords } from "../i18n/use-words.ts"
import { openSettings } from "../settings/open-settings.ts"
import type { CallActions, CallView } from "../view/call.ts"
import { layouts } from "../view/settings.ts"
import { useShortcuts, type ShortcutHandlers } from "./use-shortcuts.ts"

interface CallShortcutsProps {
  readonly call: CallView
  readonly actions: CallActions
  readonly stage: StageControl
  readonly toggle: (panel: PanelName) => void
}

/** The keys of a call. Draws nothing; what a key changed out of sight of the focus is read out (L55). */
export function CallShortcuts({ call, actions, stage, toggle }: CallShortcutsProps) {
  const [said, note] = useSaying(call)
  useShortcuts({
    ...devices(call, actions, note),
    ...view(call, stage, toggle),
    people: () => toggle("people"),
    hand: () => actions.raiseHand(!call.hands.some(({ isSelf }) => isSelf)),
    "react-thumbs-up": () => actions.react("thumbs-up"),
    "react-clap": () => actions.react("clap"),
    "react-laugh": () => actions.react("laugh"),
    "react-surprise": () => actions.react("surprise"),
    "react-heart": () => actions.react("heart"),
    "react-celebrate": () => actions.react("celebrate"),
  })
  return (
    <p className="hidden-text" role="status">
      {said}
    </p>
  )
}

function devices(call: CallView, actions: CallActions, note: (what: Pressed) => void): ShortcutHandlers {
  return {
    microphone: () => {
      note("microphone")
      actions.toggleMicrophone()
    },
    camera: () => {
      note("camera")
      actions.toggleCamera()
    },
    "push-to-talk": actions.pushToTalk,
    share: actions.toggleShare,
    "audio-only": () => {
      note("audio-only")
      actions.setAudioOnly(!call.isAudioOnly)
    },
    // The control itself: it asks a host what is meant.
    leave: () => document.querySelector<HTMLElement>(".strip .control.leave")?.click(),
  }
}

function view(call: CallView, stage: StageControl, toggle: (panel: PanelName) => void): ShortcutHandlers {
  const togglePin = (id: string) => {
    const isPinned = stage.pinned?.kind === "person" && stage.pinned.id === id
    stage.pin(isPinned ? undefined : { kind: "person", id })
  }
  return {
    layout: () => stage.setLayout(layouts[(layouts.indexOf(stage.layout) + 1) % layouts.length] ?? "grid"),
    "full-screen": () => stage.full.can && stage.full.toggle(),
    faces: stage.toggleFaces,
    "pin-self": () => togglePin(call.selfId),
    place: (place) => {
      const tile = call.tiles[place - 1]
      if (tile !== undefined && isNamed(tile)) togglePin(tile.id)
    },
    statistics: () => toggle("statistics"),
    toolbar: () => document.querySelector<HTMLElement>(".strip .controls button")?.focus(),
    help: () => openSettings("help"),
  }
}

type Pressed = "microphone" | "camera" | "audio-only"

/** Says how a device is once it has changed because of a key: the key alone promises nothing. */
function useSaying(call: CallView): [string, (what: Pressed) => void] {
  const say = useWords()
  const pressed = useRef<Pressed>(undefined)
  const [said, speak] = useState("")
  const states = {
    microphone: call.microphone.state === "on" ? say("call.microphone-on") : say("call.microphone-off"),
    camera: `${say("call.camera")}: ${say(call.camera.state === "on" ? "call.on" : "call.off")}`,
    "audio-only": `${say("doings.audio-only")}: ${say(call.isAudioOnly ? "call.on" : "call.off")}`,
  }
  const before = useRef(states)
  useEffect(() => {
    const what = pressed.current
    if (what !== undefined && before.current[what] !== states[what]) {
      speak(states[what])
      pressed.current = undefined
    }
    before.current = states
    // Each text stands for one state, so that these three say when anything changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [states.microphone, states.camera, states["audio-only"]])
  return [said, (what) => (pressed.current = what)]
}
