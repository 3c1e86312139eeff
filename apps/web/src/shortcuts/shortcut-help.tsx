import { useWords } from "../i18n/use-words.ts"
import { openSettings } from "../settings/open-settings.ts"
import { SettingsSheet } from "../settings/settings-sheet.tsx"
import { useSettings } from "../settings/use-settings.ts"
import { catalogue, keyOf } from "./catalogue.ts"
import { KeyCaps } from "./key-caps.tsx"

const groups = ["devices", "view", "people", "reactions"] as const

/** All keys at one look, as they are now. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const say = useWords()
  const { hasShortcuts } = useSettings()
  return (
    <SettingsSheet title={say("shortcuts.help")} close={say("shortcuts.close")} className="dialog settings help" onClose={onClose}>
      <div className="settings-page" tabIndex={0} role="region" aria-label={say("shortcuts.help")}>
        {!hasShortcuts && <p className="note">{say("shortcuts.are-off")}</p>}
        {groups.map((group) => (
          <HelpGroup key={group} group={group} />
        ))}
      </div>
      <button type="button" className="button" onClick={() => openSettings("shortcuts")}>
        {say("shortcuts.change")}
      </button>
    </SettingsSheet>
  )
}

function HelpGroup({ group }: { readonly group: (typeof groups)[number] }) {
  const say = useWords()
  const { keys } = useSettings()
  const shown = catalogue.filter((one) => one.group === group && keyOf(one, keys) !== "")
  return (
    <section>
      <h3>{say(`shortcuts.group.${group}`)}</h3>
      <dl className="keys">
        {shown.map((one) => (
          <div key={one.name}>
            <dt>{say(`shortcuts.${one.name}`)}</dt>
            <dd>
              <KeyCaps combination={keyOf(one, keys)} />
              {one.also.map((also) => (
                <span key={also}>
                  {` ${say("shortcuts.or")} `}
                  <KeyCaps combination={also} />
                </span>
              ))}
            </dd>
          </div>
        ))}
        {group === "view" && (
          <div>
            <dt>{say("shortcuts.place")}</dt>
            <dd>
              <KeyCaps combination="1" />
              {" – "}
              <KeyCaps combination="9" />
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
