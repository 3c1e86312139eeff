import { useState } from "react"
import { PasswordField } from "../door/password-field.tsx"
import { useWords } from "../i18n/use-words.ts"

interface RuleProps {
  readonly hasPassword: boolean
  readonly canEdit: boolean
  readonly setPassword: (text: string | undefined) => void
}

/** Whether the room has a password (D18). Which one, no screen can show: this device forgets the text. */
export function PasswordRule({ hasPassword, canEdit, setPassword }: RuleProps) {
  const say = useWords()
  const [isOpen, open] = useState(false)
  return (
    <section aria-labelledby="rules-password">
      <h3 id="rules-password">{say("rules.password")}</h3>
      <p>{say(hasPassword ? "rules.password-on" : "rules.password-off")}</p>
      {canEdit && !isOpen && (
        <div className="row">
          <button type="button" className="button" onClick={() => open(true)}>
            {say(hasPassword ? "rules.password-change" : "rules.password-set")}
          </button>
          {hasPassword && (
            <button type="button" className="button" onClick={() => setPassword(undefined)}>
              {say("rules.password-remove")}
            </button>
          )}
        </div>
      )}
      {canEdit && isOpen && (
        <PasswordField
          label={say("rules.password-new")}
          note={say("rules.password-note")}
          yes={say("rules.password-save")}
          isNew
          takesFocus
          onGive={(text) => {
            setPassword(text)
            open(false)
          }}
        >
          <button type="button" className="button" onClick={() => open(false)}>
            {say("rules.password-cancel")}
          </button>
        </PasswordField>
      )}
    </section>
  )
}
