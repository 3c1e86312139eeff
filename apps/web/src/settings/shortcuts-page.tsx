import { useEffect, useRef, useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import { settings } from "../session/settings-store.ts"
import { catalogue, choose, keyOf, troubleWith, type KeyTrouble, type Shortcut } from "../shortcuts/catalogue.ts"
import { isMac } from "../shortcuts/is-mac.ts"
import { KeyCaps } from "../shortcuts/key-caps.tsx"
import { capsOf, combinationOf } from "../shortcuts/keys.ts"
import type { ShortcutName } from "../view/settings.ts"
import { Group, Switch } from "./parts.tsx"
import { useSettings } from "./use-settings.ts"

const groups = ["devices", "view", "people", "reactions"] as const

/** Every key, each to be changed or taken away, and all to be switched off. */
export function ShortcutsPage() {
  const say = useWords()
  const { hasShortcuts, keys } = useSettings()
  const [waiting, wait] = useState<ShortcutName>()
  return (
    <>
      <section>
        <Switch
          label={say("settings.shortcuts")}
          note={say("settings.shortcuts-what")}
          isOn={hasShortcuts}
          onChange={(to) => settings.change({ hasShortcuts: to })}
        />
      </section>
      {groups.map((group) => (
        <Group key={group} title={say(`shortcuts.group.${group}`)}>
          <ul className="keys">
            {catalogue
              .filter((one) => one.group === group)
              .map((one) => (
                <KeyRow
                  key={one.name}
                  shortcut={one}
                  isWaiting={waiting === one.name}
                  onWait={() => wait(one.name)}
                  onDone={() => wait(undefined)}
                />
              ))}
          </ul>
        </Group>
      ))}
      <button type="button" className="button" disabled={Object.keys(keys).length === 0} onClick={() => settings.change({ keys: {} })}>
        {say("settings.keys-usual")}
      </button>
    </>
  )
}

interface RowProps {
  readonly shortcut: Shortcut
  readonly isWaiting: boolean
  readonly onWait: () => void
  readonly onDone: () => void
}

function KeyRow({ shortcut, isWaiting, onWait, onDone }: RowProps) {
  const say = useWords()
  const { keys } = useSettings()
  const name = say(`shortcuts.${shortcut.name}`)
  const key = keyOf(shortcut, keys)
  return (
    <li>
      <span>{name}</span>
      {isWaiting ? (
        <KeyCatcher name={shortcut.name} label={name} onDone={onDone} />
      ) : (
        <>
          {key === "" ? <span className="soft">{say("settings.key-none")}</span> : <KeyCaps combination={key} />}
          <button type="button" className="link" aria-label={say("settings.key-change-name", { name })} onClick={onWait}>
            {say("settings.key-change")}
          </button>
        </>
      )}
    </li>
  )
}

/** Takes the next key that will do. Escape leaves everything, Delete takes the key away; Tab goes on, as everywhere. */
function KeyCatcher({ name, label, onDone }: { readonly name: ShortcutName; readonly label: string; readonly onDone: () => void }) {
  const say = useWords()
  const field = useRef<HTMLButtonElement>(null)
  const [refused, refuse] = useState<{ readonly key: string; readonly why: KeyTrouble }>()
  useEffect(() => field.current?.focus(), [])
  useKeyCatching(field, (pressed) => {
    if (pressed === "Escape") return onDone()
    const { keys } = settings.current()
    const combination = pressed === "Delete" || pressed === "Backspace" ? "" : pressed
    const why = combination === "" ? undefined : troubleWith(name, combination, keys)
    if (why !== undefined) return refuse({ key: combination, why })
    settings.change({ keys: choose(keys, name, combination) })
    onDone()
  })
  const key = capsOf(refused?.key ?? "", isMac()).join(" ")
  return (
    <>
      <button ref={field} type="button" className="button catching" aria-describedby={`catch-${name}`} onBlur={onDone}>
        {say("settings.key-press")}
      </button>
      <p id={`catch-${name}`} className={refused === undefined ? "note" : "trouble"} role="status">
        {refused === undefined && say("settings.key-waiting", { name: label })}
        {refused?.why.kind === "kept" && say("settings.key-kept", { key })}
        {refused?.why.kind === "taken" && say("settings.key-taken", { key, name: say(`shortcuts.${refused.why.by}`) })}
      </p>
    </>
  )
}

/** Before react-aria hears of it: Escape would close the dialog, and letters would do what they do in the call. */
function useKeyCatching(field: React.RefObject<HTMLElement | null>, caught: (pressed: string) => void): void {
  const latest = useRef(caught)
  useEffect(() => {
    latest.current = caught
  })
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.target !== field.current || event.key === "Tab") return
      const pressed = event.key === "Escape" ? "Escape" : combinationOf(event)
      event.stopImmediatePropagation()
      event.preventDefault()
      if (pressed !== undefined) latest.current(pressed)
    }
    addEventListener("keydown", down, true)
    return () => removeEventListener("keydown", down, true)
  }, [field])
}
