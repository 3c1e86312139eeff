import { useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import { settings } from "../session/settings-store.ts"
import { askForNotices, mayNotify } from "../sounds/notices.ts"
import { playSound } from "../sounds/sounds.ts"
import type { Settings } from "../view/settings.ts"
import { Group, Switch } from "./parts.tsx"
import { useSettings } from "./use-settings.ts"

type Sound = keyof Settings["sounds"]
const sounds: readonly Sound[] = ["comings", "door", "hands", "ends"]
const heard = { comings: "came", door: "door", hands: "hand", ends: "ended" } as const

/** What is heard, and what the system shows while the page is not looked at. */
export function SoundsPage() {
  const say = useWords()
  const chosen = useSettings().sounds
  return (
    <>
      <Group title={say("settings.sounds")}>
        <p>{say("settings.sounds-what")}</p>
        {sounds.map((sound) => {
          const label = say(`settings.sound.${sound}`)
          return (
            <div key={sound} className="with-listen">
              <Switch
                label={label}
                {...(sound === "comings" && { note: say("settings.sound.comings-what") })}
                isOn={chosen[sound]}
                onChange={(to) => settings.change({ sounds: { ...chosen, [sound]: to } })}
              />
              <button
                type="button"
                className="link"
                aria-label={say("settings.sound-try-name", { name: label })}
                onClick={() => playSound(heard[sound])}
              >
                {say("settings.sound-try")}
              </button>
            </div>
          )
        })}
      </Group>
      <Notices />
    </>
  )
}

/** L59: the browser asks for leave when the switch is pressed, and at no other time. */
function Notices() {
  const say = useWords()
  const { hasNotifications } = useSettings()
  const [permission, setPermission] = useState(mayNotify)
  const change = async (to: boolean) => {
    const answer = to ? await askForNotices() : permission
    setPermission(answer)
    settings.change({ hasNotifications: to && answer === "granted" })
  }
  return (
    <Group title={say("settings.notices")}>
      {permission === "missing" ? (
        <p>{say("settings.notifications-missing")}</p>
      ) : (
        <Switch
          label={say("settings.notifications")}
          note={say("settings.notifications-what")}
          isOn={hasNotifications && permission === "granted"}
          onChange={(to) => void change(to)}
        />
      )}
      <p className="trouble" role="status">
        {permission === "denied" && say("settings.notifications-refused")}
      </p>
    </Group>
  )
}
