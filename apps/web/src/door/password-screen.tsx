import { useWords } from "../i18n/use-words.ts"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import type { PasswordActions, PasswordView } from "../view/door.ts"
import { PasswordField } from "./password-field.tsx"
import "../styles/waiting.css"

/** Between lobby and call: a room with a password asks for it once on each device (D18). */
export function PasswordScreen({ view, actions }: { readonly view: PasswordView; readonly actions: PasswordActions }) {
  const say = useWords()
  const title = say("password.title")
  useTitle(`${title} · ${say("app.name")}`)
  return (
    <Page className="waiting password" footer={<p>{say("password.footer")}</p>}>
      <div className="text">
        <h1>{title}</h1>
        <p className="soft">{view.topic === undefined ? say("password.what") : say("password.what-topic", { topic: view.topic })}</p>
      </div>
      <PasswordField
        label={say("password.label")}
        note={say("password.note")}
        wrong={view.isWrong ? say("password.wrong") : undefined}
        yes={say("password.go-on")}
        isNew={false}
        takesFocus
        onGive={actions.give}
      >
        <button type="button" className="button" onClick={actions.leave}>
          {say("call.leave")}
        </button>
      </PasswordField>
    </Page>
  )
}
