import { ChevronDown, ChevronRight } from "lucide-react"
import { useId, useState, type ReactNode } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { DeviceChoice } from "../view/device.ts"
import type { LobbyProps } from "./lobby-props.ts"
import { useIsWide } from "./use-is-wide.ts"

/** Which camera, microphone and speaker. Folded on a phone, where there is seldom a choice. */
export function Devices({ view, actions }: LobbyProps) {
  const say = useWords()
  const isWide = useIsWide()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="devices" open={isWide || isOpen} onToggle={(event) => isWide || setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight className="icon s" aria-hidden="true" />
        {say("lobby.devices")}
      </summary>
      <Choice label={say("lobby.camera")} {...view.camera} choose={actions.chooseCamera} />
      <Choice label={say("lobby.microphone")} {...view.microphone} choose={actions.chooseMicrophone} />
      {view.speaker !== undefined && (
        <Choice label={say("lobby.speaker")} {...view.speaker} choose={actions.chooseSpeaker}>
          <button type="button" className="button" disabled={view.speaker.isTesting} onClick={actions.testSpeaker}>
            {say(view.speaker.isTesting ? "lobby.testing" : "lobby.test")}
          </button>
        </Choice>
      )}
    </details>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly choices: readonly DeviceChoice[]
  readonly chosen?: string
  readonly choose: (id: string) => void
  readonly children?: ReactNode
}

/** One kind of device, to be chosen by name. */
export function Choice({ label, choices, chosen, choose, children }: ChoiceProps) {
  const say = useWords()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="with-test">
        <span className="select">
          <select
            className="input"
            id={id}
            value={chosen ?? ""}
            disabled={choices.length === 0}
            onChange={(event) => choose(event.target.value)}
          >
            {!choices.some((choice) => choice.id === chosen) && <option value="">{say("lobby.device-default")}</option>}
            {choices.map((choice, index) => (
              <option key={choice.id} value={choice.id}>
                {choice.label === "" ? say("lobby.device-unnamed", { number: index + 1 }) : choice.label}
              </option>
            ))}
          </select>
          <ChevronDown className="icon s" aria-hidden="true" />
        </span>
        {children}
      </div>
    </div>
  )
}
