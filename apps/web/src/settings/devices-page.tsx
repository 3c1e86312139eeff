import { useWords } from "../i18n/use-words.ts"
import { Choice } from "../lobby/devices.tsx"
import { settings } from "../session/settings-store.ts"
import { catalogue, keyOf } from "../shortcuts/catalogue.ts"
import { capsOf } from "../shortcuts/keys.ts"
import { isMac } from "../shortcuts/is-mac.ts"
import type { LobbyActions } from "../view/lobby.ts"
import type { SettingsDevices } from "../view/room.ts"
import { Group, Switch } from "./parts.tsx"
import { useSettings } from "./use-settings.ts"

interface DevicesProps {
  readonly devices: SettingsDevices
  readonly actions: LobbyActions
}

/** Which devices, and how one goes in. */
export function DevicesPage({ devices, actions }: DevicesProps) {
  const say = useWords()
  const { isMutedOnJoin, isCameraOffOnJoin } = useSettings()
  const { speaker } = devices
  return (
    <>
      <section className="choices">
        <Choice label={say("lobby.camera")} {...devices.camera} choose={actions.chooseCamera} />
        <Choice label={say("lobby.microphone")} {...devices.microphone} choose={actions.chooseMicrophone} />
        {speaker !== undefined && (
          <Choice label={say("lobby.speaker")} {...speaker} choose={actions.chooseSpeaker}>
            <button type="button" className="button" disabled={speaker.isTesting} onClick={actions.testSpeaker}>
              {say(speaker.isTesting ? "lobby.testing" : "lobby.test")}
            </button>
          </Choice>
        )}
      </section>
      <Group title={say("settings.joining")}>
        <Switch label={say("settings.muted-on-join")} isOn={isMutedOnJoin} onChange={(to) => settings.change({ isMutedOnJoin: to })} />
        <Switch
          label={say("settings.camera-off-on-join")}
          isOn={isCameraOffOnJoin}
          onChange={(to) => settings.change({ isCameraOffOnJoin: to })}
        />
      </Group>
      <TalkingByKey />
    </>
  )
}

/** Push to talk, with the key it has now. */
function TalkingByKey() {
  const say = useWords()
  const { isPushToTalk, keys } = useSettings()
  const talk = catalogue.find(({ name }) => name === "push-to-talk")
  const key = talk === undefined ? "" : keyOf(talk, keys)
  const note = key === "" ? say("settings.push-to-talk-none") : say("settings.push-to-talk-what", { key: capsOf(key, isMac()).join(" ") })
  return (
    <section>
      <Switch
        label={say("settings.push-to-talk")}
        note={note}
        isOn={isPushToTalk}
        onChange={(to) => settings.change({ isPushToTalk: to })}
      />
    </section>
  )
}
