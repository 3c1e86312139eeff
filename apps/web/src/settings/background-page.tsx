import { useWords } from "../i18n/use-words.ts"
import { BackgroundPicker } from "../lobby/background-picker.tsx"
import { settings } from "../session/settings-store.ts"
import type { LobbyActions } from "../view/lobby.ts"
import type { SettingsDevices } from "../view/room.ts"
import { noises } from "../view/settings.ts"
import { Group, OneOf } from "./parts.tsx"
import { useSettings } from "./use-settings.ts"

interface BackgroundProps {
  readonly devices: SettingsDevices
  readonly actions: LobbyActions
}

/** What is behind this person, and what is taken out of the sound: before anything is sealed, on this device. */
export function BackgroundPage({ devices, actions }: BackgroundProps) {
  const say = useWords()
  const { noise } = useSettings()
  return (
    <>
      <Group title={say("preparing.background")}>
        <BackgroundPicker background={devices.background} actions={actions} />
      </Group>
      <OneOf
        title={say("preparing.noise")}
        names={noises}
        chosen={noise}
        label={(name) => say(`preparing.noise-${name}`)}
        onChoose={(chosen) => settings.change({ noise: chosen })}
      />
      {noise !== "off" && <p className="note">{say(`preparing.noise-${noise}-what`)}</p>}
    </>
  )
}
