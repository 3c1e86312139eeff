import { ChevronDown } from "lucide-react"
import { useId } from "react"
import { languages } from "../i18n/catalogues.ts"
import { useWords } from "../i18n/use-words.ts"
import { settings } from "../session/settings-store.ts"
import { layouts, themes } from "../view/settings.ts"
import { Group, OneOf, Switch } from "./parts.tsx"
import { useSettings } from "./use-settings.ts"

/** Colours, language, how faces stand, and one's own picture. */
export function ViewPage() {
  const say = useWords()
  const { theme, layout, isSelfHidden, isSelfMirrored } = useSettings()
  return (
    <>
      <OneOf
        title={say("settings.theme")}
        names={themes}
        chosen={theme}
        label={(name) => say(`settings.theme.${name}`)}
        onChoose={(chosen) => settings.change({ theme: chosen })}
      />
      <LanguageChoice />
      <OneOf
        title={say("stage.layout")}
        names={layouts}
        chosen={layout}
        label={(name) => say(`stage.layout-${name}`)}
        onChoose={(chosen) => settings.change({ layout: chosen })}
      />
      <Group title={say("settings.self")}>
        <Switch
          label={say("settings.self-hidden")}
          note={say("settings.self-hidden-what")}
          isOn={isSelfHidden}
          onChange={(to) => settings.change({ isSelfHidden: to })}
        />
        <Switch
          label={say("settings.self-mirrored")}
          note={say("settings.self-mirrored-what")}
          isOn={isSelfMirrored}
          onChange={(to) => settings.change({ isSelfMirrored: to })}
        />
      </Group>
    </>
  )
}

/** Every language under its own name, so that it is found by who cannot read the one in force. */
function LanguageChoice() {
  const say = useWords()
  const id = useId()
  const { language } = useSettings()
  return (
    <div className="field">
      <label htmlFor={id}>{say("settings.language")}</label>
      <span className="select">
        <select className="input" id={id} value={language} onChange={(event) => settings.change({ language: event.target.value })}>
          <option value="system">{say("settings.language.system")}</option>
          {Object.entries(languages).map(([tag, name]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
        <ChevronDown className="icon s" aria-hidden="true" />
      </span>
    </div>
  )
}
