import { useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { OwnDeviceView } from "../view/security.ts"
import { Ask } from "./ask.tsx"

/** This person's devices: one that is not known, or lost, is told to everyone here (D19, D21). */
export function OwnDevices({ devices, onRevoke }: { devices: readonly OwnDeviceView[]; onRevoke: (id: string) => void }) {
  const say = useWords()
  const [lost, ask] = useState<OwnDeviceView>()
  if (devices.length === 0) return null
  return (
    <section aria-labelledby="own-devices">
      <h3 id="own-devices">{say("devices.title")}</h3>
      <ul className="roster">
        {devices.map((device) => (
          <li className="person" key={device.id}>
            <span className="name">
              <code>{device.label}</code>
            </span>
            <span className="sub">{say(stateOf(device))}</span>
            {!device.isThis && !device.isLost && (
              <span className="go">
                <button
                  type="button"
                  className="button"
                  aria-label={say("devices.revoke-name", { name: device.label })}
                  onClick={() => ask(device)}
                >
                  {say("devices.revoke")}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {lost !== undefined && (
        <Ask
          title={say("devices.revoke-title")}
          yes={say("devices.revoke-yes")}
          no={say("devices.keep")}
          isDanger
          onAnswer={(isYes) => {
            if (isYes) onRevoke(lost.id)
            ask(undefined)
          }}
        >
          {say("devices.revoke-what")}
        </Ask>
      )}
    </section>
  )
}

function stateOf({ isThis, isHere, isLost }: OwnDeviceView) {
  if (isLost) return "devices.lost"
  if (isThis) return "devices.this"
  return isHere ? "devices.here" : "devices.away"
}
