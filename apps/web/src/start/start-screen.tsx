import type { SyntheticEvent } from "react"
import { useWords } from "../i18n/use-words.ts"
import { Groove } from "../ui/mark.tsx"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import type { StartActions, StartView } from "../view/start.ts"

/** The mark is the machine: press the key and the room closes behind you. Signing in is for who runs things here; nobody needs it to meet. */
export function StartScreen({ view, actions }: { view: StartView; actions: StartActions }) {
  const say = useWords()
  useTitle(say("start.title"))
  return (
    <Page
      className="start"
      beside={
        <a className="button quiet" href="/dashboard">
          {say("start.sign-in")}
        </a>
      }
      footer={<p>{say("start.promise")}</p>}
    >
      <h1 className="hidden-text">{say("app.name")}</h1>
      <div className="instrument">
        <div className="dial">
          <Groove box="2 2.4 21.6 19.2" />
          <a className="button primary" href="/new">
            {say("start.new")}
          </a>
        </div>
        <PasteForm view={view} actions={actions} />
      </div>
    </Page>
  )
}

function PasteForm({ view, actions }: { view: StartView; actions: StartActions }) {
  const say = useWords()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    actions.join()
  }
  return (
    <form className="join" onSubmit={submit} noValidate>
      <label className="label" htmlFor="link">
        {say("start.have-link")}
      </label>
      <div className="row">
        <input
          className="input"
          id="link"
          value={view.pasted}
          placeholder={say("start.paste")}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          inputMode="url"
          aria-invalid={view.trouble !== undefined}
          aria-describedby="link-trouble"
          onChange={(event) => actions.paste(event.target.value)}
        />
        <button className="button">{say("start.join")}</button>
      </div>
      <p className="trouble" id="link-trouble" role="status">
        {view.trouble !== undefined && troubleText(view.trouble, say)}
      </p>
    </form>
  )
}

function troubleText(trouble: NonNullable<StartView["trouble"]>, say: ReturnType<typeof useWords>): string {
  if (trouble.kind === "other-server") return say("start.trouble.other-server", { host: trouble.host })
  return say(`start.trouble.${trouble.kind}`)
}
