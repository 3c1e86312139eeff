import { Ear, Mic, MicOff, Video as Camera, VideoOff } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import { useSettings } from "../settings/use-settings.ts"
import { Control } from "../ui/control.tsx"
import type { DeviceState } from "../view/device.ts"

interface DeviceProps {
  readonly state: DeviceState
  readonly onPress: () => void
  /** The rules keep it shut (D4.13); a press says what to do. */
  readonly isListener?: boolean
}

/** `isPushedToTalk`: the key is held. With push to talk on, the word of a microphone that is off says which key (L35). */
export function MicrophoneControl({
  state,
  onPress,
  isListener = false,
  isPushedToTalk = false,
}: DeviceProps & { isPushedToTalk?: boolean }) {
  const say = useWords()
  const settings = useSettings()
  if (isListener)
    return (
      <Control icon={Ear} look="on" onPress={onPress}>
        {say("call.listening")}
      </Control>
    )
  const words = {
    asking: "call.microphone-off",
    on: "call.microphone-on",
    off: "call.microphone-off",
    denied: "call.microphone-blocked",
    busy: "call.microphone-blocked",
    missing: "call.microphone-none",
  } as const
  const pushed =
    settings.isPushToTalk && state === "off" ? say("doings.push-hold", { key: settings.keys["push-to-talk"] ?? "Space" }) : undefined
  return (
    <Control icon={state === "on" ? Mic : MicOff} look={state === "on" ? "on" : "off"} onPress={onPress}>
      {isPushedToTalk ? say("doings.push-talking") : (pushed ?? say(words[state]))}
    </Control>
  )
}

/** The state is in the name for everyone; narrow strips hide the word, the struck sign stays. */
export function CameraControl({ state, onPress, isListener = false }: DeviceProps) {
  const say = useWords()
  const words = {
    asking: "call.off",
    on: "call.on",
    off: "call.off",
    denied: "call.blocked",
    busy: "call.blocked",
    missing: "call.none",
  } as const
  const isOn = state === "on" && !isListener
  return (
    <Control icon={isOn ? Camera : VideoOff} look={isOn ? "on" : "off"} onPress={onPress}>
      {say("call.camera")}
      <span className="wide"> {say(isListener ? "call.off" : words[state])}</span>
    </Control>
  )
}
